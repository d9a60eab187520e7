/**
 * Memory that rendering works in, used again piece after piece. Fresh memory is dear: faulting its pages in costs more than the arithmetic on
 * them, at the very moment at which a start or a correction has seconds of sound to plan.
 */
import type { Pcm } from "./segments.ts";

export class Workbench {
  private input: Pcm = [new Float32Array(0), new Float32Array(0)];
  private output: Pcm = this.input;

  /** Two silent channels to read sound into; good until the next call. */
  inputOf(samples: number): [Float32Array, Float32Array] {
    if (this.input[0].length < samples) this.input = pair(samples);
    return cleared(this.input, samples);
  }

  /** Two silent channels to render into; good until the next call. */
  outputOf(samples: number): [Float32Array, Float32Array] {
    if (this.output[0].length < samples) this.output = pair(samples);
    return cleared(this.output, samples);
  }
}

function pair(samples: number): Pcm {
  return [new Float32Array(samples), new Float32Array(samples)];
}

function cleared([left, right]: Pcm, samples: number): [Float32Array, Float32Array] {
  return [left.subarray(0, samples).fill(0), right.subarray(0, samples).fill(0)];
}
