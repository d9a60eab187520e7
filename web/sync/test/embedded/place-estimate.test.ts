import { describe, expect, it } from "vitest";
import { PlaceEstimate } from "../../src/embedded/place-estimate.ts";
import { Random } from "../random.ts";

/** Reads a place that moves from 10 s at 0 ms every 25 ms for `forMs`; what is read is at most `staleMs` old. */
function read(estimate: PlaceEstimate, forMs: number, staleMs: number, place = (ms: number) => 10 + ms / 1000): number {
  let last = Number.NaN;
  for (let ms = 0; ms <= forMs; ms += 25) {
    const seconds = place(staleMs === 0 ? ms : Math.floor(ms / staleMs) * staleMs);
    if (seconds !== last) estimate.add(seconds, ms);
    last = seconds;
  }
  return forMs;
}

describe("the place of a player", () => {
  it.each([0, 100, 250, 400])("that says it with %i ms of age is known to 15 ms", (staleMs) => {
    const estimate = new PlaceEstimate();
    const now = read(estimate, 2_000, staleMs);
    expect(Math.abs((estimate.at(now)?.seconds ?? Number.NaN) - 12)).toBeLessThan(0.015);
    expect(estimate.at(now)?.doubtSeconds).toBeLessThan(0.03);
  });

  it("is known to 25 ms when readings wobble and are late by chance", () => {
    const random = new Random(3);
    const estimate = new PlaceEstimate();
    for (let ms = 0; ms <= 3_000; ms += 25) estimate.add(10 + (ms - 240 * random.next()) / 1000, ms);
    expect(Math.abs((estimate.at(3_000)?.seconds ?? Number.NaN) - 13)).toBeLessThan(0.025);
  });

  it("is not known from a few readings, nor from old ones, nor after a jump", () => {
    const estimate = new PlaceEstimate();
    read(estimate, 500, 100);
    expect(estimate.at(500)).toBeNull();
    read(estimate, 2_000, 100);
    expect(estimate.at(2_000)).not.toBeNull();
    expect(estimate.at(9_000)).toBeNull();
    estimate.reset();
    expect(estimate.at(2_000)).toBeNull();
  });

  it("follows a player that stalled: old readings go out of sight", () => {
    const estimate = new PlaceEstimate();
    const now = read(estimate, 6_000, 0, (ms) => 10 + Math.min(ms, 2_000) / 1000 + Math.max(0, ms - 3_000) / 1000);
    expect(Math.abs((estimate.at(now)?.seconds ?? Number.NaN) - 15)).toBeLessThan(0.01);
  });
});
