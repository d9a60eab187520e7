/** Clocks that jump: a laptop's clock stands still while it sleeps, a server that was started anew counts from another place. */
import { describe, expect, it } from "vitest";
import { OffsetEstimator } from "../../src/clock/offset-estimator.ts";
import { seeds } from "../random.ts";
import { ORIGIN_MICROS } from "./judge.ts";
import { calmLan, jittery, type NetworkShape, SimulatedNetwork } from "./network.ts";

interface Stepped {
  readonly shape: NetworkShape;
  readonly gapMs: number;
  readonly stepMicros: number;
  /** Length of the time after the step, s. */
  readonly seconds: number;
}

/** Error of the offset, µs, some time after the server's clock minus the device's has jumped in the middle of a conversation. */
function errorAfterStep(seed: number, { shape, gapMs, stepMicros, seconds }: Stepped): number {
  const estimator = new OffsetEstimator();
  const before = new SimulatedNetwork(seed, shape, { offsetMicros: ORIGIN_MICROS, skewPpm: 12 });
  for (const probe of before.probes(0, 60e6, gapMs * 1000)) estimator.add(probe);
  estimator.estimate(60e6);
  const after = new SimulatedNetwork(seed + 1000, shape, { offsetMicros: ORIGIN_MICROS + stepMicros, skewPpm: 12 });
  const at = 61e6 + seconds * 1e6;
  for (const probe of after.probes(61e6, at, gapMs * 1000)) {
    if (probe.t3 > at) continue;
    estimator.add(probe);
    estimator.estimate(probe.t3);
  }
  const estimate = estimator.estimate(at);
  if (!estimate) throw new Error("no estimate");
  return Math.abs(estimate.offsetMicros - after.offsetAt(at));
}

describe.each([
  ["the device slept for half a minute", 30e6],
  ["the device slept for eight hours", 8 * 3600e6],
  ["the server came back 80 ms behind", -80_000],
  ["the server came back 5 ms ahead", 5_000],
])("%s", (_, stepMicros) => {
  it("on a calm network two probes are enough to be within 0.1 ms", () => {
    for (const seed of seeds(12)) {
      expect(errorAfterStep(seed, { shape: calmLan, gapMs: 500, stepMicros, seconds: 1 }), `seed ${seed}`).toBeLessThan(100);
    }
  });
});

it("a step of seconds on a restless network is got over like a new beginning", () => {
  for (const seed of seeds(12)) {
    const error = errorAfterStep(seed, { shape: jittery, gapMs: 60, stepMicros: 30e6, seconds: 30 });
    expect(error, `seed ${seed}`).toBeLessThan(300);
  }
});

it("forget drops what was seen before, whatever the bounds say", () => {
  const estimator = new OffsetEstimator();
  const before = new SimulatedNetwork(1, calmLan, { offsetMicros: ORIGIN_MICROS, skewPpm: 0 });
  for (const probe of before.probes(0, 10e6, 500e3)) estimator.add(probe);
  estimator.forget(9e6);
  expect(estimator.estimate(10e6)?.probes).toBeLessThanOrEqual(2);
  estimator.forget(11e6);
  expect(estimator.estimate(11e6)).toBeNull();
});
