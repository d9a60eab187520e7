/**
 * Sound whose every sample tells where in the music it is: left and right are sine and cosine of one slow turn, so that a pair of samples
 * gives the place (the angle) and the gain (the length). Between samples and while fading it is as readable as on them.
 */
import type { Pcm } from "../../src/audio/segments.ts";

/** Samples of one turn, 1.37 s: places are known modulo this. */
export const TURN_SAMPLES = 65_536;
export const LOUDNESS = 0.5;
export const SEGMENT_SAMPLES = 96_000;

const wave = Float32Array.from({ length: TURN_SAMPLES }, (_, i) => LOUDNESS * Math.sin((2 * Math.PI * i) / TURN_SAMPLES));

/** @param first place of the segment's first sample */
export function tellingSegment(first: number, length: number): Pcm {
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const at = (first + i) % TURN_SAMPLES;
    left[i] = wave[at] as number;
    right[i] = wave[(at + TURN_SAMPLES / 4) % TURN_SAMPLES] as number;
  }
  return [left, right];
}

export interface Heard {
  /** 1 = full strength. */
  readonly gain: number;
  /** Place in samples, modulo a turn. */
  readonly place: number;
}

export function tell(left: number, right: number): Heard {
  return { gain: Math.hypot(left, right) / LOUDNESS, place: (Math.atan2(left, right) / (2 * Math.PI)) * TURN_SAMPLES };
}

/** Difference of two places, samples, the short way round. */
export function apart(a: number, b: number): number {
  const d = (a - b) % TURN_SAMPLES;
  return d > TURN_SAMPLES / 2 ? d - TURN_SAMPLES : d < -TURN_SAMPLES / 2 ? d + TURN_SAMPLES : d;
}
