import { describe, expect, it } from "vitest";
import type { QueueItem, Timeline } from "../../src/messages.ts";
import { courseOf, soundAlike } from "../../src/timeline/course.ts";
import { held, item, playing, room } from "./states.ts";

const a = item({ id: "a", samples: 480_000 });
const b = item({ id: "b", samples: 480_000 });
const of = (timeline: Timeline, queue: readonly QueueItem[]) => courseOf(room(timeline, queue), 0);
const alike = (x: Timeline, xQueue: readonly QueueItem[], y: Timeline, yQueue: readonly QueueItem[], from = 1e6, until = 5e6) =>
  soundAlike(of(x, xQueue), of(y, yQueue), from, until);

describe("two courses sound alike", () => {
  const start = playing("a", 0, 0);

  it("when nothing was said before and nothing sounds", () => {
    expect(soundAlike(null, null, 0, 1e6)).toBe(true);
    expect(soundAlike(null, of(held("a", 0, 0), [a]), 0, 1e6)).toBe(true);
    expect(soundAlike(null, of(start, [a]), 0, 1e6)).toBe(false);
  });

  it("when the same run is told from another point of it", () => {
    expect(alike(start, [a, b], playing("a", 3_000_000, 3_000_000), [a, b], 3e6, 8e6)).toBe(true);
    // The server publishes the next item at the border: 10 s is exact.
    expect(alike(start, [a, b], playing("b", 0, 10_000_000), [a, b], 10e6, 15e6)).toBe(true);
  });

  it("when the queue changes beyond the horizon", () => {
    expect(alike(start, [a, b], start, [a])).toBe(true);
    expect(alike(start, [a], start, [item({ id: "z", samples: 5 }), a, b])).toBe(true);
  });

  it("not when what follows within the horizon changes", () => {
    expect(alike(start, [a, b], start, [a], 8e6, 13e6)).toBe(false);
    expect(alike(start, [a, b], start, [a, item({ id: "c", samples: 480_000 })], 8e6, 13e6)).toBe(false);
  });

  it("not when one is shifted by a sample", () => {
    expect(alike(start, [a], playing("a", 21, 0), [a])).toBe(false);
    expect(alike(start, [a], playing("a", 0, 21), [a])).toBe(false);
  });

  it("not when one is held", () => {
    expect(alike(start, [a], held("a", 1_000_000, 1_000_000), [a])).toBe(false);
  });

  it("not when an end within the horizon moves", () => {
    const shorter = item({ id: "a", samples: 200_000 });
    const estimated = item({ id: "a", samples: 200_500, media: "estimated" });
    expect(alike(start, [shorter], start, [estimated])).toBe(false);
  });

  it("not when levelling is switched off, or a gain changes", () => {
    const soft = { ...a, gainDb: -6 };
    const levelled = room(start, [soft]);
    expect(alike(start, [a], start, [soft])).toBe(false);
    expect(soundAlike(courseOf(levelled, 0), courseOf({ ...levelled, levelling: false }, 0), 1e6, 5e6)).toBe(false);
    expect(soundAlike(courseOf(levelled, 0), courseOf({ ...levelled, levelling: true }, 0), 1e6, 5e6)).toBe(true);
  });
});
