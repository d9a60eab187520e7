/** Listens to a simulated card at true moments and says how far the sound is from where the timeline would have it. */
import { percentile } from "../random.ts";
import type { SoundContext } from "./sound-context.ts";
import { apart, type Heard, tell } from "./track.ts";

export interface Moment {
  readonly atMs: number;
  readonly gain: number;
  /** Sound minus timeline, ms; + = ahead. Null where one of the two is silent. */
  readonly errorMs: number | null;
}

/** Below this share of full strength it is not judged where the sound is. */
const FAINT = 0.05;

export class Ear {
  readonly moments: Moment[] = [];

  /** @param expectedPlace place that the timeline says for a true moment, samples; null: silence */
  constructor(
    private readonly context: SoundContext,
    private readonly expectedPlace: (atMs: number) => number | null,
  ) {}

  /** What sounds at a true moment. */
  hear(atMs: number): Heard {
    const { card } = this.context;
    if (card.stands(atMs)) return { gain: 0, place: 0 };
    const at = card.frameAt(atMs);
    const frame = Math.floor(at);
    const [left, right] = this.context.render(frame, 1);
    const heard = tell(left[0] as number, right[0] as number);
    return { gain: heard.gain, place: heard.place + (at - frame) };
  }

  private judge(atMs: number): Moment {
    const { gain, place } = this.hear(atMs);
    const expected = this.expectedPlace(atMs);
    return { atMs, gain, errorMs: expected === null || gain < FAINT ? null : apart(place, expected) / 48 };
  }

  listen(atMs: number): void {
    this.moments.push(this.judge(atMs));
  }

  /** Listens once more, as finely as wanted, to what sounded in the last seconds. */
  again(fromMs: number, untilMs: number, eachMs: number): Moment[] {
    const out: Moment[] = [];
    for (let at = fromMs; at < untilMs; at += eachMs) out.push(this.judge(at));
    return out;
  }

  since(fromMs: number, untilMs = Number.POSITIVE_INFINITY): Moment[] {
    return this.moments.filter((m) => m.atMs >= fromMs && m.atMs < untilMs);
  }

  /** Size of the error at a share of the moments, ms. */
  errorMs(share: number, fromMs: number, untilMs?: number): number {
    const errors = this.since(fromMs, untilMs).flatMap((m) => (m.errorMs === null ? [] : [Math.abs(m.errorMs)]));
    if (errors.length === 0) throw new Error("nothing was heard");
    return percentile(errors, share);
  }

  /** Times without sound, as [from, until) in true ms. */
  gaps(fromMs: number, untilMs?: number): [number, number][] {
    const out: [number, number][] = [];
    for (const m of this.since(fromMs, untilMs)) {
      const last = out[out.length - 1];
      if (m.gain >= FAINT) {
        if (last && Number.isNaN(last[1])) last[1] = m.atMs;
      } else if (!last || !Number.isNaN(last[1])) out.push([m.atMs, Number.NaN]);
    }
    return out;
  }
}
