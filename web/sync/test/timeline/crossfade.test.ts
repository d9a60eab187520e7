/** Courses of rooms whose tracks are heard together for a while (docs/protocol.md §4b). */
import { describe, expect, it } from "vitest";
import { segmentsOf } from "../../src/audio/reader.ts";
import type { RoomState } from "../../src/messages.ts";
import { courseOf, fromLater, soundAlike, strengthAt } from "../../src/timeline/course.ts";
import { nextBoundary } from "../../src/timeline/timeline.ts";
import { item, playing, room } from "./states.ts";

/** Not a whole number of milliseconds, as lengths are. */
const A_SAMPLES = 480_123;
const a = item({ id: "a", samples: A_SAMPLES });
const b = item({ id: "b", samples: 960_000, overlapMicros: 4_000_000 });
const c = item({ id: "c", samples: 960_000 });
const FADE = 192_000;
const before = room(playing("a", 0, 0), [a, b, c]);

/** What the server says once the next item is the current one. */
function after(state: RoomState): RoomState {
  const next = nextBoundary(state.timeline, state.queue);
  const leaving = state.queue.find((i) => i.id === state.timeline.itemId);
  if (!next || !leaving) throw new Error("nothing follows");
  const positionMicros = state.timeline.positionMicros + next.atMicros - state.timeline.atMicros;
  const fadeMicros = leaving.track.durationMicros - positionMicros;
  return { ...state, timeline: next, outgoing: { itemId: leaving.id, positionMicros, fadeMicros } };
}

describe("a course with a cross-fade", () => {
  it("has both on one grid of samples, each with its half of the fade", () => {
    const [first, second, third] = courseOf(before, 0).stretches;
    const fade = { from: A_SAMPLES - FADE, samples: FADE };
    expect(first).toMatchObject({ itemId: "a", runStart: 0, runEnd: A_SAMPLES, rise: null, fall: fade });
    expect(second).toMatchObject({ itemId: "b", runStart: A_SAMPLES - FADE, itemStart: 0, rise: fade, fall: null });
    expect(third).toMatchObject({ itemId: "c", runStart: A_SAMPLES - FADE + 960_000, rise: null, fall: null });
  });

  it("loses and gains no power on the way", () => {
    const fade = { from: 0, samples: 1_000 };
    for (const run of [0, 1, 333, 500, 999, 1_000]) {
      const [out, into] = [strengthAt({ rise: null, fall: fade }, run), strengthAt({ rise: fade, fall: null }, run)];
      expect(out ** 2 + into ** 2).toBeCloseTo(1, 12);
    }
    expect(strengthAt({ rise: fade, fall: null }, -5)).toBe(0);
    expect(strengthAt({ rise: null, fall: fade }, 1_005)).toBeCloseTo(0, 12);
  });

  it("sounds the same when the server names the next item, at any moment of it", () => {
    const courses = [courseOf(before, 0), courseOf(after(before), 0)] as const;
    const begins = courses[1].atMicros;
    for (const from of [begins, begins + 1_000_000, begins + 3_999_000, begins + 5_000_000])
      expect(soundAlike(courses[0], courses[1], from, from + 5e6)).toBe(true);
    expect(courses[1].cleanStart).toBe(false);
  });

  it("does not sound the same without what goes out, or with a fade of another length", () => {
    const course = courseOf(before, 0);
    const begins = courseOf(after(before), 0).atMicros;
    expect(soundAlike(course, courseOf({ ...after(before), outgoing: null }, 0), begins, begins + 5e6)).toBe(false);
    const longer = courseOf(room(playing("a", 0, 0), [a, { ...b, overlapMicros: 4_001_000 }, c]), 0);
    expect(soundAlike(course, longer, 1e6, 5e6)).toBe(true);
    expect(soundAlike(course, longer, 5e6, 10e6)).toBe(false);
  });

  it("begun within the fade, has the next at once and a fade over what is left", () => {
    const late = room(playing("a", 8_500_000, 0), [a, b, c]);
    const [first, second] = courseOf(late, 0).stretches;
    const left = A_SAMPLES - 408_000;
    expect(first).toMatchObject({ itemStart: 408_000, runEnd: left, fall: { from: 0, samples: left } });
    expect(second).toMatchObject({ itemId: "b", runStart: 0, itemStart: 0, rise: { from: 0, samples: left } });
    expect(soundAlike(courseOf(late, 0), courseOf(after(late), 0), 0, 5e6)).toBe(true);
  });

  it("heard of too late, goes on in the midst of the fade", () => {
    const course = courseOf(after(before), 0);
    const late = fromLater(course, course.atMicros + 1_234_567);
    expect(late.stretches.map((s) => s.itemId)).toEqual(["a", "b", "c"]);
    expect(soundAlike(course, late, late.atMicros, late.atMicros + 5e6)).toBe(true);
  });

  it("comes in all the same when what went out has left the queue", () => {
    const state = after(before);
    const { stretches } = courseOf({ ...state, queue: [b, c] }, 0);
    expect(stretches[0]).toMatchObject({ itemId: "b", rise: { from: 0, samples: FADE } });
  });

  it("wants the segments of both in the order in which they are needed", () => {
    const begins = A_SAMPLES - FADE;
    const names = segmentsOf(courseOf(before, 0), begins - 1_000, A_SAMPLES).map((s) => `${s.media.key}/${s.index}`);
    expect(names).toEqual(["key-a/2", "key-a/3", "key-b/0", "key-a/4", "key-b/1", "key-a/5"]);
  });
});
