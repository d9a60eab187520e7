/**
 * The moment a context's time is rendered: the lower edge of device time minus `currentTime`.
 *
 * `currentTime` climbs by one block whenever the sound system asks for one, so a reading taken right after a block (render-beat.ts) lies at the edge, or higher when the
 * machine is busy, but never below. The card asks at its own steady pace: the edge is sharp to a tenth of a millisecond over seconds, runs with the
 * card's crystal, and steps exactly when the output ran dry. What it does not say is how much later the block is heard; that is a constant of the
 * stream, which survives an underrun (docs/timing.md). Pure: reads no clock.
 */
import { BlockSize } from "./block-size.ts";

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

/** At least so many readings and so much time. */
interface Span {
  readonly readings: number;
  readonly seconds: number;
}

/** A row stands for at least so much. */
const ROW_SECONDS = 2;
const ROW_READINGS = 16;
const WINDOW_SECONDS = 120;
/** What a row is worth: the edge keeps within 0.1 ms (1 σ), but strays for seconds (cards ask in ticks of their own), so that rows are not independent. ms. */
const EDGE_SIGMA_MS = 0.2;
/** Of n readings the lowest is late by about an n-th of this, ms. */
const LATE_MS = 2;
/** All readings higher than the edge by so much, or by this share of a block: the output ran dry. */
const RISE = { span: { readings: 12, seconds: 0.25 }, ms: 3, share: 0.35 };
/** Up to this share of a block, readings that a busy page took late may look like a rise: then it takes longer to be sure. */
const SURE_SHARE = 0.6;
const LONG_RISE: Span = { readings: 36, seconds: 0.75 };
/** Readings this far below the lower ones after a rise are from before it, ms. */
const BEFORE_RISE_MS = 1.5;
/** What lies before says where the edge was. */
const BEFORE: Span = { readings: 80, seconds: 1.7 };
/** Enough for these, whether beats are close or sparse. */
const RECENT: Span = { readings: 130, seconds: 2.5 };
/** Two readings this far below the edge (ms) within so long: the context runs ahead of where it was. */
const FALL_MS = 2.5;
const FALL_SECONDS = 1;

export class RenderEdge {
  private closed: EdgeRow[] = [];
  private open: Reading[] = [];
  /** The last readings, for seeing steps: enough of them before and after. */
  private recent: Reading[] = [];
  private below: Reading[] = [];
  private readonly block = new BlockSize();
  private lastSeconds = Number.NEGATIVE_INFINITY;

  /** All rows, the one being filled included, unless it may be from after a step that is not certain yet. */
  rows(): readonly EdgeRow[] {
    if (this.open.length === 0) return this.closed;
    const filling = rowOf(this.open);
    const before = this.closed[this.closed.length - 1];
    return before && Math.abs(filling.zeroMs - before.zeroMs) > FALL_MS ? this.closed : [...this.closed, filling];
  }

  /** Takes a reading in. "raised": the output ran dry; "lowered": it runs further ahead than before. Either begins the edge anew. */
  add(reading: RenderReading): EdgeChange {
    const { contextSeconds, deviceMs } = reading;
    const climbMs = (contextSeconds - this.lastSeconds) * 1000;
    // A later look at the same block says less than the first; and while the output stands it is of no time's edge at all.
    if (climbMs <= 0) return null;
    this.lastSeconds = contextSeconds;
    this.block.climbed(climbMs);
    const at: Reading = { atSeconds: contextSeconds, zeroMs: deviceMs - contextSeconds * 1000 };
    this.recent.push(at);
    const outdated = this.before(this.recent.length, RECENT);
    if (outdated > 0) this.recent.splice(0, outdated);
    const change = this.stepAt(at);
    if (change === null) this.collect(at);
    return change;
  }

  private collect(at: Reading): void {
    this.open.push(at);
    const first = this.open[0] as Reading;
    if (this.open.length < ROW_READINGS || at.atSeconds - first.atSeconds < ROW_SECONDS) return;
    this.closed.push(rowOf(this.open));
    this.open = [];
    while ((this.closed[0] as EdgeRow).atSeconds < at.atSeconds - WINDOW_SECONDS) this.closed.shift();
  }

  private stepAt(at: Reading): EdgeChange {
    const turn = this.before(this.recent.length, RISE.span);
    const low = this.lowestBefore(turn);
    if (low === null) return null;
    if (at.zeroMs < low - FALL_MS) this.below = [...this.below.filter((b) => b.atSeconds > at.atSeconds - FALL_SECONDS), at];
    if (this.below.length >= 2) return this.begin(this.below, "lowered");
    if (lowest(this.recent.slice(turn)) - low > SURE_SHARE * this.block.ms) return this.riseFrom(turn);
    return this.riseFrom(this.before(this.recent.length, LONG_RISE));
  }

  /** Whether all readings from this one on lie higher than those before. */
  private riseFrom(turn: number): EdgeChange {
    const low = this.lowestBefore(turn);
    if (low === null) return null;
    const margin = Math.max(RISE.ms, RISE.share * this.block.ms);
    const after = this.recent.slice(turn);
    // Still rising while the output stands: only what came after it went on counts.
    const settled = after.slice(after.length >> 1);
    if (lowest(after) - low <= margin || lowest(settled) - lowest(after) > margin) return null;
    const floor = lowerQuartile(settled) - BEFORE_RISE_MS;
    let from = 0;
    settled.forEach((r, i) => {
      if (r.zeroMs < floor) from = i + 1;
    });
    const risen = settled.slice(from);
    return risen.length < RISE.span.readings / 4 ? null : this.begin(risen, "raised");
  }

  private lowestBefore(turn: number): number | null {
    return turn < RISE.span.readings ? null : lowest(this.recent.slice(this.before(turn, BEFORE), turn));
  }

  /** Index of the latest reading that lies so far before another one. */
  private before(index: number, { readings, seconds }: Span): number {
    const until = this.recent[index]?.atSeconds ?? this.recent[index - 1]?.atSeconds ?? 0;
    let from = Math.max(0, index - readings);
    while (from > 0 && until - (this.recent[from] as Reading).atSeconds < seconds) from--;
    return from;
  }

  private begin(readings: readonly Reading[], change: EdgeChange): EdgeChange {
    this.recent = [...readings];
    this.below = [];
    this.closed = [];
    this.open = [...readings];
    return change;
  }
}

function rowOf(readings: readonly Reading[]): EdgeRow {
  let low = readings[0] as Reading;
  for (const r of readings) if (r.zeroMs < low.zeroMs) low = r;
  return { ...low, sigmaMs: Math.hypot(EDGE_SIGMA_MS, LATE_MS / readings.length) };
}

function lowest(readings: readonly Reading[]): number {
  let low = Number.POSITIVE_INFINITY;
  for (const r of readings) if (r.zeroMs < low) low = r.zeroMs;
  return low;
}

function lowerQuartile(readings: readonly Reading[]): number {
  const sorted = readings.map((r) => r.zeroMs).sort((a, b) => a - b);
  return sorted[sorted.length >> 2] as number;
}
