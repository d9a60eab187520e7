/**
 * How deep the output is (how much later than it is rendered a sample is heard), by several streams at once. Pure but for reading the contexts.
 *
 * The depth belongs to the output, not to the stream: streams on one card have the same within 0.06 ms. What a young stream tells of it is off by 0.15 ms when the
 * machine is at rest and by half a millisecond when it is not (docs/timing.md), and only a quarter of a minute makes that better. But streams err each for
 * itself, so a few unheard ones beside the first know together, within seconds, what one of them would not.
 */
import type { Belief } from "./line-fit.ts";
import { OutputClock } from "./output-clock.ts";
import { type EngineContext, readOutput } from "./sound-path.ts";

/** Fewer say no more than the first stream by itself. */
const FEWEST = 2;
/** However many agree, they share what the card itself does, ms. */
const SHARED_SIGMA_MS = 0.05;

export class Soundings {
  private streams: { readonly context: EngineContext; readonly clock: OutputClock }[] = [];

  add(context: EngineContext): void {
    this.streams.push({ context, clock: new OutputClock() });
  }

  clear(): void {
    this.streams = [];
  }

  /** Reads what the streams say of themselves. @param deviceNow device time, ms */
  look(deviceNow: () => number): void {
    for (const { context, clock } of this.streams) if (context.state === "running") readOutput(context, clock, deviceNow);
  }

  /** What they agree on, ms; null when too few have something to say. One that ran dry has none. */
  get depth(): Belief | null {
    const said: Belief[] = [];
    for (const { clock } of this.streams) {
      const { depth } = clock.learnt;
      if (depth && clock.stepsSeen === 0) said.push(depth);
    }
    return agreedOn(said);
  }
}

/** The mean of beliefs, in which one that is far from the middle of them counts for little. */
export function agreedOn(said: readonly Belief[]): Belief | null {
  if (said.length < FEWEST) return null;
  const middle = medianOf(said.map((belief) => belief.mean));
  let weight = 0;
  let sum = 0;
  for (const { mean, sigma } of said) {
    const w = 1 / (sigma ** 2 + (mean - middle) ** 2);
    weight += w;
    sum += w * mean;
  }
  return { mean: sum / weight, sigma: Math.hypot(SHARED_SIGMA_MS, Math.sqrt(1 / weight)) };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const mid = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[mid] as number) : ((sorted[mid - 1] as number) + (sorted[mid] as number)) / 2;
}
