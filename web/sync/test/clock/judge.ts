/** Runs the estimator over many seeds of a simulated network and collects how wrong it was. */
import { type OffsetEstimate, OffsetEstimator } from "../../src/clock/offset-estimator.ts";
import { percentile, seeds } from "../random.ts";
import { type Clocks, type NetworkShape, SimulatedNetwork } from "./network.ts";

export const ORIGIN_MICROS = 1_795_000_000_000_000;
export const SEEDS = 24;

export interface Trial {
  readonly shape: NetworkShape;
  readonly gapMs: number;
  readonly skewPpm?: number;
  readonly stepMicros?: number;
}

export interface Judged {
  /** Size of the offset's error in µs at a share of the seeds. */
  errorMicros(share: number): number;
  /** Signed mean error, µs. */
  readonly meanMicros: number;
  /** Size of the skew's error in ppm at a share of the seeds. */
  skewErrorPpm(share: number): number;
  readonly estimates: readonly OffsetEstimate[];
}

/** What the estimator says `atSeconds` after the first probe, over all seeds. */
export function judge(trial: Trial, atSeconds: number): Judged {
  const clocks: Clocks = { offsetMicros: ORIGIN_MICROS, skewPpm: trial.skewPpm ?? 0, stepMicros: trial.stepMicros ?? 1 };
  const at = atSeconds * 1e6;
  const estimates: OffsetEstimate[] = [];
  const errors: number[] = [];
  for (const seed of seeds(SEEDS)) {
    const network = new SimulatedNetwork(seed, trial.shape, clocks);
    const estimator = new OffsetEstimator();
    for (const probe of network.probes(0, at, trial.gapMs * 1000)) if (probe.t3 <= at) estimator.add(probe);
    const estimate = estimator.estimate(at);
    if (!estimate) throw new Error(`seed ${seed}: no estimate after ${atSeconds} s`);
    estimates.push(estimate);
    errors.push(estimate.offsetMicros - network.offsetAt(at));
  }
  return {
    estimates,
    meanMicros: errors.reduce((sum, e) => sum + e, 0) / errors.length,
    errorMicros: (share) => percentile(errors.map(Math.abs), share),
    skewErrorPpm: (share) =>
      percentile(
        estimates.map((e) => Math.abs(e.skewPpm - clocks.skewPpm)),
        share,
      ),
  };
}
