/**
 * When a stream should be replaced by another one. Pure.
 *
 * A stream that was opened in a rush, or that ran dry while it was young, keeps a doubt of some tenths of a millisecond or more about when it is heard, until its
 * latency has settled a quarter of a minute later. Another stream, opened when the rush is over, is known within a tenth in seconds. So a second one is opened
 * beside the first, unheard, and takes over as soon as it is clearly the better known.
 */

/** What is known of the streams now. Times in device ms, doubts in ms (one sigma of when a frame is heard). */
export interface Streams {
  readonly nowMs: number;
  /** When the first stream was opened, or last stepped. */
  readonly sinceMs: number;
  /** Null: not known yet. */
  readonly doubtMs: number | null;
  /** The second stream, where there is one. */
  readonly spare: { readonly openedMs: number; readonly doubtMs: number | null; readonly stumbled: boolean } | null;
  /** Spares opened since the first stream was last well known, and when the last one was closed. */
  readonly tries: number;
  readonly closedMs: number;
}

export type ReplacementStep = "open" | "takeOver" | "close" | null;

/** A stream that is well born never doubts more. */
export const DOUBTFUL_MS = 0.3;
const MUCH_BETTER = 0.6;
/** By then it shows whether a stream was well born. */
const KNOWN_AFTER_MS = 1_600;
const FIRST_LOOK_AFTER_MS = 1_500;
const REST_MS = 600;
const MOST_TRIES = 8;

export function replacementStep(s: Streams): ReplacementStep {
  const doubt = s.doubtMs ?? Number.POSITIVE_INFINITY;
  if (s.spare) {
    // It ran dry: the rush is not over.
    if (s.spare.stumbled) return "close";
    if (s.nowMs - s.spare.openedMs < KNOWN_AFTER_MS) return null;
    return (s.spare.doubtMs ?? Number.POSITIVE_INFINITY) < doubt * MUCH_BETTER ? "takeOver" : "close";
  }
  if (s.doubtMs === null || s.doubtMs < DOUBTFUL_MS || s.tries >= MOST_TRIES) return null;
  return s.nowMs - s.sinceMs > FIRST_LOOK_AFTER_MS && s.nowMs - s.closedMs > REST_MS ? "open" : null;
}
