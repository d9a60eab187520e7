/** The output clock as its users see it: how near its line is to the truth. How it weighs its readings is its own affair. */
import { describe, expect, it } from "vitest";
import { heardAtMs, OutputClock } from "../../src/audio/output-clock.ts";
import { Random } from "../random.ts";

interface Card {
  readonly ppm: number;
  /** The told latency trembles by this much, ms. */
  readonly trembleMs?: number;
}

const LATENCY_MS = 35;
const OPENED_MS = 5_000;

/** Device ms at which a context time is truly heard: a slow card (ppm > 0) takes longer for its seconds. */
const trueMs = (card: Card, contextSeconds: number, stepMs = 0) =>
  OPENED_MS + LATENCY_MS + stepMs + contextSeconds * (1000 + card.ppm / 1000);

/** Pairs each 20 ms, as the engine asks for them. */
function feed(clock: OutputClock, card: Card, fromSeconds: number, untilSeconds: number, stepMs = 0): void {
  const random = new Random(Math.round(fromSeconds * 100) + 3);
  for (let at = fromSeconds; at < untilSeconds; at += 0.02) {
    clock.add({ contextSeconds: at, deviceMs: trueMs(card, at, stepMs) + (card.trembleMs ?? 0) * random.normal() });
  }
}

const errorMs = (clock: OutputClock, card: Card, atSeconds: number, stepMs = 0): number => {
  const line = clock.estimate();
  if (!line) throw new Error("no line yet");
  return Math.abs(heardAtMs(line, atSeconds) - trueMs(card, atSeconds, stepMs));
};

describe("a perfect card", () => {
  it("is known within 0.2 ms after half a second and within 0.05 ms after twenty", () => {
    const clock = new OutputClock();
    feed(clock, { ppm: 0 }, 0.02, 0.5);
    expect(errorMs(clock, { ppm: 0 }, 0.5)).toBeLessThan(0.2);
    feed(clock, { ppm: 0 }, 0.5, 20);
    expect(errorMs(clock, { ppm: 0 }, 20)).toBeLessThan(0.05);
    feed(clock, { ppm: 0 }, 20, 60);
    expect(errorMs(clock, { ppm: 0 }, 60)).toBeLessThan(0.02);
  });

  it("is not known before it runs", () => {
    const clock = new OutputClock();
    expect(clock.estimate()).toBeNull();
    clock.add({ contextSeconds: 0, deviceMs: 0 });
    clock.add({ contextSeconds: 0.02, deviceMs: trueMs({ ppm: 0 }, 0.02) });
    expect(clock.estimate()).toBeNull();
  });

  it("lets sound begin soon: after half a second its doubt is well below a millisecond", () => {
    const clock = new OutputClock();
    feed(clock, { ppm: 0 }, 0.02, 0.5);
    expect(clock.estimate()?.uncertaintyMs).toBeLessThan(0.5);
  });
});

describe.each([-30, 50])("a card at %i ppm", (ppm) => {
  const card: Card = { ppm, trembleMs: 0.05 };

  it("is followed within 0.1 ms from 30 s on, and its rate is known within 5 ppm", () => {
    const clock = new OutputClock();
    feed(clock, card, 0.02, 30);
    for (let at = 30; at < 90; at += 5) {
      feed(clock, card, at, at + 5);
      expect(errorMs(clock, card, at + 5)).toBeLessThan(0.1);
    }
    expect(Math.abs((clock.estimate()?.ratePpm ?? 0) - ppm)).toBeLessThan(5);
  });

  it("is foreseen four seconds ahead", () => {
    const clock = new OutputClock();
    feed(clock, card, 0.02, 60);
    expect(errorMs(clock, card, 64)).toBeLessThan(0.1);
  });
});

describe("an underrun", () => {
  it.each([10.7, 107, -10.7])("of %f ms is seen once and repaired within half a second of pairs", (stepMs) => {
    const card: Card = { ppm: 20, trembleMs: 0.05 };
    const clock = new OutputClock();
    feed(clock, card, 0.02, 40);
    expect(clock.stepsSeen).toBe(0);
    feed(clock, card, 40, 40.5, stepMs);
    expect(clock.stepsSeen).toBe(1);
    expect(errorMs(clock, card, 40.5, stepMs)).toBeLessThan(0.2);
    feed(clock, card, 40.5, 60, stepMs);
    expect(clock.stepsSeen).toBe(1);
    expect(errorMs(clock, card, 60, stepMs)).toBeLessThan(0.1);
  });

  it("a single wild pair is no underrun", () => {
    const clock = new OutputClock();
    feed(clock, { ppm: 0 }, 0.02, 30);
    clock.add({ contextSeconds: 30, deviceMs: trueMs({ ppm: 0 }, 30) + 300 });
    feed(clock, { ppm: 0 }, 30.02, 32);
    expect(clock.stepsSeen).toBe(0);
    expect(errorMs(clock, { ppm: 0 }, 32)).toBeLessThan(0.05);
  });
});

describe("a stream that is only just opening", () => {
  it("its first senseless pairs are passed over", () => {
    const clock = new OutputClock();
    for (const [contextSeconds, deviceMs] of [
      [0, 0],
      [0, 4_990],
      [0.003, 5_100],
      [0.005, 4_800],
      [0.01, 5_060],
    ] as const) {
      clock.add({ contextSeconds, deviceMs });
    }
    feed(clock, { ppm: 0 }, 0.05, 1);
    expect(clock.stepsSeen).toBe(0);
    expect(errorMs(clock, { ppm: 0 }, 1)).toBeLessThan(0.25);
  });

  it("after a reset everything is measured anew", () => {
    const clock = new OutputClock();
    feed(clock, { ppm: 0 }, 0.02, 30);
    clock.reset();
    expect(clock.estimate()).toBeNull();
    feed(clock, { ppm: 0 }, 30.1, 31, 250);
    expect(errorMs(clock, { ppm: 0 }, 31, 250)).toBeLessThan(0.3);
  });
});
