/**
 * When a sample is heard: the line from AudioContext time to device time, from `getOutputTimestamp()` pairs.
 *
 * Time domains: context seconds (the AudioContext's sample count / 48000) and device ms (`performance.now()`). Pure: reads no clock.
 *
 * `zero` below is device time minus context time: the device time at which context time 0 was (or would have been) heard. With a perfect card
 * it is constant; a crystal makes it a gentle slope, an underrun a step. The pairs themselves are sharp to 0.05 ms, but sound servers
 * work out their latency by regression, so the told zero wanders by tenths of a millisecond, most of all while a stream is young
 * (settling.ts). The estimate is therefore a Bayesian least-squares line over up to two minutes, with the settling as a third unknown, in which
 * a slope must be earned against a prior and later wandering is weighed down (docs/timing.md has the measurements).
 */
import { fitSettlingLine, SETTLING_MS, SETTLING_SIGMA_MS, settlingAt } from "./settling.ts";

export interface OutputPair {
  /** `getOutputTimestamp().contextTime`, s. */
  readonly contextSeconds: number;
  /** `getOutputTimestamp().performanceTime`, device ms. */
  readonly deviceMs: number;
}

export interface OutputLine {
  /** Device time at which context time 0 would be heard, ms. */
  readonly zeroMs: number;
  /** Device ms per context second, minus 1000, in parts per million: + = the card is slow. */
  readonly ratePpm: number;
  /** About one sigma of a prediction for now, ms. */
  readonly uncertaintyMs: number;
}

export interface OutputClockOptions {
  readonly bucketSeconds: number;
  readonly windowSeconds: number;
  /** Crystals usually differ from the device's clock by about this much, ppm. */
  readonly ratePriorPpm: number;
  /** A zero that moves by more than this from one bucket to the next is a step (an underrun, another output), ms. */
  readonly stepMs: number;
}

export const defaultOutputClockOptions: OutputClockOptions = { bucketSeconds: 0.25, windowSeconds: 120, ratePriorPpm: 60, stepMs: 2.5 };

interface Bucket {
  readonly startSeconds: number;
  atSeconds: number;
  zeroMs: number;
  n: number;
  readonly zeros: number[];
}

/** Until this age the told latency has not been extrapolated yet, s: the first look, which fades once there is better. */
const FIRST_LOOK_SECONDS = 0.45;
const FIRST_LOOK_MS = 0.12;
/** Over how long the wander of the told zero is correlated, s. */
const WANDER_SECONDS = 2;
/** Departure from line and settling shape, ms: while young the shape explains nearly all of it; later the wander is free. */
const wanderMs = (ageSeconds: number): number => (ageSeconds < 10 ? 0.15 : ageSeconds < 15 ? 0.2 : 0.3);
/** A rate learnt earlier is trusted this far, ppm: temperature, and clocks disciplined over the network. */
const INHERITED_SIGMA_PPM = 10;
/** From this age on, buckets further than `OUTLYING_MS` from the line count ever less. */
const ROBUST_FROM_SECONDS = 12;
const OUTLYING_MS = 0.2;

/** Worth of a bucket, 1/ms², by its age after the stream was opened and the stream's age now. */
function worth(ageSeconds: number, nowAgeSeconds: number, bucketSeconds: number): number {
  if (ageSeconds < FIRST_LOOK_SECONDS) return FIRST_LOOK_MS ** -2 * Math.exp(-Math.max(0, nowAgeSeconds - 10) / 10);
  return bucketSeconds / WANDER_SECONDS / wanderMs(ageSeconds) ** 2;
}

export class OutputClock {
  private buckets: Bucket[] = [];
  private openedSeconds: number | null = null;
  private lastZeroMs: number | null = null;
  private lastContextSeconds = -1;
  private calm = 0;
  private steps = 0;
  private suspect: Bucket[] = [];
  private line: OutputLine | null = null;
  /** Rate learnt before a step: the card is still the same one. */
  private inherited: { ppm: number; sigmaPpm: number } | null = null;

  /** @param knownPpm rate of this device's card as learnt in an earlier session; null: not known */
  constructor(
    knownPpm: number | null = null,
    private readonly options: OutputClockOptions = defaultOutputClockOptions,
  ) {
    if (knownPpm !== null) this.inherited = { ppm: knownPpm, sigmaPpm: INHERITED_SIGMA_PPM };
  }

  /** The card's rate, once a minute of readings stands behind it, ppm; null before. */
  get learntPpm(): number | null {
    return this.line && this.buckets.length * this.options.bucketSeconds >= 60 ? this.line.ratePpm : null;
  }

  /** Steps seen so far: each is an underrun or a change of output. */
  get stepsSeen(): number {
    return this.steps;
  }

  /** Takes a pair in. Pairs from before the stream really runs (zero, or not settled within 1 ms of one another) are passed over. */
  add(pair: OutputPair): void {
    const { contextSeconds, deviceMs } = pair;
    if (!(contextSeconds > 0) || !(deviceMs > 0)) return;
    // The same pair is told again until the output has moved on: it says nothing new.
    if (contextSeconds === this.lastContextSeconds) return;
    this.lastContextSeconds = contextSeconds;
    const zero = deviceMs - contextSeconds * 1000;
    if (this.openedSeconds === null) {
      this.calm = this.lastZeroMs !== null && Math.abs(zero - this.lastZeroMs) < 0.5 ? this.calm + 1 : 0;
      this.lastZeroMs = zero;
      if (this.calm < 3) return;
      this.openedSeconds = contextSeconds - 0.05;
    }
    this.put(contextSeconds, zero);
  }

