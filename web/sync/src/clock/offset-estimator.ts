/**
 * Server time minus device time, from probes with four stamps (RFC 5905 §8).
 *
 * Time domains: device = this device's monotonic clock; server = docs/protocol.md §1. All values µs. Pure: reads no clock.
 *
 * A stamp pair bounds the offset from one side: `t1 - t0 = offset + delay up`, `t3 - t2 = -offset + delay down`, and delays are never
 * negative. Queues and radios only ever add to a delay, so what counts are the least values of each direction, taken separately: both ways
 * being quick in one probe is much rarer than each being quick once (strip.ts). On a quick link the least values are unsure by what the clocks and the machines
 * themselves tremble; there the lower tenths are better (probe-rows.ts). Both are worked out, and each counts by how sure it is. See docs/timing.md.
 */
import { lineThroughRows } from "./probe-rows.ts";
import { type Bound, lowerHull, type Strip, widestStrip } from "./strip.ts";

export interface ProbeStamps {
  /** Device time at sending. */
  readonly t0: number;
  /** Server time at receipt. */
  readonly t1: number;
  /** Server time at sending. */
  readonly t2: number;
  /** Device time at receipt. */
  readonly t3: number;
}

export interface OffsetEstimate {
  /** Server time minus device time at the moment asked for, µs. */
  readonly offsetMicros: number;
  /** About one sigma, µs (not counting an asymmetric path, which no clock over that path can see). */
  readonly uncertaintyMicros: number;
  /** Rate of server time relative to device time, parts per million. */
  readonly skewPpm: number;
  /** Least round trip in the window, µs. */
  readonly rttMicros: number;
  /** Median of the recent round trips above the least, µs. */
  readonly jitterMicros: number;
  readonly probes: number;
}

export interface OffsetEstimatorOptions {
  /** How long a probe is remembered, µs. */
  readonly windowMicros: number;
  /** Crystals usually differ by about this much, ppm. */
  readonly skewPriorPpm: number;
  /** How many µs of margin a skew of `skewPriorPpm` must win to be believed. */
  readonly skewWorthMicros: number;
  /** Larger skews are taken for nonsense, ppm. */
  readonly skewLimitPpm: number;
  /** How far crystals wander: an old bound is loosened by this much per second of age, ppm. */
  readonly wanderPpm: number;
}

export const defaultOffsetOptions: OffsetEstimatorOptions = {
  windowMicros: 120e6,
  skewPriorPpm: 40,
  skewWorthMicros: 20,
  skewLimitPpm: 500,
  wanderPpm: 0.5,
};

/** Browsers' clocks may be as coarse as this, µs: a strip may seem narrower by it than it is. */
const CLOCK_STEP_MICROS = 200;
/** So many of the least delays say how far the least may still lie above the floor. */
const LOWEST_DELAYS = 4;
/** What a strip is unsure by beside its own doubt, µs: single delays that seem quicker than they were. */
const STRIP_SIGMA_MICROS = 60;

/** What one probe says, µs. */
export interface Observation {
  /** Device time in the middle of the probe, µs. */
  readonly at: number;
  readonly up: number;
  readonly down: number;
}

export class OffsetEstimator {
  private observations: Observation[] = [];

  constructor(private readonly options: OffsetEstimatorOptions = defaultOffsetOptions) {}

  /** Takes a probe in. Returns false when its stamps are impossible (it is then ignored). */
  add(probe: ProbeStamps): boolean {
    const { t0, t1, t2, t3 } = probe;
    if (![t0, t1, t2, t3].every(Number.isFinite) || t3 < t0 || t2 < t1) return false;
    const at = (t0 + t3) / 2;
    const newest = this.observations[this.observations.length - 1];
    if (newest && at < newest.at) return false;
    const seen: Observation = { at, up: t1 - t0, down: t3 - t2 };
    this.observations.push(seen);
    this.forget(at - this.options.windowMicros);
    return true;
  }

