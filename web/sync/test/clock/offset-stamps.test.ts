/** What the estimator makes of stamps as such: impossible ones, old ones, the four of RFC 5905. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { OffsetEstimator } from "../../src/clock/offset-estimator.ts";

it("knows nothing before the first probe", () => {
  expect(new OffsetEstimator().estimate(0)).toBeNull();
});

it("makes of a single probe what RFC 5905 §8 says, whatever its stamps", () => {
  const delay = fc.integer({ min: 0, max: 10_000_000 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 2e15 }), delay, delay, delay, (t0, offset, up, busy, down) => {
      const t1 = t0 + offset + up;
      const t2 = t1 + busy;
      const t3 = t0 + up + busy + down;
      const estimator = new OffsetEstimator();
      expect(estimator.add({ t0, t1, t2, t3 })).toBe(true);
      const estimate = estimator.estimate((t0 + t3) / 2);
      expect(estimate?.offsetMicros).toBeCloseTo((t1 - t0 + (t2 - t3)) / 2, 0);
      expect(estimate?.rttMicros).toBe(t3 - t0 - (t2 - t1));
      expect(estimate?.skewPpm).toBeCloseTo(0, 1);
    }),
  );
});

it.each([
  ["received before it was sent", { t0: 1000, t1: 0, t2: 0, t3: 999 }],
  ["answered before it arrived", { t0: 0, t1: 500, t2: 499, t3: 1000 }],
  ["not a number", { t0: 0, t1: Number.NaN, t2: 0, t3: 1000 }],
  ["endless", { t0: 0, t1: 0, t2: Number.POSITIVE_INFINITY, t3: 1000 }],
])("refuses stamps that cannot be: %s", (_, probe) => {
  const estimator = new OffsetEstimator();
  expect(estimator.add(probe)).toBe(false);
  expect(estimator.estimate(1000)).toBeNull();
});

it("refuses a probe older than the newest", () => {
  const estimator = new OffsetEstimator();
  estimator.add({ t0: 10_000, t1: 500, t2: 500, t3: 11_000 });
  expect(estimator.add({ t0: 8_000, t1: 0, t2: 0, t3: 9_000 })).toBe(false);
});

it("remembers no longer than its window", () => {
  const estimator = new OffsetEstimator();
  for (let t0 = 0; t0 <= 600e6; t0 += 1e6) estimator.add({ t0, t1: t0 + 200, t2: t0 + 200, t3: t0 + 400 });
  expect(estimator.estimate(600e6)?.probes).toBe(121);
});
