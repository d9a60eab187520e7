/**
 * The moment a context's time is rendered: the lower edge of device time minus `currentTime`.
 *
 * `currentTime` climbs by one block whenever the sound system asks for one, so a reading lies between the edge (just after the block) and one block above it, or
 * higher when the machine is busy, but never below. The card asks at its own steady pace: the edge is sharp to tenths of a millisecond over
 * seconds, runs with the card's crystal, and steps exactly when the output ran dry. What it does not say is how much later the block is heard; that is a
 * constant of the stream, which survives an underrun (docs/timing.md). Pure: reads no clock.
 */
export interface RenderReading {
  /** `currentTime`, s. */
  readonly contextSeconds: number;
  /** Device time, read after `currentTime`: a pause between the two only makes the reading too high, never too low. ms. */
  readonly deviceMs: number;
}

export interface EdgeRow {
  readonly atSeconds: number;
  /** Device time at which context time 0 was (or would have been) rendered, ms. */
  readonly zeroMs: number;
  readonly sigmaMs: number;
}

export type EdgeChange = "raised" | "lowered" | null;

interface Reading {
  readonly atSeconds: number;
  readonly zeroMs: number;
}

/** A row stands for at least so much. */
const ROW_SECONDS = 2;
const ROW_READINGS = 16;
const WINDOW_SECONDS = 120;
/** What a row is worth: the edge keeps within 0.3 ms, but strays for seconds (cards ask in ticks of their own), so that rows are not independent. ms. */
const EDGE_SIGMA_MS = 0.5;
/** All readings higher than the edge by so much, or by this share of a block: the output ran dry. */
const RISE = { readings: 16, seconds: 0.25, ms: 3, share: 0.35 };
/** So many readings before say where the edge was. */
const BEFORE_READINGS = 80;
/** Two readings this far below the edge (ms) within so long: the context runs ahead of where it was. */
const FALL_MS = 2.5;
const FALL_SECONDS = 1;

export class RenderEdge {
  private closed: EdgeRow[] = [];
  private open: Reading[] = [];
  /** The last readings, for seeing steps: enough of them before and after. */
  private recent: Reading[] = [];
  private below: Reading[] = [];
  /** Smallest climb of `currentTime`, and what readings were seen to spread over: some outputs ask for several small blocks at once. ms. */
  private climbMs = Number.POSITIVE_INFINITY;
  private spreadMs = 0;
  private lastSeconds: number | null = null;

  /** All rows, the one being filled included. */
  rows(): readonly EdgeRow[] {
    return this.open.length > 0 ? [...this.closed, this.rowOf(this.open)] : this.closed;
  }

  /** Takes a reading in. "raised": the output ran dry; "lowered": it runs further ahead than before. Either begins the edge anew. */
  add(reading: RenderReading): EdgeChange {
    const at: Reading = { atSeconds: reading.contextSeconds, zeroMs: reading.deviceMs - reading.contextSeconds * 1000 };
    const climbMs = (at.atSeconds - (this.lastSeconds ?? at.atSeconds)) * 1000;
    // A later look at the same block says less than the first; and while the output stands it is of no time's edge at all.
    if (this.lastSeconds !== null && climbMs <= 0) return null;
    if (climbMs > 1) this.climbMs = Math.min(this.climbMs, climbMs);
    this.lastSeconds = at.atSeconds;
    this.recent.push(at);
    if (this.recent.length > BEFORE_READINGS + RISE.readings) this.recent.shift();
    const change = this.stepAt(at);
    if (change === null) this.collect(at);
    return change;
  }

  private get blockMs(): number {
    return Math.max(this.spreadMs, Math.min(this.climbMs, 50));
  }

  private collect(at: Reading): void {
    this.open.push(at);
    const first = this.open[0] as Reading;
    if (this.open.length < ROW_READINGS || at.atSeconds - first.atSeconds < ROW_SECONDS) return;
    // Stalls spread readings too, but only blocks do so for long.
    this.spreadMs = Math.min(spreadOf(this.recent), this.blockMs * 1.1);
    this.closed.push(this.rowOf(this.open));
    this.open = [];
    while ((this.closed[0] as EdgeRow).atSeconds < at.atSeconds - WINDOW_SECONDS) this.closed.shift();
  }

  private rowOf(readings: readonly Reading[]): EdgeRow {
    let low = readings[0] as Reading;
    for (const r of readings) if (r.zeroMs < low.zeroMs) low = r;
    // Of n readings spread over a block, the lowest lies about an n-th of the block above the edge.
    const gap = this.blockMs / (readings.length + 1);
    return { atSeconds: low.atSeconds, zeroMs: low.zeroMs - gap, sigmaMs: Math.hypot(EDGE_SIGMA_MS, gap) };
  }

  private stepAt(at: Reading): EdgeChange {
    const after = this.recent.slice(-RISE.readings);
    const before = this.recent.slice(-RISE.readings - BEFORE_READINGS, -RISE.readings);
    if (before.length < RISE.readings) return null;
    const low = lowest(before);
    if (at.zeroMs < low - FALL_MS) this.below = [...this.below.filter((b) => b.atSeconds > at.atSeconds - FALL_SECONDS), at];
    if (this.below.length >= 2) return this.begin(this.below, "lowered");
    if (at.atSeconds - (after[0] as Reading).atSeconds < RISE.seconds) return null;
    const blockMs = this.blockMs;
    const margin = Math.max(RISE.ms, RISE.share * blockMs);
    // Still rising while the output stands: only what came after it went on counts.
    const settled = after.slice(RISE.readings / 2);
    if (lowest(after) - low <= margin || lowest(settled) - lowest(after) > margin) return null;
    // Readings that chance to lie high in their block raise the lowest of them, but not the upper ones.
    if (upper(after) - (low + 0.75 * blockMs) <= margin) return null;
    return this.begin(settled, "raised");
  }

  private begin(readings: readonly Reading[], change: EdgeChange): EdgeChange {
    this.recent = [...readings];
    this.below = [];
    this.closed = [];
    this.open = [...readings];
    return change;
  }
}

function lowest(readings: readonly Reading[]): number {
  let low = Number.POSITIVE_INFINITY;
  for (const r of readings) if (r.zeroMs < low) low = r.zeroMs;
  return low;
}

/** The upper quartile. */
function upper(readings: readonly Reading[]): number {
  const sorted = readings.map((r) => r.zeroMs).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.75)] as number;
}

/** How far readings spread, but for the highest tenth: about a block. */
function spreadOf(readings: readonly Reading[]): number {
  const sorted = readings.map((r) => r.zeroMs).sort((a, b) => a - b);
  return Math.max(1, (sorted[Math.floor((sorted.length - 1) * 0.9)] as number) - (sorted[0] as number)) / 0.9;
}
