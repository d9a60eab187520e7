/**
 * Where a player is, from readings that come late: a service says its place a few times a second, and what it says between is the old one. A
 * reading is never ahead of the truth, so the line through the freshest ones is where it is. Device times in ms, places in s. Pure.
 */

/** Readings older than this say nothing any more, ms. */
const WINDOW_MS = 2_500;
/** So many of the freshest readings make the line. */
const FRESHEST = 3;
/** Readings over at least this span, ms: the freshest of fewer may all be old. */
const LEAST_SPAN_MS = 600;

export interface Place {
  readonly seconds: number;
  /** How far the freshest readings are apart, s. */
  readonly doubtSeconds: number;
}

export class PlaceEstimate {
  private readings: { readonly atMs: number /** Place at device time 0, s. */; readonly zeroSeconds: number }[] = [];

  /** A reading while it plays at rate 1. */
  add(seconds: number, atMs: number): void {
    this.readings = [...this.readings.filter((r) => r.atMs > atMs - WINDOW_MS), { atMs, zeroSeconds: seconds - atMs / 1000 }];
  }

  /** It jumped, stood still, or played at another rate: what was read before says nothing of now. */
  reset(): void {
    this.readings = [];
  }

  /** Null while too little was read. */
  at(nowMs: number): Place | null {
    const recent = this.readings.filter((r) => r.atMs > nowMs - WINDOW_MS);
    const first = recent[0];
    const last = recent[recent.length - 1];
    if (!first || !last || recent.length < FRESHEST || last.atMs - first.atMs < LEAST_SPAN_MS) return null;
    const freshest = recent
      .map((r) => r.zeroSeconds)
      .sort((a, b) => b - a)
      .slice(0, FRESHEST);
    const mean = freshest.reduce((sum, zero) => sum + zero, 0) / freshest.length;
    return { seconds: mean + nowMs / 1000, doubtSeconds: (freshest[0] as number) - (freshest[freshest.length - 1] as number) };
  }
}
