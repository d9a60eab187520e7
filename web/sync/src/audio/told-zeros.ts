/**
 * What `getOutputTimestamp()` tells, and what it is worth.
 *
 * The told moment is sharp in itself (0.05 ms), but sound servers reckon a stream's latency by regression over their own last seconds. Measured against the sound
 * (docs/timing.md): in the first 0.4 s it is right within 0.15 ms; then it goes astray in a known shape (settling.ts), or, when the machine was in a rush, by
 * milliseconds and in none; by 12 to 20 s it has come back and keeps within 0.1 ms. After an underrun there is no good first look, and it may ramp back
 * from tens of milliseconds.
 */
import type { OutputPair, Witness } from "./output-clock.ts";
import { SETTLING_MS, settlingAt } from "./settling.ts";

export interface ToldRow {
  readonly atSeconds: number;
  readonly zeroMs: number;
  /** 1/ms². */
  readonly worth: number;
  /** Share of the settling that is in it. */
  readonly settling: number;
}

/** "heard": a reading was taken in. "elsewhere": the sound has for long been told to be somewhere else, and is believed. */
export type ToldNews = "heard" | "elsewhere" | null;

interface Bucket {
  readonly startSeconds: number;
  atSeconds: number;
  zeroMs: number;
  n: number;
  readonly zeros: number[];
}

const BUCKET_SECONDS = 0.25;
const WINDOW_SECONDS = 120;
/** Before this age the told latency has not been extrapolated yet, s. */
const FIRST_LOOK_SECONDS = 0.45;
/** Doubt of the first look, ms, and what it falls short of what is told later on. It fades once there is better. */
const FIRST_LOOK_MS = 0.12;
const FIRST_LOOK_SHORT_MS = 0.17;
const FADING_FROM_SECONDS = 8;
const FADING_SECONDS = 8;
/** How the first seconds depart from the usual settling: usually up to so much; of what is more, this share is doubt of the first look; beyond the last, the
 * settling has no known shape. */
const ASTRAY_UNTIL_SECONDS = 3;
const ASTRAY_USUAL_MS = 0.4;
const ASTRAY_SHARE = 0.5;
const ASTRAY_MS = 1;
/** Over how long the wander of the told zero is correlated, s. */
const WANDER_SECONDS = 2;
/** Told further than this from the line: not believed until it has stayed there. ms. */
const FAR_MS = 2.5;
/** A place is believed after it was told steadily for so long; sooner when it is so far away that no regression explains it (another output). */
const STAYED = { seconds: 8, spreadMs: 1 };
const FAR_AWAY = { ms: 60, seconds: 1.5, spreadMs: 5 };

/** What ramps back does so within about this time, s; its pace is looked at over so many buckets. */
const RAMP_SECONDS = 5;
const RAMP_BUCKETS = 12;
const RAMP_UNKNOWN_MS = 2;

/** Wander about the settling, of a stream that settles in no known shape, and of one that is only heard elsewhere, ms. */
const settlingWanderMs = (age: number): number => (age < 10 ? 0.15 : age < 15 ? 0.2 : age < 20 ? 0.25 : 0.2);
const restlessWanderMs = (age: number): number => (age < 8 ? 3 : age < 12 ? 1.5 : age < 16 ? 0.6 : age < 20 ? 0.35 : 0.2);
const movedWanderMs = (age: number): number => (age < 8 ? 0.3 : 0.15);

/** How what is told now began: a stream was opened, it ran dry, or it is the same stream heard elsewhere or with another buffer. */
type Beginning = "opened" | "ranDry" | "moved";

export class ToldZeros {
  private buckets: Bucket[] = [];
  private openedSeconds: number | null = null;
  private lastZeroMs: number | null = null;
  private lastContextSeconds = -1;
  private calm = 0;
  private began: Beginning = "opened";
  private elsewhere: Bucket[] = [];

  /** The stream runs: its first senseless tellings are over. */
  get isOpen(): boolean {
    return this.openedSeconds !== null;
  }

  /** Age of the stream (or of what followed its last step), s. */
  ageAt(nowSeconds: number): number {
    return this.openedSeconds === null ? 0 : nowSeconds - this.openedSeconds;
  }

  /** The output stepped. After it ran dry, what is told is not to be trusted for a while. */
  beginAnew(atSeconds: number, began: "ranDry" | "moved"): void {
    this.buckets = [];
    this.elsewhere = [];
    this.openedSeconds = atSeconds;
    this.began = began;
  }

  /** Takes a pair in. @param predictedMs the zero that the line says for it; null while there is no line */
  add(pair: OutputPair, predictedMs: number | null): ToldNews {
    const { contextSeconds, deviceMs } = pair;
    // The same pair is told again until the output has moved on: it says nothing new.
    if (!(contextSeconds > 0) || !(deviceMs > 0) || contextSeconds === this.lastContextSeconds) return null;
    this.lastContextSeconds = contextSeconds;
    const zero = deviceMs - contextSeconds * 1000;
    if (this.openedSeconds === null) {
      // The first pairs are senseless: the stream runs when three agree.
      this.calm = this.lastZeroMs !== null && Math.abs(zero - this.lastZeroMs) < 0.5 ? this.calm + 1 : 0;
      this.lastZeroMs = zero;
      if (this.calm < 3) return null;
      this.openedSeconds = contextSeconds - 0.05;
    }
    if (predictedMs !== null && Math.abs(zero - predictedMs) > FAR_MS) return this.far(contextSeconds, zero, predictedMs);
    this.elsewhere = [];
    this.put(this.buckets, contextSeconds, zero);
    return "heard";
  }

