/**
 * How much sound an output asks for at once, as far as looks at `currentTime` show it. Pure: reads no clock.
 *
 * It is at least what `currentTime` climbs by, and more where several small blocks are asked for in a row: then readings of device time minus `currentTime` spread
 * over all of them.
 */

/** Climbs of `currentTime` that are looked at, once for each few of them. */
const CLIMBS_KEPT = 160;
const CLIMBS_EACH = 8;
/** A look in the middle of rendering sees only part of a block: this share of the smallest climbs is left out. */
const PARTIAL_SHARE = 0.05;
/** What climbs by more was only looked at seldom, ms. */
const LARGEST_CLIMB_MS = 50;
/** So many readings show a spread. */
const SPREAD_READINGS = 16;
/** What is looked at again within this time cannot spread over a block, ms. */
const CLOSE_MS = 10;
/** Stalls spread readings too, but only blocks do so for long: by so much a spread may grow at a time. */
const GROWTH = 1.1;

export class BlockSize {
  private readonly climbs: number[] = [];
  private climbMs = Number.POSITIVE_INFINITY;
  private spreadMs = 0;

  get ms(): number {
    return Math.max(this.spreadMs, Math.min(this.climbMs, LARGEST_CLIMB_MS));
  }

  /** `currentTime` was further than at the look before. */
  climbed(byMs: number): void {
    this.climbs.push(byMs);
    if (this.climbs.length % CLIMBS_EACH > 0) return;
    if (this.climbs.length > CLIMBS_KEPT) this.climbs.splice(0, CLIMBS_EACH);
    const sorted = [...this.climbs].sort((a, b) => a - b);
    this.climbMs = sorted[Math.ceil(sorted.length * PARTIAL_SHARE)] as number;
  }

  /** Takes in readings of one edge. @param readings device time minus `currentTime`, and how long before each was the look before, ms */
  spreadOver(readings: readonly { readonly zeroMs: number; readonly sinceMs: number }[]): void {
    const free = readings.filter((r) => r.sinceMs > CLOSE_MS).map((r) => r.zeroMs);
    if (free.length < SPREAD_READINGS) return;
    free.sort((a, b) => a - b);
    // The highest tenth were read late.
    const spreadMs = Math.max(1, (free[Math.floor((free.length - 1) * 0.9)] as number) - (free[0] as number)) / 0.9;
    this.spreadMs = Math.min(spreadMs, this.ms * GROWTH);
  }
}
