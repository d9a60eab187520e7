import { describe, expect, it } from "vitest";
import { FADE_MICROS, type Piece, render } from "../../src/audio/renderer.ts";
import { Resampler } from "../../src/audio/resampler.ts";
import type { Timeline } from "../../src/messages.ts";
import { CourseBook, courseOf } from "../../src/timeline/course.ts";
import { held, item, playing, room, SEGMENT_SAMPLES } from "../timeline/states.ts";
import { lookupWithout, rampValue } from "./tracks.ts";

const resampler = new Resampler();
const FRAME = 1e6 / 48_000;
const LENGTH = SEGMENT_SAMPLES + 4800;
const queue = [item({ id: "a", samples: LENGTH }), item({ id: "b", samples: 4 * SEGMENT_SAMPLES })];

function bookOf(...timelines: readonly Timeline[]): CourseBook {
  const book = new CourseBook();
  for (const timeline of timelines) book.add(courseOf(room(timeline, queue), 0));
  return book;
}

/** The left channel from a local server time on, at pace 1. */
function left(book: CourseBook, fromMicros: number, frames: number): Float32Array {
  const rendered = render(book, { frames, micros: fromMicros, microsPerFrame: FRAME }, lookupWithout(), resampler);
  if (!rendered) throw new Error("missing");
  return rendered.pcm[0];
}

/** The ramp's place that a sample tells. */
const place = (value: number) => value * 2 ** 20;

describe("a running course", () => {
  it("is rendered bit for bit at pace 1 on whole samples", () => {
    const out = left(bookOf(playing("a", 0, 0)), 1_000_000, 4800);
    for (let i = 0; i < 4800; i++) expect(out[i]).toBe(Math.fround(rampValue(48_000 + i)));
  });

  it("crosses the border of two items without a trace", () => {
    const from = LENGTH - 2400;
    const out = left(bookOf(playing("a", 0, 0)), from * FRAME, 4800);
    for (let i = 0; i < 4800; i++) expect(out[i]).toBe(Math.fround(rampValue(i < 2400 ? from + i : i - 2400)));
  });

  it("crosses it without a trace also when the server has said the next item meanwhile", () => {
    const from = LENGTH - 2400;
    const border = Math.round(LENGTH * FRAME);
    const before = left(bookOf(playing("a", 0, 0)), from * FRAME, 4800);
    const after = left(bookOf(playing("a", 0, 0), playing("b", 0, border)), from * FRAME, 4800);
    // The server's microsecond is rounded: up to 0.024 samples of shift, on the ramp 0.024 / 2^20, and at the border itself the jump between the items.
    for (let i = 0; i < 4800; i++) {
      if (Math.abs(i - 2400) > 16) expect(Math.abs(place(after[i] as number) - place(before[i] as number)), `frame ${i}`).toBeLessThan(0.1);
    }
  });

  it("tells the place between samples when the pace is trimmed", () => {
    const piece: Piece = { frames: 4800, micros: 1_000_003.7, microsPerFrame: FRAME * 1.0003 };
    const out = render(bookOf(playing("a", 0, 0)), piece, lookupWithout(), resampler)?.pcm[0] as Float32Array;
    for (let i = 0; i < 4800; i += 7) {
      expect(place(out[i] as number)).toBeCloseTo((piece.micros + i * piece.microsPerFrame) * 0.048, 1);
    }
  });
});

describe("transitions", () => {
  const AT = 1_000_000;
  const fadeFrames = Math.round(FADE_MICROS / FRAME);

  it("a start at an item's beginning is heard from its first sample, on the very frame", () => {
    const out = left(bookOf(playing("a", 0, AT)), AT - 100 * FRAME, 400);
    for (let i = 0; i < 400; i++) expect(out[i]).toBeCloseTo(i < 100 ? 0 : rampValue(i - 100), 7);
  });

  it("a start in mid-item fades in from its very instant", () => {
    const out = left(bookOf(playing("a", 500_000, AT)), AT - 100 * FRAME, 800);
    for (let i = 0; i < 800; i++) {
      const gain = Math.max(0, Math.min(1, (i - 100) / fadeFrames));
      expect(out[i]).toBeCloseTo(gain * rampValue(24_000 + i - 100), 5);
    }
  });

  it("a pause fades out from its very instant and leaves silence", () => {
    const out = left(bookOf(playing("a", 0, 0), held("a", AT, AT)), AT - 100 * FRAME, 800);
    for (let i = 0; i < 800; i++) {
      const gain = Math.max(0, Math.min(1, 1 - (i - 100) / fadeFrames));
      expect(out[i]).toBeCloseTo(gain * rampValue(48_000 - 100 + i), 5);
    }
  });

  it("a seek cross-fades: the gains add up to one at every frame", () => {
    const out = left(bookOf(playing("a", 0, 0), playing("a", 400_000, AT)), AT - 100 * FRAME, 800);
    for (let i = 0; i < 800; i++) {
      const w = Math.max(0, Math.min(1, (i - 100) / fadeFrames));
      expect(out[i]).toBeCloseTo((1 - w) * rampValue(48_000 - 100 + i) + w * rampValue(19_200 + i - 100), 5);
    }
  });

  it("rendering a transition in two pieces is the same as in one", () => {
    const book = bookOf(playing("a", 0, 0), playing("b", 500_000, AT));
    const whole = left(book, AT - 150 * FRAME, 600);
    const parts = [...left(book, AT - 150 * FRAME, 200), ...left(book, AT + 50 * FRAME, 400)];
    for (let i = 0; i < 600; i++) expect(parts[i]).toBeCloseTo(whole[i] as number, 6);
  });

  it("nothing but silence is said to be inaudible", () => {
    const piece: Piece = { frames: 480, micros: 0, microsPerFrame: FRAME };
    expect(render(bookOf(held("a", 0, 0)), piece, lookupWithout(), resampler)?.audible).toBe(false);
    expect(render(bookOf(playing("a", 0, 1e6)), piece, lookupWithout(), resampler)?.audible).toBe(false);
    expect(render(bookOf(playing("a", 0, 0)), piece, lookupWithout(), resampler)?.audible).toBe(true);
  });

  it("waits for a segment that is not here", () => {
    const piece: Piece = { frames: 480, micros: 0, microsPerFrame: FRAME };
    expect(render(bookOf(playing("a", 0, 0)), piece, lookupWithout([], ["key-a/0"]), resampler)).toBeNull();
  });
});
