/**
 * Turns courses into samples: for a stretch of output, what the courses say for the server times it sounds.
 *
 * Where one course takes over from another the old fades out while the new fades in; gapless borders between items are inside a course and
 * are not touched. Pure but for the segments it is handed.
 */
import { type Course, type CourseBook, runSampleAt, SAMPLES_PER_MICRO, soundAlike } from "../timeline/course.ts";
import { type Lookup, readRun } from "./reader.ts";
import { AFTER, BEFORE, type Resampler } from "./resampler.ts";
import { Workbench } from "./workbench.ts";

/** Length of the fades at a transition, µs. */
export const FADE_MICROS = 6_000;

/** A straight piece of trajectory: output frame i sounds local server time `micros + i × microsPerFrame`. */
export interface Piece {
  readonly frames: number;
  readonly micros: number;
  readonly microsPerFrame: number;
}

export interface Rendered {
  readonly pcm: [Float32Array, Float32Array];
  /** False: only silence. */
  readonly audible: boolean;
}

/** The samples of a piece, or null while a segment that it needs is missing. They are the workbench's, good until that is used again. */
export function render(book: CourseBook, piece: Piece, lookup: Lookup, resampler: Resampler, bench = new Workbench()): Rendered | null {
  const pcm = bench.outputOf(piece.frames);
  const endMicros = piece.micros + piece.frames * piece.microsPerFrame;
  let audible = false;
  for (const [index, course] of book.all.entries()) {
    const over = book.endOf(course);
    if (course.atMicros >= endMicros || over + FADE_MICROS <= piece.micros || course.stretches.length === 0) continue;
    const gains = gainsOf(course, beginsHard(course, book.all[index - 1] ?? null), over, piece, endMicros);
    const place = runSampleAt(course, piece.micros);
    const step = piece.microsPerFrame * SAMPLES_PER_MICRO;
    const first = Math.floor(place);
    const input = readRun(course, first - BEFORE, Math.ceil(place - first + piece.frames * step) + BEFORE + AFTER + 1, lookup, bench);
    if (!input) return null;
    resampler.addInto(pcm, input, place - first, step, gains);
    audible = true;
  }
  return { pcm, audible };
}

/**
 * Begins at full strength. Not when the course before says the same sound: its fade-out would come on top, so that the two must add up to one.
 */
function beginsHard(course: Course, before: Course | null): boolean {
  return course.cleanStart && !soundAlike(before, course, course.atMicros, course.atMicros + FADE_MICROS);
}

/** Fade-in and fade-out of a course over a piece; null when it simply sounds. */
function gainsOf(course: Course, hard: boolean, over: number, piece: Piece, endMicros: number): Float32Array | null {
  const fadeIn = hard ? 0 : FADE_MICROS;
  const begins = course.atMicros + fadeIn > piece.micros;
  const ends = over < endMicros;
  if (!begins && !ends) return null;
  const gains = new Float32Array(piece.frames);
  for (let i = 0; i < piece.frames; i++) {
    const at = piece.micros + i * piece.microsPerFrame;
    let gain = at < course.atMicros ? 0 : 1;
    if (gain > 0 && fadeIn > 0) gain = Math.min(1, (at - course.atMicros) / fadeIn);
    if (at > over) gain *= Math.max(0, 1 - (at - over) / FADE_MICROS);
    gains[i] = gain;
  }
  return gains;
}

/** Fades the first frames in, by half a cosine. */
export function fadeIn(pcm: readonly [Float32Array, Float32Array], frames: number): void {
  for (const channel of pcm) {
    for (let i = 0; i < frames && i < channel.length; i++)
      channel[i] = (channel[i] as number) * (0.5 - 0.5 * Math.cos((Math.PI * i) / frames));
  }
}

/** Fades the first frames out, so that it and `fadeIn` of the same sound add up to it. */
export function fadeOut(pcm: readonly [Float32Array, Float32Array], frames: number): void {
  for (const channel of pcm) {
    for (let i = 0; i < frames && i < channel.length; i++)
      channel[i] = (channel[i] as number) * (0.5 + 0.5 * Math.cos((Math.PI * i) / frames));
  }
}

/** Fades from one sound to another, into the other. */
export function crossFade(from: readonly [Float32Array, Float32Array], to: readonly [Float32Array, Float32Array], frames: number): void {
  fadeOut(from, frames);
  fadeIn(to, frames);
  for (const [c, channel] of to.entries()) {
    const old = from[c] as Float32Array;
    for (let i = 0; i < frames && i < channel.length; i++) channel[i] = (channel[i] as number) + (old[i] as number);
  }
}
