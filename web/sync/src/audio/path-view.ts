/** How a stream of sound stands at a moment. */
import type { EngineView } from "./engine-ports.ts";
import { heardAtMs } from "./output-clock.ts";
import { RATE } from "./scheduler.ts";
import type { SoundPath } from "./sound-path.ts";

/** @param deviceMs the moment @param shouldSound whether something is to be heard at a frame */
export function viewOf(
  path: SoundPath | null,
  deviceMs: number,
  shouldSound: (frame: number) => boolean,
): Omit<EngineView, "dropouts" | "corrections"> {
  const end = path?.scheduler.endFrame ?? null;
  const bufferMs = path && end !== null ? Math.max(0, ((end - path.scheduler.nowFrame) / RATE) * 1000) : 0;
  const line = path?.line;
  if (!path || !line) return { sounding: false, syncErrorMs: null, bufferMs, outputLatencyMs: null, ratePpm: 0 };
  const { scheduler } = path;
  const heard = Math.round(((deviceMs - line.zeroMs) / (1000 + line.ratePpm / 1000)) * RATE);
  const planned = scheduler.microsAt(heard);
  const due = path.dueMicros(heard);
  const syncErrorMs = planned !== null && due !== null && shouldSound(heard) ? (planned - due) / 1000 : null;
  return {
    sounding: syncErrorMs !== null,
    syncErrorMs,
    bufferMs,
    outputLatencyMs: Math.max(0, heardAtMs(line, scheduler.nowFrame / RATE) - deviceMs),
    ratePpm: scheduler.ratePpmAt(heard),
  };
}
