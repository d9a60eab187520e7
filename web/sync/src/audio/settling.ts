/**
 * A line with a settling term, fitted by Bayesian least squares.
 *
 * Sound servers tell a stream's latency from a regression over their own recent readings (PulseAudio: five seconds of them). While a stream is
 * young the regression extrapolates from almost nothing, and the told latency departs from the truth in a shape that is much the same each time: it
 * leaves after 0.4 s, peaks at about 5 s, falls when the first readings leave the regression, and is gone at 20 s. Only the size differs
 * (−0.6 to +1.1 ms in our measurements), so the size is an unknown of the fit, beside the line's level and slope.
 */

/** Usual size of the settling, ms, and how far it strays from that. */
export const SETTLING_MS = 0.45;
export const SETTLING_SIGMA_MS = 0.4;

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

export interface Row {
  /** Time before now (≤ 0), s. */
  readonly x: number;
  readonly settling: number;
  /** Reading, ms. */
  readonly y: number;
  /** Weight, 1/ms². */
  readonly worth: number;
}

export interface SettlingPrior {
  /** ms per second. */
  readonly slope: number;
  readonly slopeSigma: number;
  /** ms. */
  readonly settling: number;
  readonly settlingSigma: number;
}

export interface SettlingFit {
  /** At x = 0, ms. */
  readonly level: number;
  readonly levelSigma: number;
  readonly slope: number;
}

/** @param outlyingMs rows further off than this count ever less (Cauchy weights, three rounds); null: all count in full */
export function fitSettlingLine(rows: readonly Row[], prior: SettlingPrior, outlyingMs: number | null): SettlingFit | null {
  let fit = solve(rows, prior, null, 1);
  for (let round = 0; outlyingMs !== null && fit && round < 3; round++) fit = solve(rows, prior, fit, outlyingMs);
  return fit;
}

interface Solution extends SettlingFit {
  readonly settling: number;
}

/** Normal equations for level, slope and settling, solved by elimination. Readings are taken relative to the first: they are large. */
function solve(rows: readonly Row[], prior: SettlingPrior, before: Solution | null, outlyingMs: number): Solution | null {
  const origin = rows[0]?.y;
  if (origin === undefined) return null;
  const p1 = prior.slopeSigma ** -2;
  const p2 = prior.settlingSigma ** -2;
  let a00 = 0;
  let a01 = 0;
  let a02 = 0;
  let a11 = p1;
  let a12 = 0;
  let a22 = p2;
  let r0 = 0;
  let r1 = p1 * prior.slope;
  let r2 = p2 * prior.settling;
  for (const { x, settling: g, y, worth } of rows) {
    const off = before ? (y - before.level - before.slope * x - before.settling * g) / outlyingMs : 0;
    const w = worth / (1 + off * off);
    const z = y - origin;
    a00 += w;
    a01 += w * x;
    a02 += w * g;
    a11 += w * x * x;
    a12 += w * x * g;
    a22 += w * g * g;
    r0 += w * z;
    r1 += w * x * z;
    r2 += w * g * z;
  }
  // Cofactors of the symmetric 3 × 3 matrix.
  const c00 = a11 * a22 - a12 * a12;
  const c01 = a02 * a12 - a01 * a22;
  const c02 = a01 * a12 - a02 * a11;
  const c11 = a00 * a22 - a02 * a02;
  const c12 = a01 * a02 - a00 * a12;
  const c22 = a00 * a11 - a01 * a01;
  const det = a00 * c00 + a01 * c01 + a02 * c02;
  if (!(det > 0)) return null;
  return {
    level: origin + (c00 * r0 + c01 * r1 + c02 * r2) / det,
    slope: (c01 * r0 + c11 * r1 + c12 * r2) / det,
    settling: (c02 * r0 + c12 * r1 + c22 * r2) / det,
    levelSigma: Math.sqrt(Math.max(0, c00 / det)),
  };
}
