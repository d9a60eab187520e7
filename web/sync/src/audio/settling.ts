/**
 * How the told latency of a young stream settles.
 *
 * Sound servers tell a stream's latency from a regression over their own recent readings (PulseAudio: five seconds of them). While a stream is
 * young the regression extrapolates from almost nothing, and the told latency departs from the truth in a shape that is much the same each time: it
 * leaves after 0.4 s, peaks at about 5 s, falls when the first readings leave the regression, and is gone at 20 s. Only the size differs
 * (−0.6 to +1.1 ms in our measurements), so the size is an unknown of the fit, beside the line's level and slope.
 */
import type { Belief } from "./line-fit.ts";

/** Usual size of the settling, ms, and how far it strays from that. */
export const SETTLING_MS: Belief = { mean: 0.45, sigma: 0.4 };

/** The shape: share of the size by the stream's age in seconds (mean of ten streams on two simulated cards; docs/timing.md). */
const SHAPE: readonly (readonly [ageSeconds: number, share: number])[] = [
  [0.2, -0.05],
  [0.4, 0],
  [0.75, 0.12],
  [1, 0.2],
  [1.5, 0.42],
  [2, 0.6],
  [2.5, 0.75],
  [3, 0.85],
  [3.5, 0.95],
  [4, 1],
  [5.4, 1.12],
  [5.8, 0.8],
  [6, 0.55],
  [7, 0.62],
  [8, 0.48],
  [9, 0.35],
  [10, 0.38],
  [12, 0.25],
  [14, 0.22],
  [16, 0.2],
  [18, 0.08],
  [20, 0],
];

export function settlingAt(ageSeconds: number): number {
  let [a, u] = SHAPE[0] as readonly [number, number];
  if (ageSeconds <= a) return u;
  for (const [b, v] of SHAPE) {
    if (ageSeconds < b) return u + ((v - u) * (ageSeconds - a)) / (b - a);
    [a, u] = [b, v];
  }
  return 0;
}
