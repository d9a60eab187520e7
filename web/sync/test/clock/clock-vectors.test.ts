/** The golden vectors of the clock estimator, which the C# twin runs too. */
import { expect, it } from "vitest";
import vectors from "../../../../spec/clock-offset.json";
import { OffsetEstimator } from "../../src/clock/offset-estimator.ts";

it.each(vectors)("$name", ({ input, expect: expected }) => {
  const estimator = new OffsetEstimator();
  for (const probe of input.probes) expect(estimator.add(probe)).toBe(true);
  const estimate = estimator.estimate(input.atDeviceMicros);
  expect(Math.abs((estimate?.offsetMicros ?? Number.NaN) - expected.offsetMicros)).toBeLessThanOrEqual(0.5);
  expect(Math.abs((estimate?.skewPpm ?? Number.NaN) - expected.skewPpm)).toBeLessThanOrEqual(0.05);
  expect(Math.abs((estimate?.uncertaintyMicros ?? Number.NaN) - expected.uncertaintyMicros)).toBeLessThanOrEqual(0.5);
});
