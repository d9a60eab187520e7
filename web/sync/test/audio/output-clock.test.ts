/** The output clock as its users see it: how near its line is to the truth. How it weighs its readings is its own affair. */
import { describe, expect, it } from "vitest";
import type { LearntOutput } from "../../src/audio/learnt-output.ts";
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

/** What is told beside the truth. */
interface Telling {
  /** The output ran dry, or runs ahead, by so much, ms. */
  readonly stepMs?: number;
  /** The told moments lie this far off, ms, by context time. */
  readonly astray?: (contextSeconds: number) => number;
  /** From rendering to hearing, ms. */
  readonly depthMs?: number;
}

const BLOCK_SECONDS = 512 / 48_000;
const DEPTH_MS = 84;

/** What the output tells about each 20 ms, unevenly, as the engine asks for it, and its beats: each is heard of a little after a block was rendered, some late. */
function feed(clock: OutputClock, card: Card, fromSeconds: number, untilSeconds: number, telling: Telling = {}): void {
  const random = new Random(Math.round(fromSeconds * 100) + 3);
  const { stepMs = 0, astray = () => 0, depthMs = DEPTH_MS } = telling;
  let beat = fromSeconds + 0.01;
  for (let at = fromSeconds; at < untilSeconds; at += 0.015 + 0.01 * random.next()) {
    for (; beat < at; beat += 0.016 + 0.008 * random.next()) {
      const rendered = Math.ceil((beat + depthMs / 1000) / BLOCK_SECONDS) * BLOCK_SECONDS;
      const late = (random.next() < 0.2 ? 5 : 0.3) * random.exponential();
      clock.rendered({ contextSeconds: rendered, deviceMs: trueMs(card, rendered, stepMs) - depthMs + late });
    }
    clock.add(
      { contextSeconds: at, deviceMs: trueMs(card, at, stepMs) + astray(at) + (card.trembleMs ?? 0) * random.normal() },
      at + depthMs / 1000,
    );
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
    clock.add({ contextSeconds: 0, deviceMs: 0 }, 0);
    clock.add({ contextSeconds: 0.02, deviceMs: trueMs({ ppm: 0 }, 0.02) }, 0.1);
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
  const card: Card = { ppm: 20, trembleMs: 0.05 };

  it.each([10.7, 107, -10.7])("of %f ms is seen once and repaired within half a second", (stepMs) => {
    const clock = new OutputClock();
    feed(clock, card, 0.02, 40);
    expect(clock.stepsSeen).toBe(0);
    feed(clock, card, 40, 40.5, { stepMs });
    expect(clock.stepsSeen).toBe(1);
    expect(errorMs(clock, card, 40.5, stepMs)).toBeLessThan(0.2);
    feed(clock, card, 40.5, 44, { stepMs });
    expect(errorMs(clock, card, 44, stepMs)).toBeLessThan(0.2);
    feed(clock, card, 44, 60, { stepMs });
    expect(clock.stepsSeen).toBe(1);
    expect(errorMs(clock, card, 60, stepMs)).toBeLessThan(0.1);
  });

  it("is seen for what it is, whenever it comes, and repaired within 0.35 ms", () => {
    for (let nth = 0; nth < 60; nth++) {
      const stepMs = 21 + 7.7 * nth;
      const from = 20 + nth * 0.0123;
      const clock = new OutputClock();
      feed(clock, card, 0.02, from);
      feed(clock, card, from, from + 0.6, { stepMs });
      expect(clock.stepsSeen).toBe(1);
      expect(errorMs(clock, card, from + 0.6, stepMs)).toBeLessThan(0.35);
    }
  });

  it.each([-30, 12, 1.4])("after which the latency is told wrong by %f ms, ramping back, leaves no mark", (wrongMs) => {
    const clock = new OutputClock();
    const stepMs = 53.3;
    feed(clock, card, 0.02, 40);
    const astray = (at: number) => wrongMs * Math.exp(-(at - 40) / 5);
    for (let at = 40; at < 70; at += 1) {
      feed(clock, card, at, at + 1, { stepMs, astray });
      expect(errorMs(clock, card, at + 1, stepMs)).toBeLessThan(0.6);
    }
    expect(clock.stepsSeen).toBe(1);
    expect(errorMs(clock, card, 70, stepMs)).toBeLessThan(0.15);
  });

  it("one of many in a row is followed like the first", () => {
    const clock = new OutputClock();
    feed(clock, card, 0.02, 40);
    let stepMs = 0;
    for (let at = 40; at < 46; at += 1) {
      stepMs += 32;
      feed(clock, card, at, at + 1, { stepMs, astray: () => 5 });
    }
    feed(clock, card, 46, 50, { stepMs });
    expect(clock.stepsSeen).toBe(6);
    expect(errorMs(clock, card, 50, stepMs)).toBeLessThan(0.8);
  });

  it("a single wild pair is no underrun", () => {
    const clock = new OutputClock();
    feed(clock, { ppm: 0 }, 0.02, 30);
    clock.add({ contextSeconds: 30, deviceMs: trueMs({ ppm: 0 }, 30) + 300 }, 30.08);
    feed(clock, { ppm: 0 }, 30.02, 32);
    expect(clock.stepsSeen).toBe(0);
    expect(errorMs(clock, { ppm: 0 }, 32)).toBeLessThan(0.05);
  });
});

