/** What is learnt of a sound output, outlives a stream on it, and is kept as text from one session to the next. */
import type { Belief } from "./line-fit.ts";

export interface LearntOutput {
  /** Rate of its card against the device's clock, ppm. */
  readonly ratePpm: number | null;
  /** How much later than it is rendered a sample is heard, ms. */
  readonly depth: Belief | null;
}

const LARGEST_PPM = 500;
const DEEPEST_MS = 5_000;
const LARGEST_DOUBT_MS = 10;

export function writeLearnt({ ratePpm, depth }: LearntOutput): string {
  return JSON.stringify({ ratePpm: rounded(ratePpm), depthMs: rounded(depth?.mean ?? null), depthDoubtMs: rounded(depth?.sigma ?? null) });
}

/** Null when there is nothing, or nothing that makes sense: then all is learnt anew. */
export function readLearnt(text: string | null): LearntOutput | null {
  const kept: unknown = text === null ? null : parsed(text);
  if (typeof kept !== "object" || kept === null) return null;
  const ratePpm = numberWithin(kept, "ratePpm", -LARGEST_PPM, LARGEST_PPM);
  const mean = numberWithin(kept, "depthMs", 0, DEEPEST_MS);
  const sigma = numberWithin(kept, "depthDoubtMs", 0, LARGEST_DOUBT_MS);
  return { ratePpm, depth: mean === null || sigma === null ? null : { mean, sigma } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function numberWithin(kept: object, name: string, least: number, most: number): number | null {
  const value = (kept as Record<string, unknown>)[name];
  return typeof value === "number" && value >= least && value <= most ? value : null;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}
