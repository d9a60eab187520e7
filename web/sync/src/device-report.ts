/** What a device tells the room of how it is doing (docs/protocol.md). */
import type { EngineView } from "./audio/engine-ports.ts";
import type { OffsetEstimate } from "./clock/offset-estimator.ts";
import type { DeviceReport, OutputState } from "./messages.ts";

export function deviceReport(output: OutputState, clock: OffsetEstimate | null, engine: EngineView): DeviceReport {
  return {
    output,
    syncErrorMs: engine.syncErrorMs === null ? null : round(engine.syncErrorMs, 4),
    bufferMs: Math.round(engine.bufferMs),
    // A coarse device clock can make a quick trip look like less than none.
    rttMs: Math.max(0, round((clock?.rttMicros ?? 0) / 1000, 3)),
    rttJitterMs: round((clock?.jitterMicros ?? 0) / 1000, 3),
    offsetMicros: Math.round(clock?.offsetMicros ?? 0),
    offsetErrorMicros: Math.round(clock?.uncertaintyMicros ?? 0),
    outputLatencyMs: engine.outputLatencyMs === null ? null : round(engine.outputLatencyMs, 2),
    ratePpm: round(engine.ratePpm, 1),
    dropouts: engine.dropouts,
  };
}

function round(value: number, digits: number): number {
  const f = 10 ** digits;
  return Math.round(value * f) / f;
}
