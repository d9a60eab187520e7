/** Reads a course's sound out of the decoded segments, across the borders of segments and items. */
import { type Course, type Stretch, strengthAt } from "../timeline/course.ts";
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
  for (const stretch of course.stretches) {
    // A stretch may start in mid-item: what lies before its start is that item's own earlier sound (the interpolator looks back a little).
    const from = Math.max(first, stretch.runStart - stretch.itemStart);
    const to = Math.min(first + count, stretch.runEnd);
    if (from >= to || stretch.elsewhere) continue;
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
        const place = run - first;
        if (isFading(stretch, run, run + length)) {
          for (let i = 0; i < length; i++) {
            const gain = stretch.gain * strengthAt(stretch, run + i);
            left[place + i] = (left[place + i] as number) + gain * (pcm[0][inside + i] ?? 0);
            right[place + i] = (right[place + i] as number) + gain * (pcm[1][inside + i] ?? 0);
          }
        } else {
          copy(pcm[0], inside, length, stretch.gain, left, place);
          copy(pcm[1], inside, length, stretch.gain, right, place);
        }
      }
      run += length;
    }
  }
  return [left, right];
}

/** Only then another stretch may sound at the same run samples. */
function isFading({ rise, fall }: Stretch, from: number, to: number): boolean {
  return (rise !== null && from < rise.from + rise.samples) || (fall !== null && to > fall.from);
}

function copy(from: Float32Array, at: number, length: number, gain: number, to: Float32Array, place: number): void {
  if (gain === 1) {
    to.set(from.subarray(at, at + length), place);
    return;
  }
  for (let i = 0; i < length; i++) to[place + i] = (from[at + i] ?? 0) * gain;
}

/** The segments that hold run samples `first` to `last` of a course, in the order in which they are needed. */
export function segmentsOf(course: Course, first: number, last: number): SegmentAddress[] {
  const out: { readonly address: SegmentAddress; readonly run: number }[] = [];
  for (const stretch of course.stretches) {
    if (stretch.elsewhere) continue;
    if (!stretch.media) break;
    const from = Math.max(first, stretch.runStart);
    const to = Math.min(last, stretch.runEnd);
    if (from >= to) continue;
    const sample = (run: number) => run - stretch.runStart + stretch.itemStart;
    const { segmentSamples } = stretch.media;
    const lastSegment = Math.floor((sample(to) - 1) / segmentSamples);
    for (let index = Math.floor(Math.max(0, sample(from)) / segmentSamples); index <= lastSegment; index++)
      out.push({ address: { media: stretch.media, index }, run: index * segmentSamples - sample(0) });
  }
  return out.sort((a, b) => a.run - b.run).map(({ address }) => address);
}
