/** What the engine needs of others, tells them, and shows of itself. */
import type { Pending } from "../messages.ts";
import type { LearntOutput } from "./learnt-output.ts";

/** Server time as this device knows it. */
export interface ServerTime {
  /** Server µs at a device time; null while unknown. */
  serverMicrosAt(deviceMs: number): number | null;
  readonly uncertaintyMs: number | null;
}

export interface EngineEvents {
  /** Decoded sound for this pending transition is at hand. */
  onReady(pending: Pending): void;
  /** A segment cannot be had. */
  onFault(itemId: string, message: string): void;
}

/** What is remembered of this device's sound output from one session to the next. */
export interface OutputMemory {
  /** Null when nothing is remembered. */
  recall(): LearntOutput | null;
  remember(learnt: LearntOutput): void;
}

export interface EngineView {
  /** True when it is on the timeline and faded in. */
  readonly sounding: boolean;
  /** + = ahead of the timeline. Null while nothing sounds. */
  readonly syncErrorMs: number | null;
  readonly bufferMs: number;
  readonly outputLatencyMs: number | null;
  /** Rate trim in force, ppm. */
  readonly ratePpm: number;
  /** Underruns seen since Join. */
  readonly dropouts: number;
  /** Hard corrections (splices and re-cues) since Join. */
  readonly corrections: number;
}
