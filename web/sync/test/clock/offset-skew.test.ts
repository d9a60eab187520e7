/** Crystals differ: the offset drifts while it is being measured. */
import { describe, expect, it } from "vitest";
import { judge } from "./judge.ts";
import { calmLan, jittery } from "./network.ts";

describe.each([40, -40, 200, -200])("a skew of %i ppm", (skewPpm) => {
  it("on a calm network: offset within 15 µs and skew within 1.5 ppm after 30 s", () => {
    const judged = judge({ shape: calmLan, gapMs: 500, skewPpm }, 30);
    expect(judged.errorMicros(0.95)).toBeLessThan(15);
    expect(judged.skewErrorPpm(0.95)).toBeLessThan(1.5);
  });

  it("on a calm network: never off by more than two seconds' worth of it", () => {
    for (const seconds of [1, 3, 10]) {
      expect(judge({ shape: calmLan, gapMs: 500, skewPpm }, seconds).errorMicros(1)).toBeLessThan(Math.max(100, 2 * Math.abs(skewPpm)));
    }
  });

  it("with 40 ± 15 ms of round trip: offset within 100 µs and skew within 2 ppm after 30 s", () => {
    const judged = judge({ shape: jittery, gapMs: 60, skewPpm }, 30);
    expect(judged.errorMicros(0.95)).toBeLessThan(100);
    expect(judged.skewErrorPpm(0.95)).toBeLessThan(2);
  });
});

it("no skew is made up where there is none", () => {
  expect(judge({ shape: calmLan, gapMs: 500 }, 30).skewErrorPpm(1)).toBeLessThan(1.5);
});
