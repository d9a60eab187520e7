/**
 * A line seen in two ways, fitted by Bayesian least squares: readings of the line itself, which settle onto it in a known shape, and readings of a
 * parallel a constant distance below.
 *
 * Unknowns: level and slope of the line, the distance, and the size of the settling.
 */
export interface LineRow {
  /** Time before now (≤ 0), s. */
  readonly x: number;
  /** ms. */
  readonly y: number;
  /** Weight, 1/ms². */
  readonly worth: number;
  /** Share of the settling that is in this reading. */
  readonly settling: number;
  /** Lies on the parallel below instead of on the line. */
  readonly below: boolean;
}

export interface Belief {
  readonly mean: number;
  readonly sigma: number;
}

export interface LinePriors {
  /** ms per second. */
  readonly slope: Belief;
  /** Distance of the parallel, ms; null: nothing is known of it. */
  readonly distance: Belief | null;
  /** Size of the settling, ms. */
  readonly settling: Belief;
}

export interface LineFit {
  /** At x = 0, ms. */
  readonly level: number;
  readonly levelSigma: number;
  readonly slope: number;
  readonly settling: number;
  readonly distance: Belief;
}

const UNKNOWNS = 4;
const ROUNDS = 3;

/** @param outlyingMs readings of the line further off than this count ever less (Cauchy weights); null: all count in full */
export function fitLine(rows: readonly LineRow[], priors: LinePriors, outlyingMs: number | null): LineFit | null {
  let fit = solve(rows, priors, null, 1);
  for (let round = 0; outlyingMs !== null && fit && round < ROUNDS; round++) fit = solve(rows, priors, fit, outlyingMs);
  return fit;
}

/** Normal equations, inverted by Gauss-Jordan. Readings are taken relative to one of them: they are large. */
function solve(rows: readonly LineRow[], priors: LinePriors, before: LineFit | null, outlyingMs: number): LineFit | null {
  const origin = rows[0]?.y;
  if (origin === undefined) return null;
  const means = [0, priors.slope.mean, priors.distance?.mean ?? 0, priors.settling.mean];
  const worths = [0, priors.slope.sigma ** -2, priors.distance ? priors.distance.sigma ** -2 : 1e-9, priors.settling.sigma ** -2];
  // Rows of [matrix | right-hand side | identity].
  const m = means.map((mean, i) => {
    const row = new Float64Array(2 * UNKNOWNS + 1);
    row[i] = worths[i] as number;
    row[UNKNOWNS] = (worths[i] as number) * mean;
    row[UNKNOWNS + 1 + i] = 1;
    return row;
  });
  for (const { x, y, worth, settling, below } of rows) {
    const off = before && !below ? (y - before.level - before.slope * x - before.settling * settling) / outlyingMs : 0;
    const w = worth / (1 + off * off);
    const g = [1, x, below ? -1 : 0, settling];
    for (let i = 0; i < UNKNOWNS; i++) {
      const row = m[i] as Float64Array;
      const wi = w * (g[i] as number);
      for (let j = 0; j < UNKNOWNS; j++) row[j] = (row[j] as number) + wi * (g[j] as number);
      row[UNKNOWNS] = (row[UNKNOWNS] as number) + wi * (y - origin);
    }
  }
  if (!invert(m)) return null;
  const value = (i: number): number => (m[i] as Float64Array)[UNKNOWNS] as number;
  const sigma = (i: number): number => Math.sqrt(Math.max(0, (m[i] as Float64Array)[UNKNOWNS + 1 + i] as number));
  return {
    level: origin + value(0),
    levelSigma: sigma(0),
    slope: value(1),
    distance: { mean: value(2), sigma: sigma(2) },
    settling: value(3),
  };
}

/** The matrix is positive definite, so no row needs to be swapped. */
function invert(m: Float64Array[]): boolean {
  for (const [i, pivotRow] of m.entries()) {
    const pivot = pivotRow[i] as number;
    if (!(pivot > 0)) return false;
    for (let j = 0; j < pivotRow.length; j++) pivotRow[j] = (pivotRow[j] as number) / pivot;
    for (const [k, row] of m.entries()) {
      const factor = row[i] as number;
      if (k === i || factor === 0) continue;
      for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) - factor * (pivotRow[j] as number);
    }
  }
  return true;
}