  private put(buckets: Bucket[], contextSeconds: number, zero: number): void {
    const start = Math.floor(contextSeconds / BUCKET_SECONDS) * BUCKET_SECONDS;
    const newest = buckets[buckets.length - 1];
    if (newest?.startSeconds === start) fill(newest, contextSeconds, zero);
    else buckets.push({ startSeconds: start, atSeconds: contextSeconds, zeroMs: zero, n: 1, zeros: [zero] });
    while (buckets.length > 1 && (buckets[0] as Bucket).atSeconds < contextSeconds - WINDOW_SECONDS) buckets.shift();
  }

  /** The edge did not step, so this is most likely the regression astray; unless it stays there. */
  private far(contextSeconds: number, zero: number, predictedMs: number): ToldNews {
    this.put(this.elsewhere, contextSeconds, zero);
    const enough = Math.abs(zero - predictedMs) > FAR_AWAY.ms ? FAR_AWAY : STAYED;
    while (this.elsewhere.length > 0 && spreadOf(this.elsewhere) > enough.spreadMs) this.elsewhere.shift();
    const first = this.elsewhere[0];
    if (!first || contextSeconds - first.startSeconds < enough.seconds) return null;
    this.buckets = this.elsewhere;
    this.elsewhere = [];
    this.openedSeconds = first.startSeconds;
    this.began = "moved";
    return "elsewhere";
  }

  /** All that is believed, weighed as of now. @param slope of the line, ms per second */
  rows(nowSeconds: number, slope: number): ToldRow[] {
    const opened = this.openedSeconds ?? 0;
    const astray = this.astrayMs(opened);
    const shapeless = this.began !== "opened" || astray > ASTRAY_MS;
    const firstLook = this.firstLookWorth(opened, astray, nowSeconds);
    return this.buckets.map(({ atSeconds, zeroMs }, i) => {
      const age = atSeconds - opened;
      const settling = shapeless ? 0 : settlingAt(age);
      if (this.began === "opened" && age < FIRST_LOOK_SECONDS)
        return { atSeconds, zeroMs: zeroMs + FIRST_LOOK_SHORT_MS, settling, worth: firstLook };
      const wanderMs =
        this.began === "moved"
          ? movedWanderMs(age)
          : shapeless
            ? Math.hypot(restlessWanderMs(age), this.rampMs(i, slope))
            : settlingWanderMs(age);
      return { atSeconds, zeroMs, settling, worth: BUCKET_SECONDS / WANDER_SECONDS / wanderMs ** 2 };
    });
  }

  /** How far off the i-th bucket must still be if it comes back at the pace it changes at, ms. */
  private rampMs(i: number, slope: number): number {
    const now = this.buckets[i] as Bucket;
    const then = this.buckets[Math.max(0, i - RAMP_BUCKETS)] as Bucket;
    const seconds = now.atSeconds - then.atSeconds;
    return seconds < 1 ? RAMP_UNKNOWN_MS : RAMP_SECONDS * Math.abs((now.zeroMs - then.zeroMs) / seconds - slope);
  }

  /** Worth of each of the first look's buckets, 1/ms². */
  private firstLookWorth(opened: number, astray: number, nowSeconds: number): number {
    const count = this.buckets.filter((b) => b.atSeconds - opened < FIRST_LOOK_SECONDS).length;
    return (firstLookDoubtMs(astray) ** -2 * this.firstLookLasting(nowSeconds)) / Math.max(1, count);
  }

  /** What a first look is still worth: it fades once there is better. */
  firstLookLasting(nowSeconds: number): number {
    return Math.exp(-Math.max(0, this.ageAt(nowSeconds) - FADING_FROM_SECONDS) / FADING_SECONDS);
  }

  /** The first look as one; null before it is complete, and after a step. */
  get firstLook(): Witness | null {
    const opened = this.openedSeconds;
    const seen = this.buckets.filter((b) => b.atSeconds - (opened ?? 0) < FIRST_LOOK_SECONDS);
    if (opened === null || this.began !== "opened" || seen.length === 0 || seen.length === this.buckets.length) return null;
    const mean = (of: (b: Bucket) => number) => seen.reduce((sum, b) => sum + of(b), 0) / seen.length;
    return {
      atSeconds: mean((b) => b.atSeconds),
      zeroMs: mean((b) => b.zeroMs) + FIRST_LOOK_SHORT_MS,
      doubtMs: firstLookDoubtMs(this.astrayMs(opened)),
    };
  }

  /** How far the first seconds' tellings lie from the usual settling, ms. */
  private astrayMs(opened: number): number {
    const first = this.buckets[0];
    if (!first) return 0;
    const usual = (b: Bucket): number => {
      const age = b.atSeconds - opened;
      return SETTLING_MS.mean * settlingAt(age) - (age < FIRST_LOOK_SECONDS ? FIRST_LOOK_SHORT_MS : 0);
    };
    let astray = 0;
    for (const b of this.buckets) {
      if (b.atSeconds - opened > ASTRAY_UNTIL_SECONDS) break;
      astray = Math.max(astray, Math.abs(b.zeroMs - first.zeroMs - usual(b) + usual(first)));
    }
    return astray;
  }
}

/** @param astrayMs how far what followed lies from the usual settling */
function firstLookDoubtMs(astrayMs: number): number {
  return FIRST_LOOK_MS + ASTRAY_SHARE * Math.max(0, astrayMs - ASTRAY_USUAL_MS);
}

function spreadOf(buckets: readonly Bucket[]): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { zeroMs } of buckets) {
    low = Math.min(low, zeroMs);
    high = Math.max(high, zeroMs);
  }
  return Math.max(0, high - low);
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
