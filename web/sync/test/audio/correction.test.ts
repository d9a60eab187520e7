import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctionFor, defaultCorrectionLimits as limits, worthReplanning } from "../../src/audio/correction.ts";

const anyError = fc.double({ min: -1000, max: 1000, noNaN: true });

describe("what is done about an error", () => {
  it("small: a trim against it, never steeper than allowed, nor more than the error needs", () => {
    fc.assert(
      fc.property(fc.double({ min: -limits.spliceMs, max: limits.spliceMs, noNaN: true }), (errorMs) => {
        const correction = correctionFor(errorMs, limits);
        if (correction.kind !== "trim") throw new Error(correction.kind);
        expect(Math.abs(correction.ppm)).toBeLessThanOrEqual(limits.maxTrimPpm);
        expect(correction.ppm * errorMs).toBeLessThanOrEqual(0);
        // Over the time constant it makes up for no more than the error.
        expect((Math.abs(correction.ppm) * limits.trimSeconds) / 1000).toBeLessThanOrEqual(Math.abs(errorMs) + 1e-9);
      }),
    );
  });

  it("larger: a splice; beyond all use: a re-cue", () => {
    expect(correctionFor(limits.spliceMs + 0.01, limits).kind).toBe("splice");
    expect(correctionFor(-limits.recueMs, limits).kind).toBe("splice");
    expect(correctionFor(limits.recueMs + 0.01, limits).kind).toBe("recue");
  });

  it("is the same for early and late", () => {
    fc.assert(
      fc.property(anyError, (errorMs) => {
        const [early, late] = [correctionFor(errorMs, limits), correctionFor(-errorMs, limits)];
        expect(early.kind).toBe(late.kind);
        if (early.kind === "trim" && late.kind === "trim") expect(early.ppm).toBeCloseTo(-late.ppm, 9);
      }),
    );
  });
});

describe("whether to plan anew", () => {
  it("never for less than the tolerance, always for a splice's worth", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5, noNaN: true }), (uncertaintyMs) => {
        expect(worthReplanning(limits.toleranceMs, uncertaintyMs, limits)).toBe(false);
        expect(worthReplanning(-limits.spliceMs, uncertaintyMs, limits)).toBe(true);
      }),
    );
  });

  it("more doubt never makes it readier", () => {
    fc.assert(
      fc.property(anyError, fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true }), (errorMs, a, b) => {
        const [sure, unsure] = [Math.min(a, b), Math.max(a, b)];
        if (worthReplanning(errorMs, unsure, limits)) expect(worthReplanning(errorMs, sure, limits)).toBe(true);
      }),
    );
  });
});
