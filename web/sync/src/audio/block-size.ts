/**
 * How much sound an output asks for at once, as far as looks at `currentTime` show it. Pure: reads no clock.
 */

/** Climbs of `currentTime` that are looked at, once for each few of them. */
const CLIMBS_KEPT = 160;
const CLIMBS_EACH = 8;
/** A look in the middle of rendering sees only part of a block: this share of the smallest climbs is left out. */
const PARTIAL_SHARE = 0.05;
/** What climbs by more was only looked at seldom, ms. */
const LARGEST_CLIMB_MS = 50;

export class BlockSize {
  private readonly climbs: number[] = [];

  /** ms; what can be at most until it was seen. */
  ms = LARGEST_CLIMB_MS;

  /** `currentTime` was further than at the look before. */
  climbed(byMs: number): void {
    this.climbs.push(byMs);
    if (this.climbs.length % CLIMBS_EACH > 0) return;
    if (this.climbs.length > CLIMBS_KEPT) this.climbs.splice(0, CLIMBS_EACH);
    const sorted = [...this.climbs].sort((a, b) => a - b);
    this.ms = Math.min(LARGEST_CLIMB_MS, sorted[Math.ceil(sorted.length * PARTIAL_SHARE)] as number);
  }
}
