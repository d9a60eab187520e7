/**
 * How a device gets back onto the timeline: the correction policy. Pure.
 *
 * The *trajectory* says which server time each output frame sounds. Its error is that minus the server time at which the frame will be
 * heard: + = ahead. Small errors are trimmed away by rate, inaudibly; larger ones by a splice (a short cross-fade to the right place).
 */
export interface CorrectionLimits {
  /** Errors up to this are left to the next regular piece, ms. */
  readonly toleranceMs: number;
  /** Beyond this a splice is better than a long trim, ms. */
  readonly spliceMs: number;
  /** Beyond this there is no use in a cross-fade: fade out and in, ms. */
  readonly recueMs: number;
  /** Steepest rate trim, ppm. 500 ppm is under one cent of pitch. */
  readonly maxTrimPpm: number;
  /** Time constant of the trim, s. */
  readonly trimSeconds: number;
}

export const defaultCorrectionLimits: CorrectionLimits = { toleranceMs: 0.03, spliceMs: 2, recueMs: 50, maxTrimPpm: 500, trimSeconds: 1 };

const AFTER_BREAK_SPLICE_MS = 0.4;

export type Correction = { readonly kind: "trim"; readonly ppm: number } | { readonly kind: "splice" } | { readonly kind: "recue" };

/** Right after a gap there is nothing to spare the ear: better a splice than seconds of trimming. */
export function afterBreak(limits: CorrectionLimits): CorrectionLimits {
  return { ...limits, spliceMs: Math.min(limits.spliceMs, AFTER_BREAK_SPLICE_MS) };
}

/** What to do about an error at the place where the next piece begins. */
export function correctionFor(errorMs: number, limits: CorrectionLimits): Correction {
  const size = Math.abs(errorMs);
  if (size > limits.recueMs) return { kind: "recue" };
  if (size > limits.spliceMs) return { kind: "splice" };
  // ms per s = 1000 ppm. Ahead: sound fewer microseconds of music per frame.
  const ppm = (-errorMs / limits.trimSeconds) * 1000;
  return { kind: "trim", ppm: Math.max(-limits.maxTrimPpm, Math.min(limits.maxTrimPpm, ppm)) };
}

/**
 * Whether what is already scheduled should be thrown away and made anew: only when its error is worth it. Judged against the estimate's own
 * doubt, so that the noise of measuring is not chased.
 */
export function worthReplanning(errorMs: number, uncertaintyMs: number, limits: CorrectionLimits): boolean {
  return Math.abs(errorMs) > Math.max(2 * limits.toleranceMs, Math.min(0.15, uncertaintyMs / 2));
}
