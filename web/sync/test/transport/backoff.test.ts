import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs, defaultBackoff } from "../../src/transport/backoff.ts";

const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("the wait before the next try", () => {
  it("lies in the upper half of 250 ms doubled with each try, at most 10 s", () => {
    fc.assert(
      fc.property(fc.nat(10_000), uniform, (attempt, random) => {
        const full = Math.min(10_000, 250 * 2 ** Math.min(attempt, 40));
        const wait = backoffMs(attempt, () => random);
        expect(wait).toBeGreaterThanOrEqual(full / 2);
        expect(wait).toBeLessThanOrEqual(full);
      }),
    );
  });

  it("spreads devices over the whole of that half", () => {
    expect(backoffMs(3, () => 0)).toBe(1000);
    expect(backoffMs(3, () => 0.5)).toBe(1500);
    expect(backoffMs(3, () => 0.999)).toBeCloseTo(1999);
  });

  it("takes other bounds", () => {
    expect(backoffMs(9, () => 0, { ...defaultBackoff, mostMs: 600 })).toBe(300);
  });
});