describe("a told latency that goes astray while the output runs on", () => {
  it.each([4, -9, 48])("by %f ms for ten seconds is not believed", (wrongMs) => {
    const card: Card = { ppm: -15, trembleMs: 0.05 };
    const clock = new OutputClock();
    feed(clock, card, 0.02, 30);
    feed(clock, card, 30, 40, { astray: (at) => wrongMs * (1 - (at - 30) / 10) });
    feed(clock, card, 40, 45);
    expect(clock.stepsSeen).toBe(0);
    expect(errorMs(clock, card, 45)).toBeLessThan(0.15);
  });

  it("far and for good is another output: it is believed within three seconds", () => {
    const clock = new OutputClock();
    feed(clock, { ppm: 0 }, 0.02, 30);
    // The sound goes on to a Bluetooth speaker: rendered as before, heard 180 ms later.
    feed(clock, { ppm: 0 }, 30, 33, { stepMs: 180, depthMs: DEPTH_MS + 180 });
    expect(clock.stepsSeen).toBe(1);
    expect(errorMs(clock, { ppm: 0 }, 33, 180)).toBeLessThan(0.3);
  });

  it("a little and for good is believed within a quarter of a minute", () => {
    const clock = new OutputClock();
    feed(clock, { ppm: 0 }, 0.02, 30);
    feed(clock, { ppm: 0 }, 30, 45, { stepMs: 12, depthMs: DEPTH_MS + 12 });
    expect(clock.stepsSeen).toBe(1);
    expect(errorMs(clock, { ppm: 0 }, 45, 12)).toBeLessThan(0.3);
  });
});

describe("a context that runs further ahead than before", () => {
  it("because its buffer was made deeper: the sound is where it was", () => {
    const clock = new OutputClock();
    feed(clock, { ppm: 0 }, 0.02, 30);
    feed(clock, { ppm: 0 }, 30, 32, { depthMs: DEPTH_MS + 20 });
    expect(errorMs(clock, { ppm: 0 }, 32)).toBeLessThan(0.3);
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
      clock.add({ contextSeconds, deviceMs }, contextSeconds + 0.08);
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
    feed(clock, { ppm: 0 }, 30.1, 31, { stepMs: 250 });
    expect(errorMs(clock, { ppm: 0 }, 31, 250)).toBeLessThan(0.3);
  });

  it("told ever further off by some milliseconds in its first seconds, it is heard where its first look said", () => {
    const clock = new OutputClock();
    const astray = (at: number) => (at < 0.4 ? 0 : at < 4 ? (at - 0.4) * 1.6 : 5.8 * Math.exp(-(at - 4) / 3));
    for (let at = 0.02; at < 25; at += 0.5) {
      feed(clock, { ppm: 0 }, at, at + 0.5, { astray });
      if (at > 0.4) expect(errorMs(clock, { ppm: 0 }, at + 0.5)).toBeLessThan(0.7);
    }
    expect(errorMs(clock, { ppm: 0 }, 25)).toBeLessThan(0.1);
  });
});

describe("what an earlier stream has learnt", () => {
  /** In a rush the first look is off. */
  const rushed: Telling = { astray: (at) => (at < 12 ? 0.8 : 0) };
  const ofLast = (): LearntOutput => {
    const clock = new OutputClock();
    feed(clock, { ppm: 0 }, 0.02, 70);
    return clock.learnt;
  };

  it("takes a third off the error of a stream that was opened in a rush", () => {
    const alone = new OutputClock();
    const helped = new OutputClock(ofLast());
    for (const clock of [alone, helped]) feed(clock, { ppm: 0 }, 0.02, 8, rushed);
    expect(errorMs(alone, { ppm: 0 }, 8)).toBeGreaterThan(0.5);
    expect(errorMs(helped, { ppm: 0 }, 8)).toBeLessThan(0.67 * errorMs(alone, { ppm: 0 }, 8));
  });

  it("is left alone on an output that is another one", () => {
    const clock = new OutputClock(ofLast());
    feed(clock, { ppm: 0 }, 0.02, 8, { depthMs: DEPTH_MS + 30 });
    expect(errorMs(clock, { ppm: 0 }, 8)).toBeLessThan(0.2);
    expect(Math.abs((clock.learnt.depth?.mean ?? 0) - DEPTH_MS - 30)).toBeLessThan(1);
  });

  it("is passed on by a stream that never ran", () => {
    const learnt = ofLast();
    expect(new OutputClock(learnt).learnt).toEqual(learnt);
  });
});
