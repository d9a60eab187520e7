/**
 * Server time minus device time from the lower delays of many probes, row by row.
 *
 * Time domain: device µs; offsets µs. Pure.
 *
 * The least delay alone is an unsure witness on a quick link: browsers' clocks tick in steps of 0.1 ms that they shake, and a page and a server that share
 * processors have no sharp least delay. What a tenth of the probes of some seconds stay below is known several times better. Both directions have about the
 * same distribution, so that half of the difference of these two marks is the offset, and a line through the rows smooths what is left (docs/timing.md §2).
 */
import type { Observation } from "./offset-estimator.ts";

/** An offset as of the moment asked for, and how it changes. */
export interface OffsetLine {
  /** µs. */
  readonly offset: number;
  /** ppm. */
  readonly slope: number;
}

interface Row {
  /** Seconds from the moment asked for. */
  readonly x: number;
  readonly y: number;
  readonly sigma: number;
}

/** A row stands for at least so much. */
const ROW_MICROS = 2e6;
const ROW_PROBES = 16;
/** So few say something already, while there is no more. */
const FEWEST_PROBES = 6;
/** The mark: this share of the delays lies below it. */
const MARK_SHARE = 0.1;
/** How far the delays spread there: from the least one up to this share. */
const SPREAD_SHARE = 0.3;
/** Rows lie further off than their own probes tell: load comes and goes. µs. */
const ROW_SIGMA_MICROS = 20;

/**
 * The line through the rows at a device time, with its own doubt (1 σ, µs); null while there are too few probes.
 * @param near a line near it, so that a row is not smeared by what the offset changes meanwhile
 * @param slopeSigmaPpm how far clocks usually differ in rate
 */
export function lineThroughRows(
  observations: readonly Observation[],
  atMicros: number,
  near: OffsetLine,
  slopeSigmaPpm: number,
): (OffsetLine & { readonly sigma: number }) | null {
  const above = observations.map((o): Observation => {
    const offset = near.offset + ((o.at - atMicros) / 1e6) * near.slope;
    return { at: o.at, up: o.up - offset, down: o.down + offset };
  });
  const prior = slopeSigmaPpm ** -2;
  const sums = { w: 0, wx: 0, wxx: prior, wy: 0, wxy: -prior * near.slope };
  for (const { x, y, sigma } of rowsOf(above, atMicros)) {
    const w = sigma ** -2;
    sums.w += w;
    sums.wx += w * x;
    sums.wxx += w * x * x;
    sums.wy += w * y;
    sums.wxy += w * x * y;
  }
  if (sums.w === 0) return null;
  const determinant = sums.w * sums.wxx - sums.wx * sums.wx;
  return {
    offset: near.offset + (sums.wxx * sums.wy - sums.wx * sums.wxy) / determinant,
    slope: near.slope + (sums.w * sums.wxy - sums.wx * sums.wy) / determinant,
    sigma: Math.sqrt(sums.wxx / determinant),
  };
}

function* rowsOf(observations: readonly Observation[], atMicros: number): Generator<Row> {
  let from = 0;
  for (let i = 0; i < observations.length; i++) {
    const isLast = i + 1 === observations.length;
    const whole = i + 1 - from >= ROW_PROBES && cellOf(observations[from]) < cellOf(observations[i + 1]);
    if (!whole && !(isLast && i + 1 - from >= FEWEST_PROBES)) continue;
    yield rowOf(observations.slice(from, i + 1), atMicros);
    from = i + 1;
  }
}

/** Rows begin where the clock says, so that they stay the same when the oldest probes are forgotten. */
function cellOf(observation: Observation | undefined): number {
  return Math.floor((observation?.at ?? 0) / ROW_MICROS);
}

function rowOf(probes: readonly Observation[], atMicros: number): Row {
  const up = probes.map((o) => o.up).sort((a, b) => a - b);
  const down = probes.map((o) => o.down).sort((a, b) => a - b);
  const spread = Math.hypot(shareOf(up, SPREAD_SHARE) - shareOf(up, 0), shareOf(down, SPREAD_SHARE) - shareOf(down, 0)) / 2;
  const mid = probes.reduce((sum, o) => sum + (o.at - atMicros), 0) / probes.length;
  return {
    x: mid / 1e6,
    y: (shareOf(up, MARK_SHARE) - shareOf(down, MARK_SHARE)) / 2,
    sigma: Math.hypot(spread * Math.sqrt(2 / probes.length), ROW_SIGMA_MICROS),
  };
}

/** The value that a share of them lies below, between two of them in proportion. @param sorted ascending, not empty */
function shareOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}
