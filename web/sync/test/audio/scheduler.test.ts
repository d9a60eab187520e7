import { beforeEach, describe, expect, it } from "vitest";
import type { Piece } from "../../src/audio/renderer.ts";
import { RATE, Scheduler } from "../../src/audio/scheduler.ts";
import { FakeContext } from "../world/fake-context.ts";

const FRAME = 1e6 / RATE;
const piece = (micros: number, frames: number, microsPerFrame = FRAME): Piece => ({ frames, micros, microsPerFrame });
const constant = (frames: number, value: number): [Float32Array, Float32Array] => [
  new Float32Array(frames).fill(value),
  new Float32Array(frames).fill(-value),
];

let context: FakeContext;
let scheduler: Scheduler;

beforeEach(() => {
  context = new FakeContext();
  scheduler = new Scheduler(context, context.destination);
});

/** What the context would render, frame by frame. */
const heard = (from: number, count: number) => [...context.render(from, count)[0]];

describe("pieces", () => {
  it("stand back to back: no frame doubled, none left out", () => {
    scheduler.schedule(480, piece(0, 100), constant(100, 0.25));
    scheduler.schedule(580, piece(100 * FRAME, 50), constant(50, 0.5));
    expect(heard(478, 155)).toEqual([0, 0, ...new Array(100).fill(0.25), ...new Array(50).fill(0.5), 0, 0, 0]);
    expect(scheduler.endFrame).toBe(630);
  });

  it("start exactly on their frame, whatever the frame", () => {
    for (const frame of [1, 77, 48_001, 12_345_677, 2_000_000_003]) {
      scheduler.schedule(frame, piece(0, 10), constant(10, 1));
      expect(heard(frame - 1, 12), `frame ${frame}`).toEqual([0, ...new Array(10).fill(1), 0]);
    }
  });

  it("of silence use no source", () => {
    scheduler.schedule(0, piece(0, 100), null);
    expect(context.sources).toHaveLength(0);
    expect(scheduler.endFrame).toBe(100);
    expect(scheduler.microsAt(50)).toBeCloseTo(50 * FRAME, 6);
  });
});

describe("microsAt and ratePpmAt", () => {
  it("tell the planned trajectory, null outside", () => {
    scheduler.schedule(100, piece(5_000, 100, FRAME * 1.0004), constant(100, 1));
    expect(scheduler.microsAt(99)).toBeNull();
    expect(scheduler.microsAt(100)).toBe(5_000);
    expect(scheduler.microsAt(200)).toBeCloseTo(5_000 + 100 * FRAME * 1.0004, 6);
    expect(scheduler.microsAt(201)).toBeNull();
    expect(scheduler.ratePpmAt(150)).toBeCloseTo(400, 6);
    expect(scheduler.ratePpmAt(500)).toBe(0);
  });
});

describe("cutting", () => {
  beforeEach(() => {
    scheduler.schedule(0, piece(0, 100), constant(100, 0.25));
    scheduler.schedule(100, piece(100 * FRAME, 100), constant(100, 0.5));
    scheduler.schedule(200, piece(200 * FRAME, 100), constant(100, 0.75));
  });

  it("stops inside a piece to the sample and takes back what follows", () => {
    scheduler.cutAt(150);
    expect(heard(0, 300)).toEqual([...new Array(100).fill(0.25), ...new Array(50).fill(0.5), ...new Array(150).fill(0)]);
    expect(scheduler.endFrame).toBe(150);
    expect(scheduler.microsAt(151)).toBeNull();
  });

  it("at a border leaves the piece before whole", () => {
    scheduler.cutAt(200);
    expect(heard(199, 2)).toEqual([0.5, 0]);
    expect(scheduler.endFrame).toBe(200);
  });

  it("leaves room for another plan from the very frame", () => {
    scheduler.cutAt(150);
    scheduler.schedule(150, piece(0, 20), constant(20, 1));
    expect(heard(148, 4)).toEqual([0.5, 0.5, 1, 1]);
    expect(scheduler.microsAt(150), "the frame is the new plan's").toBe(0);
  });

  it("of everything is silence", () => {
    scheduler.clear();
    expect(heard(0, 300)).toEqual(new Array(300).fill(0));
    expect(scheduler.endFrame).toBeNull();
  });
});

describe("tidying", () => {
  it("forgets what was played more than a second ago, and keeps what sounds", () => {
    scheduler.schedule(0, piece(0, 100), constant(100, 0.25));
    scheduler.schedule(100, piece(0, 10 * RATE), constant(10 * RATE, 0.25));
    context.currentTime = 5;
    scheduler.tidy();
    expect(scheduler.microsAt(50)).toBeNull();
    expect(scheduler.microsAt(5 * RATE)).not.toBeNull();
  });
});
