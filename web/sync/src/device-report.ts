/** What a device tells the room of how it is doing (docs/protocol.md). */
import type { OffsetEstimate } from "./clock/offset-estimator.ts";
import type { DeviceReport, OutputState } from "./messages.ts";
import type { SoundView } from "./session.ts";

export function deviceReport(output: OutputState, clock: OffsetEstimate | null, sound: SoundView): DeviceReport {
  return {
    output,
    syncErrorMs: sound.syncErrorMs === null ? null : round(sound.syncErrorMs, 4),
    bufferMs: Math.round(sound.bufferMs),
    // A coarse device clock can make a quick trip look like less than none.
    rttMs: Math.max(0, round((clock?.rttMicros ?? 0) / 1000, 3)),
    rttJitterMs: round((clock?.jitterMicros ?? 0) / 1000, 3),
    offsetMicros: Math.round(clock?.offsetMicros ?? 0),
    offsetErrorMicros: Math.round(clock?.uncertaintyMicros ?? 0),
    outputLatencyMs: sound.outputLatencyMs === null ? null : round(sound.outputLatencyMs, 2),
    ratePpm: round(sound.ratePpm, 1),
    dropouts: sound.dropouts,
    ...(sound.embedded && { embedded: sound.embedded }),
  };
}

function round(value: number, digits: number): number {
  const f = 10 ** digits;
  return Math.round(value * f) / f;
}
