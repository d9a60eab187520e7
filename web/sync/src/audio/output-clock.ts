/**
 * When a sample is heard: the line from AudioContext time to device time.
 *
 * Time domains: context seconds (the AudioContext's sample count / 48000) and device ms (`performance.now()`). Pure: reads no clock.
 *
 * A "zero" below is device time minus context time: the device time at which context time 0 would be heard (or rendered). With a perfect
 * card it is constant; a crystal makes it a gentle slope, an underrun a step. Two things are known of it. `currentTime` says when samples are rendered: its
 * edge (render-edge.ts) has the slope and the steps, sharply, but not how much later the sound is heard. `getOutputTimestamp()` tells that, yet sound servers work it
 * out by regression, which after a stream was opened or ran dry is wrong by up to tens of milliseconds and takes seconds to settle. So the edge gives
 * the shape and the told moments give the height, each weighed by what it is worth at that age of the stream (docs/timing.md has the measurements).
 */
import { type Belief, fitLine, type LineRow } from "./line-fit.ts";
import type { LearntOutput } from "./learnt-output.ts";
import { RenderEdge, type RenderReading } from "./render-edge.ts";
import { SETTLING_MS } from "./settling.ts";
import { ToldZeros } from "./told-zeros.ts";

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

/** When context time 0 would be heard, as told in a stream's first moments. */
export interface Witness {
  /** Context time of the telling, s. */
  readonly atSeconds: number;
  /** Device time, ms. */
  readonly zeroMs: number;
  readonly doubtMs: number;
}

/** Crystals usually differ from the device's clock by about this much, ppm. */
const RATE_PRIOR_PPM = 60;
/** A young stream's line is fitted at each reading, an older one's so often, s. */
const YOUNG_SECONDS = 5;
const REFIT_SECONDS = 0.25;
/** Seen for so long, a rate is worth remembering. */
const LEARNT_SECONDS = 60;
/** A rate learnt earlier is trusted this far, ppm: temperature, and clocks disciplined over the network. */
const INHERITED_SIGMA_PPM = 10;
/** So far streams on one output differ in their depth, ms. */
const STREAMS_DIFFER_MS = 0.06;
/** What a stream says by itself differs by more from the depth learnt earlier: this is another output, ms and sigmas. */
const OTHER_OUTPUT_MS = 1;
const OTHER_OUTPUT_SIGMAS = 3;
/** Two first looks hardly ever differ by as much, ms. */
const UNLIKE_MS = 1.5;
/** Through an underrun the time from rendering to hearing stays the same this well, ms. */
const KEPT_SIGMA_MS = 0.15;
/** A rise of the edge that is taken back within this time was no underrun, s. */
const TAKEN_BACK_SECONDS = 10;
/** From this age on, told moments further than `OUTLYING_MS` from the line count ever less. */
const ROBUST_FROM_SECONDS = 6;
const OUTLYING_MS = 0.2;

export class OutputClock {
  private edge = new RenderEdge();
  private told = new ToldZeros();
  private line: OutputLine | null = null;
  /** How long the line has been seen without a step, s. */
  private spanSeconds = 0;
  private fittedAtSeconds = Number.NEGATIVE_INFINITY;
  private steps = 0;
  private raisedAtSeconds = Number.NEGATIVE_INFINITY;
  /** Rate learnt earlier: the card is still the same one. */
  private inherited: Belief | null = null;
  /** From rendering to hearing, ms: as fitted, and as carried over from before a step. */
  private depth: Belief | null = null;
  private keptDepth: Belief | null = null;
  private witnesses: readonly Witness[] = [];
  /** The sound was told to have gone elsewhere: what was learnt of the old place is void. */
  private movedAway = false;

  /** @param known what was learnt from an earlier stream; null: nothing */
  constructor(private readonly known: LearntOutput | null = null) {
    if (known?.ratePpm != null) this.inherited = { mean: known.ratePpm / 1000, sigma: INHERITED_SIGMA_PPM / 1000 };
  }

  /** What is known of the output, by this stream or from before: the rate once a minute of readings stands behind it. */
  get learnt(): LearntOutput {
    const { line, known } = this;
    return {
      ratePpm: (line && this.spanSeconds >= LEARNT_SECONDS ? line.ratePpm : known?.ratePpm) ?? null,
      depth: (line ? this.depth : this.movedAway ? null : known?.depth) ?? null,
    };
  }

  /** What this stream was told in its first moments; null before, and once it has stepped. */
  get firstLook(): Witness | null {
    return this.steps === 0 ? this.told.firstLook : null;
  }

  /** Takes in what other streams on the same output witness of this one, in place of what they did before. It holds until the output steps. */
  hear(witnesses: readonly Witness[]): void {
    const own = this.firstLook;
    // So far from what this stream was told itself: the output does not treat its streams alike.
    this.witnesses = own ? witnesses.filter((w) => Math.abs(w.zeroMs - own.zeroMs) < UNLIKE_MS) : witnesses;
  }

  /** Steps seen so far: each is an underrun or a change of output. */
  get stepsSeen(): number {
    return this.steps;
  }