  private put(contextSeconds: number, zero: number): void {
    const newest = this.buckets[this.buckets.length - 1];
    const start = Math.floor(contextSeconds / this.options.bucketSeconds) * this.options.bucketSeconds;
    const line = this.line;
    if (line && this.buckets.length > 0) {
      const predicted = line.zeroMs + (contextSeconds * line.ratePpm) / 1000;
      if (Math.abs(zero - predicted) > this.options.stepMs) {
        this.suspectStep(start, contextSeconds, zero);
        return;
      }
      this.suspect = [];
    }
    if (newest && newest.startSeconds === start) {
      fill(newest, contextSeconds, zero);
      // Later on a new bucket moves the line by next to nothing: once a bucket is enough.
      if (this.buckets.length > 8) return;
    } else {
      this.buckets.push(bucketOf(start, contextSeconds, zero));
      const old = contextSeconds - this.options.windowSeconds;
      while (this.buckets.length > 1 && (this.buckets[0] as Bucket).atSeconds < old) this.buckets.shift();
    }
    this.fit(contextSeconds);
  }

  /** Far from the line: after a fifth of a second of agreement among themselves the new readings are believed and the old forgotten. */
  private suspectStep(start: number, contextSeconds: number, zero: number): void {
    const first = this.suspect[0];
    if (first && Math.abs(first.zeroMs - zero) > this.options.stepMs) this.suspect = [];
    const head = this.suspect[0];
    if (head) fill(head, contextSeconds, zero);
    else this.suspect.push(bucketOf(start, contextSeconds, zero));
    const s = this.suspect[0] as Bucket;
    if (contextSeconds - s.startSeconds < 0.2 || s.n < 4) return;
    this.steps++;
    // A rate of seconds is no rate: only what half a minute stands behind is worth keeping.
    if (this.line && this.buckets.length * this.options.bucketSeconds >= 30)
      this.inherited = { ppm: this.line.ratePpm, sigmaPpm: INHERITED_SIGMA_PPM };
    this.buckets = [s];
    this.suspect = [];
    // The sound server begins its regression anew after an underrun, so the stream is young again.
    this.openedSeconds = s.startSeconds;
    this.fit(contextSeconds);
  }

  private fit(nowSeconds: number): void {
    const rate = this.inherited ?? { ppm: 0, sigmaPpm: this.options.ratePriorPpm };
    const opened = this.openedSeconds ?? 0;
    const rows = this.buckets.map((b) => ({
      x: b.atSeconds - nowSeconds,
      settling: settlingAt(b.atSeconds - opened),
      y: b.zeroMs,
      worth: worth(b.atSeconds - opened, nowSeconds - opened, this.options.bucketSeconds),
    }));
    const prior = { slope: rate.ppm / 1000, slopeSigma: rate.sigmaPpm / 1000, settling: SETTLING_MS, settlingSigma: SETTLING_SIGMA_MS };
    const robust = nowSeconds - opened > ROBUST_FROM_SECONDS;
    const fit = fitSettlingLine(rows, prior, robust ? OUTLYING_MS : null);
    if (!fit) return;
    this.line = { zeroMs: fit.level - fit.slope * nowSeconds, ratePpm: fit.slope * 1000, uncertaintyMs: fit.levelSigma };
  }

  /** The line; null until the stream runs. */
  estimate(): OutputLine | null {
    return this.line;
  }

  /** The stream was suspended, or another one opened: everything begins anew (the rate is kept as a prior). */
  reset(): void {
    if (this.line && this.buckets.length > 40) this.inherited = { ppm: this.line.ratePpm, sigmaPpm: INHERITED_SIGMA_PPM };
    this.buckets = [];
    this.suspect = [];
    this.openedSeconds = null;
    this.lastZeroMs = null;
    this.calm = 0;
    this.line = null;
  }
}

function bucketOf(startSeconds: number, atSeconds: number, zeroMs: number): Bucket {
  return { startSeconds, atSeconds, zeroMs, n: 1, zeros: [zeroMs] };
}

/** Keeps the mean place and the median zero. */
function fill(b: Bucket, atSeconds: number, zeroMs: number): void {
  b.n++;
  b.atSeconds += (atSeconds - b.atSeconds) / b.n;
  let i = b.zeros.length;
  b.zeros.push(zeroMs);
  while (i > 0 && (b.zeros[i - 1] as number) > zeroMs) {
    b.zeros[i] = b.zeros[i - 1] as number;
    i--;
  }
  b.zeros[i] = zeroMs;
  const mid = b.zeros.length >> 1;
  b.zeroMs = b.zeros.length % 2 ? (b.zeros[mid] as number) : ((b.zeros[mid - 1] as number) + (b.zeros[mid] as number)) / 2;
}

/** Device time at which a context time is heard, ms. */
export function heardAtMs(line: OutputLine, contextSeconds: number): number {
  return line.zeroMs + contextSeconds * (1000 + line.ratePpm / 1000);
}
