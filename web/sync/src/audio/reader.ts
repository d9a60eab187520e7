/** Reads a course's sound out of the decoded segments, across the borders of segments and items. */
import type { Course } from "../timeline/course.ts";
import type { Pcm, SegmentAddress } from "./segments.ts";
import { Workbench } from "./workbench.ts";

export type Lookup = (address: SegmentAddress) => Pcm | "lost" | null;

/**
 * Run samples `first` to `first + count` of a course; silence before its start, after its end, and where a segment is lost.
 * Null when a segment is not here yet. What it returns is the workbench's, good until that is used again.
 */
export function readRun(
  course: Course,
  first: number,
  count: number,
  lookup: Lookup,
  bench = new Workbench(),
): [Float32Array, Float32Array] | null {
  const [left, right] = bench.inputOf(count);
  for (const [index, stretch] of course.stretches.entries()) {
    // A course may start in mid-item: what lies before its start is that item's own earlier sound (the interpolator looks back a little).
    const runStart = index === 0 ? stretch.runStart - stretch.itemStart : stretch.runStart;
    const from = Math.max(first, runStart);
    const to = Math.min(first + count, stretch.runEnd);
    if (from >= to) continue;
    if (!stretch.media) return null;
    const { segmentSamples } = stretch.media;
    for (let run = from; run < to; ) {
      const sample = run - stretch.runStart + stretch.itemStart;
      const segment = Math.floor(sample / segmentSamples);
      const inside = sample - segment * segmentSamples;
      const before = run < stretch.runStart;
      const length = Math.min((before ? Math.min(to, stretch.runStart) : to) - run, segmentSamples - inside);
      const pcm = lookup({ media: stretch.media, index: segment });
      // What lies before the start only feeds the interpolator: it is not worth waiting for.
      if (pcm === null && !before) return null;
      if (pcm !== null && pcm !== "lost") {
        copy(pcm[0], inside, length, stretch.gain, left, run - first);
        copy(pcm[1], inside, length, stretch.gain, right, run - first);
      }
      run += length;
    }
  }
  return [left, right];
}

function copy(from: Float32Array, at: number, length: number, gain: number, to: Float32Array, place: number): void {
  if (gain === 1) {
    to.set(from.subarray(at, at + length), place);
    return;
  }
  for (let i = 0; i < length; i++) to[place + i] = (from[at + i] ?? 0) * gain;
}

/** The segments that hold run samples `first` to `last` of a course, in playing order. */
export function segmentsOf(course: Course, first: number, last: number): SegmentAddress[] {
  const out: SegmentAddress[] = [];
  for (const stretch of course.stretches) {
    if (!stretch.media) break;
    const from = Math.max(first, stretch.runStart);
    const to = Math.min(last, stretch.runEnd);
    if (from >= to) continue;
    const sample = (run: number) => run - stretch.runStart + stretch.itemStart;
    const { segmentSamples } = stretch.media;
    const lastSegment = Math.floor((sample(to) - 1) / segmentSamples);
    for (let i = Math.floor(Math.max(0, sample(from)) / segmentSamples); i <= lastSegment; i++)
      out.push({ media: stretch.media, index: i });
  }
  return out;
}
