import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bound, lowerHull, widestStrip } from "../../src/clock/strip.ts";

const points = fc
  .array(fc.tuple(fc.integer({ min: -120_000, max: 0 }), fc.integer({ min: 0, max: 100_000 })), { minLength: 1, maxLength: 60 })
  .map((pairs) => pairs.map(([x, y]): Bound => ({ x: x / 1000, y })).sort((a, b) => a.x - b.x));

function least(bounds: readonly Bound[], slope: number): number {
  return bounds.reduce((min, p) => Math.min(min, p.y - slope * p.x), Number.POSITIVE_INFINITY);
}

describe("lowerHull", () => {
  it("is made of points given, in their order", () => {
    fc.assert(
      fc.property(points, (all) => {
        let from = 0;
        for (const corner of lowerHull(all)) {
          const found = all.indexOf(corner, from);
          expect(found).toBeGreaterThanOrEqual(from);
          from = found + 1;
        }
      }),
    );
  });

  it("bends one way only", () => {
    fc.assert(
      fc.property(points, (all) => {
        const hull = lowerHull(all);
        for (let i = 2; i < hull.length; i++) {
          const [a, b, c] = hull.slice(i - 2, i + 1) as [Bound, Bound, Bound];
          expect((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("carries the same supporting line as all the points, at any slope", () => {
    fc.assert(
      fc.property(points, fc.integer({ min: -500, max: 500 }), (all, slope) => {
        expect(least(lowerHull(all), slope)).toBeCloseTo(least(all, slope), 6);
      }),
    );
  });
});

describe("widestStrip", () => {
  const worth = 20;
  const prior = 40;
  const value = (up: readonly Bound[], down: readonly Bound[], slope: number) =>
    (least(up, slope) + least(down, -slope)) / 2 - worth * (slope / prior) ** 2;

  it("is never beaten by a slope of a fine grid", () => {
    fc.assert(
      fc.property(points, points, (up, down) => {
        const strip = widestStrip(lowerHull(up), lowerHull(down), prior, worth, 500);
        const found = value(up, down, strip.slope);
        // The search stops within 0.01 ppm; over 120 s that is 1.2 µs.
        for (let slope = -500; slope <= 500; slope += 1) expect(found).toBeGreaterThanOrEqual(value(up, down, slope) - 1.3);
      }),
      { numRuns: 60 },
    );
  });

  it("runs through the middle: both clouds are the margin away", () => {
    fc.assert(
      fc.property(points, points, (up, down) => {
        const { offset, slope, margin } = widestStrip(lowerHull(up), lowerHull(down), prior, worth, 500);
        expect(least(up, slope) - offset).toBeCloseTo(margin, 6);
        expect(least(down, -slope) + offset).toBeCloseTo(margin, 6);
      }),
    );
  });

  it("has a negative margin when no line fits between the clouds", () => {
    // The offset is below 0 and above 10 at the same time.
    expect(widestStrip([{ x: 0, y: 0 }], [{ x: 0, y: -10 }], prior, worth, 500).margin).toBe(-5);
  });

  it("does not believe a skew that a single look suggests", () => {
    expect(widestStrip([{ x: 0, y: 100 }], [{ x: 0, y: 100 }], prior, worth, 500).slope).toBeCloseTo(0, 1);
  });
});