  /** Forgets what was observed before this device time (the server's clock is known to be another one since). */
  forget(beforeDeviceMicros: number): void {
    const keep = this.observations.findIndex((o) => o.at >= beforeDeviceMicros);
    if (keep === -1) this.observations = [];
    else if (keep > 0) this.observations.splice(0, keep);
  }

  /** The offset at a device time, µs; null before the first probe. */
  estimate(atDeviceMicros: number): OffsetEstimate | null {
    let strip = this.fit(atDeviceMicros);
    // Delays add up to a round trip, which cannot be negative. If no line fits between the bounds, a clock was stepped (a laptop slept,
    // the server was started anew) or bent: then only the newer part counts.
    while (strip && strip.margin < -CLOCK_STEP_MICROS / 2 && this.observations.length > 1) {
      this.observations.splice(0, Math.ceil(this.observations.length / 2));
      strip = this.fit(atDeviceMicros);
    }
    if (!strip) return null;
    const trips = this.observations
      .slice(-60)
      .map((o) => o.up + o.down)
      .sort((a, b) => a - b);
    const recent = trips[trips.length >> 1] as number;
    const rtt = this.observations.reduce((min, o) => Math.min(min, o.up + o.down), Number.POSITIVE_INFINITY);
    const doubt = this.doubt(atDeviceMicros, strip);
    const line = lineThroughRows(this.observations, atDeviceMicros, strip, this.options.skewPriorPpm);
    const stripVariance = doubt ** 2 + STRIP_SIGMA_MICROS ** 2;
    const share = line ? stripVariance / (stripVariance + line.sigma ** 2) : 0;
    return {
      offsetMicros: strip.offset + (line ? share * (line.offset - strip.offset) : 0),
      uncertaintyMicros: line ? Math.sqrt(share) * line.sigma : doubt,
      skewPpm: strip.slope + (line ? share * (line.slope - strip.slope) : 0),
      rttMicros: rtt,
      jitterMicros: recent - rtt,
      probes: this.observations.length,
    };
  }

  private fit(now: number): Strip | null {
    if (this.observations.length === 0) return null;
    const { skewPriorPpm, skewWorthMicros, skewLimitPpm, wanderPpm } = this.options;
    const bound = (side: "up" | "down") =>
      lowerHull(this.observations.map((o): Bound => ({ x: (o.at - now) / 1e6, y: o[side] + (wanderPpm * Math.abs(now - o.at)) / 1e6 })));
    return widestStrip(bound("up"), bound("down"), skewPriorPpm, skewWorthMicros, skewLimitPpm);
  }

  /**
   * How far the least delays may still lie above the floor: about the mean gap between the lowest few (spacings of order statistics),
   * never more than half the round trip.
   */
  private doubt(now: number, strip: Strip): number {
    const above = (side: "up" | "down", sign: 1 | -1): number => {
      const low = lowest(this.observations, LOWEST_DELAYS, (o) => o[side] - sign * (strip.offset + (strip.slope * (o.at - now)) / 1e6));
      return low.length < LOWEST_DELAYS ? 1e6 : ((low[LOWEST_DELAYS - 1] as number) - (low[0] as number)) / (LOWEST_DELAYS - 1);
    };
    const halfTrip = Math.max(strip.margin, CLOCK_STEP_MICROS / 8);
    return Math.min(halfTrip, (above("up", 1) + above("down", -1)) / 2);
  }
}

/** The lowest few values, ascending. Probes are many and this is asked for several times a second: sorting them all would be most of an estimate. */
function lowest(observations: readonly Observation[], count: number, value: (o: Observation) => number): number[] {
  const low: number[] = [];
  for (const o of observations) {
    const v = value(o);
    let i = low.length;
    if (i === count && v >= (low[i - 1] as number)) continue;
    for (; i > 0 && (low[i - 1] as number) > v; i--) low[i] = low[i - 1] as number;
    low[i] = v;
    low.length = Math.min(low.length, count);
  }
  return low;
}
