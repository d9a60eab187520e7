import { describe, expect, it } from "vitest";
import { AFTER, BEFORE, Resampler } from "../../src/audio/resampler.ts";
import { Random } from "../random.ts";

const resampler = new Resampler();

/** Reads `count` samples from `place` on at `step`, of a signal given by its sample number (may be negative). */
function read(signal: (n: number) => number, place: number, step: number, count: number): Float32Array {
  const inputLength = Math.ceil(place + count * step) + BEFORE + AFTER + 1;
  const input = Float32Array.from({ length: inputLength }, (_, i) => signal(i - BEFORE));
  const out: [Float32Array, Float32Array] = [new Float32Array(count), new Float32Array(count)];
  resampler.addInto(out, [input, input], place, step, null);
  expect(out[1]).toEqual(out[0]);
  return out[0];
}

const sine = (hertz: number) => (n: number) => Math.sin((2 * Math.PI * hertz * n) / 48_000);

/** Largest difference from the signal itself at the places read. */
function worstError(signal: (n: number) => number, place: number, step: number, count = 4800): number {
  const out = read(signal, place, step, count);
  return out.reduce((worst, value, i) => Math.max(worst, Math.abs(value - signal(place + i * step))), 0);
}

describe("at whole places", () => {
  it("gives the very samples, bit for bit", () => {
    const random = new Random(1);
    const noise = Float32Array.from({ length: 1000 }, () => random.between(-1, 1));
    expect(read((n) => noise[n + BEFORE] ?? 0, 0, 1, 900)).toEqual(noise.slice(BEFORE, BEFORE + 900));
    expect(read((n) => noise[n + BEFORE] ?? 0, 17, 1, 900)).toEqual(noise.slice(BEFORE + 17, BEFORE + 917));
  });
});

describe("between the samples", () => {
  const fractions = [0.1, 0.25, 1 / 3, 0.5, 0.7071, 0.999];

  // −80 dB is 1e-4, −60 dB 1e-3. At 18 kHz the filter is near its edge.
  it.each([
    [1_000, 3e-5],
    [10_000, 5e-5],
    [18_000, 1e-3],
  ])("a sine of %i Hz comes out within %f", (hertz, most) => {
    for (const fraction of fractions) expect(worstError(sine(hertz), fraction, 1)).toBeLessThan(most);
  });

  it.each([500, -500, 37.5])("the same with the rate trimmed by %f ppm", (ppm) => {
    const step = 1 + ppm / 1e6;
    expect(worstError(sine(1_000), 0.3, step)).toBeLessThan(3e-5);
    expect(worstError(sine(10_000), 0.3, step)).toBeLessThan(5e-5);
    expect(worstError(sine(18_000), 0.3, step)).toBeLessThan(1e-3);
  });

  it("a constant stays that constant", () => {
    for (const fraction of fractions) expect(worstError(() => 0.5, fraction, 1)).toBeLessThan(1e-6);
  });

  it("treble does not flutter while the place wanders: 19 kHz stays within 0.1 dB", () => {
    const out = read(sine(19_000), 0.5, 1 + 500e-6, 48_000);
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (let at = 0; at + 480 <= out.length; at += 480) {
      const power = out.slice(at, at + 480).reduce((sum, v) => sum + v * v, 0) / 480;
      least = Math.min(least, power);
      most = Math.max(most, power);
    }
    expect(10 * Math.log10(most / 0.5)).toBeLessThan(0.1);
    expect(10 * Math.log10(least / 0.5)).toBeGreaterThan(-0.1);
  });
});

describe("pieces one after the other", () => {
  it("join without a seam, whatever their rates", () => {
    const signal = sine(997);
    const steps = [1, 1.0005, 0.9995, 1.00003, 1];
    let place = 0.37;
    const all: number[] = [];
    for (const step of steps) {
      all.push(...read((n) => signal(n + Math.floor(place)), place - Math.floor(place), step, 1200));
      place += 1200 * step;
    }
    // A sine of amplitude 1 bends by at most ω² per sample²; a seam would show as a bend far above it.
    const bend = ((2 * Math.PI * 997) / 48_000) ** 2;
    for (let i = 1; i + 1 < all.length; i++) {
      expect(Math.abs((all[i - 1] as number) - 2 * (all[i] as number) + (all[i + 1] as number))).toBeLessThan(bend * 1.02);
    }
  });
});

describe("gains", () => {
  it("weigh each sample and add to what is there", () => {
    const input = new Float32Array(200).fill(1);
    const out: [Float32Array, Float32Array] = [new Float32Array(4).fill(0.25), new Float32Array(4)];
    resampler.addInto(out, [input, input], 0.5, 1, Float32Array.from([0, 0.5, 1, 0]));
    for (const [i, expected] of [0.25, 0.75, 1.25, 0.25].entries()) expect(out[0][i]).toBeCloseTo(expected, 6);
    for (const [i, expected] of [0, 0.5, 1, 0].entries()) expect(out[1][i]).toBeCloseTo(expected, 6);
  });
});
