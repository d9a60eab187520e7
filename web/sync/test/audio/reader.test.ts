import { describe, expect, it } from "vitest";
import { readRun, segmentsOf } from "../../src/audio/reader.ts";
import type { QueueItem } from "../../src/messages.ts";
import { type Course, courseOf } from "../../src/timeline/course.ts";
import { item, playing, room, SEGMENT_SAMPLES } from "../timeline/states.ts";
import { lookupWithout, rampValue } from "./tracks.ts";

const LENGTH = 2 * SEGMENT_SAMPLES + 500;
const queue = [item({ id: "a", samples: LENGTH }), item({ id: "b", samples: SEGMENT_SAMPLES + 10 })];
const fromStart = courseOf(room(playing("a", 0, 0), queue), 0);
const fromMiddle = courseOf(room(playing("a", 1_000_000, 0), queue), 0);

/** Samples of the ramp, in double precision as Float32 keeps them. */
const ramp = (from: number, count: number) => Array.from({ length: count }, (_, i) => rampValue(from + i));

function left(course: Course, first: number, count: number, lookup = lookupWithout()): number[] {
  const pcm = readRun(course, first, count, lookup);
  if (!pcm) throw new Error("missing");
  expect([...pcm[1]].map((v) => (v === 0 ? 0 : -v))).toEqual([...pcm[0]]);
  return [...pcm[0]];
}

describe("reading a run", () => {
  it("crosses the border of segments", () => {
    expect(left(fromStart, SEGMENT_SAMPLES - 5, 10)).toEqual(ramp(SEGMENT_SAMPLES - 5, 10));
  });

  it("crosses the border of items without a sample between", () => {
    expect(left(fromStart, LENGTH - 3, 6)).toEqual([...ramp(LENGTH - 3, 3), ...ramp(0, 3)]);
  });

  it("gives each item its own gain, from its first sample to its last", () => {
    const levelled = [{ ...queue[0], gainDb: -6 } as QueueItem, { ...queue[1], gainDb: 3 } as QueueItem];
    const [half, more] = [10 ** (-6 / 20), 10 ** (3 / 20)];
    const expected = [...ramp(LENGTH - 3, 3).map((v) => Math.fround(v * half)), ...ramp(0, 3).map((v) => Math.fround(v * more))];
    const course = courseOf(room(playing("a", 0, 0), levelled), 0);
    expect(left(course, LENGTH - 3, 6)).toEqual(expected);
    expect(left(courseOf({ ...room(playing("a", 0, 0), levelled), levelling: false }, 0), LENGTH - 3, 3)).toEqual(ramp(LENGTH - 3, 3));
  });

  it("crosses several segments at once", () => {
    expect(left(fromStart, 10, 2 * SEGMENT_SAMPLES)).toEqual(ramp(10, 2 * SEGMENT_SAMPLES));
  });

  it("is silent before the first item's start", () => {
    expect(left(fromStart, -4, 6)).toEqual([0, 0, 0, 0, ...ramp(0, 2)]);
  });

  it("looks back into the item when the course starts in its middle", () => {
    expect(left(fromMiddle, -4, 6)).toEqual(ramp(48_000 - 4, 6));
  });

  it("does not wait for a segment that it would only look back into", () => {
    const atBorder = courseOf(room(playing("a", 2_000_000, 0), queue), 0);
    expect(left(atBorder, -4, 6, lookupWithout([], ["key-a/0"]))).toEqual([0, 0, 0, 0, ...ramp(SEGMENT_SAMPLES, 2)]);
    expect(left(atBorder, -4, 6)).toEqual(ramp(SEGMENT_SAMPLES - 4, 6));
  });

  it("is silent after the last item's end", () => {
    const end = LENGTH + SEGMENT_SAMPLES + 10;
    expect(left(fromStart, end - 2, 5)).toEqual([...ramp(SEGMENT_SAMPLES + 8, 2), 0, 0, 0]);
    expect(left(fromStart, end + 100_000, 3)).toEqual([0, 0, 0]);
  });

  it("is silent, and only there, where a segment is lost", () => {
    const lost = lookupWithout(["key-a/1"]);
    expect(left(fromStart, SEGMENT_SAMPLES - 2, 4, lost)).toEqual([...ramp(SEGMENT_SAMPLES - 2, 2), 0, 0]);
    expect(left(fromStart, 2 * SEGMENT_SAMPLES - 2, 4, lost)).toEqual([0, 0, ...ramp(2 * SEGMENT_SAMPLES, 2)]);
  });

  it("has no answer while a segment is on its way or the media is not known", () => {
    expect(readRun(fromStart, SEGMENT_SAMPLES - 2, 4, lookupWithout([], ["key-a/1"]))).toBeNull();
    expect(readRun(fromStart, SEGMENT_SAMPLES - 4, 4, lookupWithout([], ["key-a/1"]))).not.toBeNull();
    const unknown = courseOf(room(playing("a", 0, 0), [item({ id: "a", samples: 100, media: "none" })]), 0);
    expect(readRun(unknown, 0, 4, lookupWithout())).toBeNull();
  });

  it("bears a last segment that is shorter than was said", () => {
    const short = item({ id: "a", samples: 100, media: "estimated" });
    const course = courseOf(room(playing("a", 0, 0), [short]), 0);
    const pcm = readRun(course, 0, 100, () => [Float32Array.from(ramp(1, 60)), Float32Array.from(ramp(1, 60))]);
    expect([...(pcm?.[0] ?? [])]).toEqual([...ramp(1, 60), ...new Array(40).fill(0)]);
  });
});

describe("the segments of a run", () => {
  const names = (course: Course, first: number, last: number) => segmentsOf(course, first, last).map((s) => `${s.media.key}/${s.index}`);

  it("come in playing order, across items", () => {
    expect(names(fromStart, 0, LENGTH + 1)).toEqual(["key-a/0", "key-a/1", "key-a/2", "key-b/0"]);
  });

  it("are only those that are touched", () => {
    expect(names(fromStart, SEGMENT_SAMPLES, 2 * SEGMENT_SAMPLES)).toEqual(["key-a/1"]);
    expect(names(fromStart, SEGMENT_SAMPLES - 1, SEGMENT_SAMPLES + 1)).toEqual(["key-a/0", "key-a/1"]);
    expect(names(fromMiddle, 0, 1)).toEqual(["key-a/0"]);
    expect(names(fromStart, 10, 10)).toEqual([]);
  });

  it("end where the media is not known yet", () => {
    const course = courseOf(room(playing("a", 0, 0), [item({ id: "a", samples: 100 }), item({ id: "b", samples: 100, media: "none" })]), 0);
    expect(names(course, 0, 1000)).toEqual(["key-a/0"]);
  });
});
