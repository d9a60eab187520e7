import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { segmentsOf } from "../../src/audio/reader.ts";
import { courseOf, fromLater, runSampleAt, soundAlike } from "../../src/timeline/course.ts";
import { soundingAt } from "../../src/timeline/timeline.ts";
import { held, item, playing, room } from "./states.ts";

const AT = 1_795_000_000_000_000;

describe("the course of a room state", () => {
  it("is silence while held, and when the item is not in the queue", () => {
    const queue = [item({ id: "a", samples: 480_000 })];
    expect(courseOf(room(held("a", 0, AT), queue), AT).stretches).toEqual([]);
    expect(courseOf(room(playing("x", 0, AT), queue), AT).stretches).toEqual([]);
    expect(courseOf(room(held(null, 0, AT), []), AT).stretches).toEqual([]);
  });

  it("runs over the items without a gap", () => {
    const queue = [item({ id: "a", samples: 480_001 }), item({ id: "b", samples: 96_000 }), item({ id: "c", samples: 7 })];
    const course = courseOf(room(playing("a", 0, AT), queue), AT - 5_000_000);
    expect(course.atMicros).toBe(5_000_000);
    expect(course.stretches.map((s) => [s.itemId, s.runStart, s.runEnd, s.itemStart])).toEqual([
      ["a", 0, 480_001, 0],
      ["b", 480_001, 576_001, 0],
      ["c", 576_001, 576_008, 0],
    ]);
  });

  it("starts in mid-item at the nearest sample", () => {
    const course = courseOf(room(playing("a", 2_500_010, AT), [item({ id: "a", samples: 480_000 })]), AT);
    expect(course.stretches[0]).toMatchObject({ runStart: 0, runEnd: 360_000, itemStart: 120_000 });
    expect(course.cleanStart).toBe(false);
  });

  it("plays what is live at the server time itself, to the very sample", () => {
    const at = AT + 300_021;
    const course = courseOf(room(playing("r", at, at), [item({ id: "r", samples: 0, live: true }), item({ id: "b", samples: 100 })]), AT);
    expect(course.stretches.map((s) => [s.itemId, s.runStart, s.itemStart])).toEqual([["r", 0, 86_160_000_014_401]]);
    const hour = Math.round(runSampleAt(course, 300_021 + 3_600_000_000));
    expect(segmentsOf(course, hour, hour + 96_000).map((address) => address.index)).toEqual([897_501_800, 897_501_801]);
  });

  it("ends before what is live: the room prepares that when its turn comes", () => {
    const queue = [item({ id: "a", samples: 100 }), item({ id: "r", samples: 0, live: true })];
    expect(courseOf(room(playing("a", 0, AT), queue), AT).stretches.map((s) => s.itemId)).toEqual(["a"]);
  });

  it("begins cleanly only at the very start of an item", () => {
    const queue = [item({ id: "a", samples: 480_000 })];
    expect(courseOf(room(playing("a", 0, AT), queue), AT).cleanStart).toBe(true);
    expect(courseOf(room(playing("a", 1, AT), queue), AT).cleanStart).toBe(false);
  });

  it("passes over faulty items, but plays the current one for as long as the server says so", () => {
    const queue = [
      item({ id: "a", samples: 100, faulty: true }),
      item({ id: "b", samples: 100, faulty: true }),
      item({ id: "c", samples: 100 }),
    ];
    expect(courseOf(room(playing("a", 0, AT), queue), AT).stretches.map((s) => s.itemId)).toEqual(["a", "c"]);
  });

  it("stops at an end that is only estimated: what follows cannot be placed yet", () => {
    const queue = [item({ id: "a", samples: 100, media: "estimated" }), item({ id: "b", samples: 100 })];
    const { stretches } = courseOf(room(playing("a", 0, AT), queue), AT);
    expect(stretches.map((s) => [s.itemId, s.runEnd])).toEqual([["a", 100]]);
  });

  it("holds a place for an item whose media is not known yet", () => {
    const queue = [item({ id: "a", samples: 100 }), item({ id: "b", samples: 100, media: "none" }), item({ id: "c", samples: 100 })];
    const { stretches } = courseOf(room(playing("a", 0, AT), queue), AT);
    expect(stretches.map((s) => [s.itemId, s.media === null])).toEqual([
      ["a", false],
      ["b", true],
    ]);
  });

  it("gives the next item the whole run when the position lies beyond the end", () => {
    const queue = [item({ id: "a", samples: 48_000 }), item({ id: "b", samples: 48_000 })];
    const { stretches } = courseOf(room(playing("a", 9_000_000, AT), queue), AT);
    expect(stretches.map((s) => [s.itemId, s.runStart, s.runEnd])).toEqual([
      ["a", 0, 0],
      ["b", 0, 48_000],
    ]);
  });

  it("says the same as the timeline's arithmetic, at any instant", () => {
    const shape = fc.tuple(fc.integer({ min: 1, max: 2_000_000 }), fc.boolean(), fc.oneof(fc.constant(0), fc.nat({ max: 20_000 })));
    const lengths = fc.array(shape, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lengths, fc.nat({ max: 60_000_000 }), fc.nat({ max: 20_000_000 }), (shapes, later, positionMicros) => {
        const queue = shapes.map(([samples, faulty, overlapMs], i) =>
          item({ id: `${i}`, samples, faulty: faulty && i > 0, overlapMicros: overlapMs * 1000 }),
        );
        const state = room(playing("0", positionMicros, AT), queue);
        const expected = soundingAt(state, AT + later);
        const course = courseOf(state, AT);
        const run = runSampleAt(course, later);
        // Where two sound, the one that comes in is the current one.
        const begun = course.stretches.filter((s) => run >= s.runStart).at(-1);
        const stretch = begun && run < begun.runEnd ? begun : undefined;
        const place = stretch ? (run - stretch.runStart + stretch.itemStart) / 0.048 : null;
        // Durations are whole microseconds, stretches whole samples: at a border of items the two may differ by a sample.
        const nearBorder = course.stretches.some((s) => Math.abs(run - s.runEnd) < 2 || Math.abs(run - s.runStart) < 2);
        if (nearBorder) return;
        expect(stretch?.itemId ?? null).toBe(expected.moving ? expected.itemId : null);
        if (place !== null) expect(Math.abs(place - expected.positionMicros)).toBeLessThan(25);
      }),
    );
  });
});

describe("a course that was heard of too late", () => {
  const queue = [item({ id: "a", samples: 48_000 }), item({ id: "b", samples: 480_000 })];
  const course = courseOf(room(playing("a", 250_000, AT), queue), AT);

  it("sounds the very same from where it takes over", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (lateMicros) => {
        const late = fromLater(course, lateMicros);
        expect(late.atMicros).toBeGreaterThanOrEqual(lateMicros);
        expect(late.atMicros - lateMicros).toBeLessThan(21);
        expect(late.stretches[0]?.runStart).toBe(0);
        expect(soundAlike(course, late, late.atMicros, late.atMicros + 5e6)).toBe(true);
      }),
    );
  });

  it("fades in, and is silence when it would be over", () => {
    expect(fromLater(courseOf(room(playing("a", 0, AT), queue), AT), 1).cleanStart).toBe(false);
    expect(fromLater(course, 60e6).stretches).toEqual([]);
  });

  it("is left alone when it is not late", () => {
    expect(fromLater(course, -1)).toBe(course);
    expect(fromLater(course, 0)).toBe(course);
  });
});
