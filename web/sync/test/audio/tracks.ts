/** Synthetic sound for the parts that read and render: every sample's value names its place. */
import type { Lookup } from "../../src/audio/reader.ts";
import type { Pcm, SegmentAddress } from "../../src/audio/segments.ts";

/** A ramp: left is the sample's number / 2^20, right the negative of it. */
export function rampValue(sample: number): number {
  return sample / 2 ** 20;
}

export function rampSegment({ media, index }: SegmentAddress): Pcm {
  const start = index * media.segmentSamples;
  const length = Math.min(media.segmentSamples, (media.samples ?? Number.POSITIVE_INFINITY) - start);
  const left = Float32Array.from({ length }, (_, i) => rampValue(start + i));
  return [left, left.map((v) => -v)];
}

/** Every segment at hand, but for those named. */
export function lookupWithout(lost: readonly string[] = [], missing: readonly string[] = []): Lookup {
  const made = new Map<string, Pcm>();
  return (address) => {
    const name = `${address.media.key}/${address.index}`;
    if (lost.includes(name)) return "lost";
    if (missing.includes(name)) return null;
    const pcm = made.get(name) ?? rampSegment(address);
    made.set(name, pcm);
    return pcm;
  };
}
