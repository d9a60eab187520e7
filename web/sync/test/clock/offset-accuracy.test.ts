/** How near the estimator comes to the true offset, over 24 seeds of each network. Bounds are about twice what was measured. */
import { describe, expect, it } from "vitest";
import { percentile } from "../random.ts";
import { judge } from "./judge.ts";
import { calmLan, jittery, oneMachine, radio } from "./network.ts";

describe("a calm network", () => {
  const trial = { shape: calmLan, gapMs: 500 };

  it.each([
    [1, 100],
    [3, 60],
    [10, 25],
    [30, 15],
    [110, 10],
  ])("after %i s: within %i µs on 95 of 100", (seconds, micros) => {
    expect(judge(trial, seconds).errorMicros(0.95)).toBeLessThan(micros);
  });
});

describe("a page and a server on one busy machine, stamps of 100 µs", () => {
  const trial = { shape: oneMachine, gapMs: 40, stepMicros: 100 };

  // Half a step of some 25 µs on average is in it, which all such devices have alike. By least delays alone: 97, 96, 60, 65.
  it.each([
    [2, 80],
    [5, 65],
    [15, 55],
    [60, 45],
  ])("after %i s: within %i µs on 95 of 100", (seconds, micros) => {
    expect(judge(trial, seconds).errorMicros(0.95)).toBeLessThan(micros);
  });
});

describe("a round trip of 40 ± 15 ms", () => {
  const trial = { shape: jittery, gapMs: 60 };

  it.each([
    [3, 3000],
    [10, 300],
    [30, 100],
    [110, 20],
  ])("after %i s: within %i µs on 95 of 100", (seconds, micros) => {
    expect(judge(trial, seconds).errorMicros(0.95)).toBeLessThan(micros);
  });

  it("is within 10 µs at the median after 10 s", () => {
    expect(judge(trial, 10).errorMicros(0.5)).toBeLessThan(10);
  });

  it("bears every fifth probe lost", () => {
    const lossy = { ...trial, shape: { ...jittery, loss: 0.2 } };
    expect(judge(lossy, 10).errorMicros(0.95)).toBeLessThan(300);
    expect(judge(lossy, 30).errorMicros(0.95)).toBeLessThan(100);
  });

  it("says how far it may be off: much after a second, little after half a minute", () => {
    const young = judge(trial, 1).estimates.map((e) => e.uncertaintyMicros);
    expect(percentile(young, 0.5)).toBeGreaterThan(1000);
    for (const e of judge(trial, 30).estimates) expect(e.uncertaintyMicros).toBeLessThan(200);
  });

  it("tells the least round trip and the usual excess over it", () => {
    for (const e of judge(trial, 30).estimates) {
      expect(e.rttMicros).toBeGreaterThan(290);
      expect(e.rttMicros).toBeLessThan(25_000);
      expect(e.rttMicros + e.jitterMicros).toBeGreaterThan(25_000);
      expect(e.rttMicros + e.jitterMicros).toBeLessThan(80_000);
    }
  });
});

describe("a radio with exponential queues", () => {
  it("finds the floor of each direction: what is left is half the difference of the floors", () => {
    const judged = judge({ shape: radio, gapMs: 60 }, 30);
    // 2 ms up, 1.5 ms down: 250 µs that no clock over this path can see.
    expect(judged.meanMicros).toBeGreaterThan(200);
    expect(judged.meanMicros).toBeLessThan(300);
    expect(judged.errorMicros(0.95)).toBeLessThan(400);
  });
});

describe("an asymmetric path", () => {
  it.each([
    [10_000, 2_000],
    [2_000, 10_000],
    [0, 6_000],
  ])("%i µs up and %i µs down: off by half the difference, as four stamps must be", (up, down) => {
    const judged = judge({ shape: { up: () => up, down: () => down }, gapMs: 500 }, 10);
    expect(judged.meanMicros).toBeCloseTo((up - down) / 2, -1);
  });
});

describe("coarse device clocks", () => {
  it.each([5, 100, 200])("stamps of %i µs cost no more than one of their steps", (stepMicros) => {
    const judged = judge({ shape: calmLan, gapMs: 500, stepMicros }, 30);
    expect(judged.errorMicros(1)).toBeLessThan(stepMicros + 15);
    // A strip that seems narrower than it is must not be taken for a stepped clock.
    for (const e of judged.estimates) expect(e.probes).toBeGreaterThan(50);
  });

  it("stamps of 100 µs on a loopback faster than a step are no step of the clock", () => {
    const loopback = { up: () => 30, down: () => 30 };
    for (const e of judge({ shape: loopback, gapMs: 500, stepMicros: 100 }, 30).estimates) expect(e.probes).toBeGreaterThan(50);
  });
});