  /** Takes in what the output tells of itself. @param nowSeconds `currentTime` */
  add(pair: OutputPair, nowSeconds: number): void {
    const predicted = this.line ? this.line.zeroMs + (pair.contextSeconds * this.line.ratePpm) / 1000 : null;
    const news = this.told.add(pair, predicted);
    if (news === "elsewhere") {
      this.steps++;
      this.witnesses = [];
      this.keptDepth = null;
      this.movedAway = true;
    }
    if (!this.told.isOpen) return;
    // Later on a reading moves the line by next to nothing.
    const due = this.told.ageAt(nowSeconds) < YOUNG_SECONDS || nowSeconds - this.fittedAtSeconds > REFIT_SECONDS;
    if (due || news === "elsewhere") this.fit(nowSeconds);
  }

  /** Takes in that a block was rendered just now. */
  rendered(reading: RenderReading): void {
    // A stream that is only opening, or being resumed, renders in fits and starts.
    const change = this.told.isOpen ? this.edge.add(reading) : null;
    if (!change) return;
    this.stepped(change, reading.contextSeconds);
    this.fit(reading.contextSeconds);
  }

  private stepped(change: "raised" | "lowered", atSeconds: number): void {
    const takenBack = change === "lowered" && atSeconds - this.raisedAtSeconds < TAKEN_BACK_SECONDS;
    // A context that runs further ahead than before has a deeper buffer, or none that was known: only the told moments can say.
    this.keptDepth =
      this.depth && (change === "raised" || takenBack)
        ? { mean: this.depth.mean, sigma: Math.hypot(this.depth.sigma, KEPT_SIGMA_MS) }
        : null;
    if (change === "raised") this.raisedAtSeconds = atSeconds;
    if (!this.keptDepth) this.movedAway = true;
    this.keepRate(30);
    this.told.beginAnew(atSeconds, this.keptDepth ? "ranDry" : "moved");
    this.line = null;
    this.witnesses = [];
    this.steps++;
  }

  /** A rate of seconds is no rate: only what was seen for long enough is worth keeping. */
  private keepRate(atLeastSeconds: number): void {
    if (this.line && this.spanSeconds >= atLeastSeconds)
      this.inherited = { mean: this.line.ratePpm / 1000, sigma: INHERITED_SIGMA_PPM / 1000 };
  }

  private fit(nowSeconds: number): void {
    const rows: LineRow[] = [];
    const slopeNow = this.line ? this.line.ratePpm / 1000 : 0;
    for (const t of this.told.rows(nowSeconds, slopeNow))
      rows.push({ x: t.atSeconds - nowSeconds, y: t.zeroMs, worth: t.worth, settling: t.settling, below: false });
    const lasting = this.told.firstLookLasting(nowSeconds);
    for (const w of this.witnesses)
      rows.push({ x: w.atSeconds - nowSeconds, y: w.zeroMs, worth: w.doubtMs ** -2 * lasting, settling: 0, below: false });
    if (rows.length === 0 && !this.keptDepth) return;
    const edge = this.edge.rows();
    for (const e of edge) rows.push({ x: e.atSeconds - nowSeconds, y: e.zeroMs, worth: e.sigmaMs ** -2, settling: 0, below: true });
    const slope = this.inherited ?? { mean: 0, sigma: RATE_PRIOR_PPM / 1000 };
    const robust = this.told.ageAt(nowSeconds) > ROBUST_FROM_SECONDS;
    const fitWith = (distance: Belief | null) => fitLine(rows, { slope, distance, settling: SETTLING_MS }, robust ? OUTLYING_MS : null);
    let fit = fitWith(this.keptDepth);
    const known = fit && !this.keptDepth ? this.knownDepthFor(fit.distance) : null;
    if (known) fit = fitWith(known);
    if (!fit) return;
    this.line = { zeroMs: fit.level - fit.slope * nowSeconds, ratePpm: fit.slope * 1000, uncertaintyMs: fit.levelSigma };
    this.fittedAtSeconds = nowSeconds;
    this.spanSeconds = nowSeconds - (edge[0]?.atSeconds ?? nowSeconds);
    this.depth = fit.distance;
  }

  /** The depth learnt earlier, if what this stream says by itself may well be the same. */
  private knownDepthFor(own: Belief): Belief | null {
    const depth = this.known?.depth;
    if (!depth || this.movedAway) return null;
    const known: Belief = { mean: depth.mean, sigma: Math.hypot(depth.sigma, STREAMS_DIFFER_MS) };
    return Math.abs(own.mean - known.mean) < Math.max(OTHER_OUTPUT_MS, OTHER_OUTPUT_SIGMAS * own.sigma) ? known : null;
  }

  /** The line; null until the stream runs. */
  estimate(): OutputLine | null {
    return this.line;
  }

  /** The stream was suspended, or another one opened: everything begins anew (the rate is kept as a prior). */
  reset(): void {
    this.keepRate(10);
    this.edge = new RenderEdge();
    this.told = new ToldZeros();
    this.line = null;
    this.fittedAtSeconds = Number.NEGATIVE_INFINITY;
    this.depth = null;
    this.keptDepth = null;
    this.witnesses = [];
  }
}

/** Device time at which a context time is heard, ms. */
export function heardAtMs(line: OutputLine, contextSeconds: number): number {
  return line.zeroMs + contextSeconds * (1000 + line.ratePpm / 1000);
}
