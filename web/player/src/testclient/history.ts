/** One reading of a graph; null = nothing to measure then, a gap in the line. */
export interface Reading {
  readonly atMs: number;
  readonly value: number | null;
}

/** The readings of the last `spanMs` milliseconds of the device's clock. */
export class History {
  readonly #spanMs: number;
  #readings: Reading[] = [];

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  add(atMs: number, value: number | null): void {
    this.#readings.push({ atMs, value });
    const oldest = this.#readings.findIndex((reading) => reading.atMs >= atMs - this.#spanMs);
    if (oldest > 0) this.#readings.splice(0, oldest);
  }

  get readings(): readonly Reading[] {
    return this.#readings;
  }
}

/** Bounds of a graph's axis around its values: symmetric about 0 when signed, at least `least` wide, on a 1-2-5 step. */
export function axisBound(values: readonly (number | null)[], least: number): number {
  let largest = least;
  for (const value of values) if (value !== null && Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  const power = 10 ** Math.floor(Math.log10(largest));
  for (const step of [1, 2, 5, 10]) if (largest <= step * power * 1.000001) return step * power;
  return largest;
}
