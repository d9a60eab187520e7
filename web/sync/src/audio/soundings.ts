/**
 * Several unheard streams beside the first, as witnesses of when the output is heard. Pure but for reading the contexts.
 *
 * What a young stream is told of its latency is off by 0.15 ms when the machine is at rest and by half a millisecond when it is not, and only a quarter of a minute
 * makes that better. But streams err each for itself, and their places relative to each other are exact: an output asks all of its streams for sound at the
 * same moments and holds as much of each, so that what differs between their context times is what differs between what is heard of them, to the frame
 * (docs/timing.md). So what the others are told in their first moments counts for the first stream as well.
 */
import { OutputClock, type Witness } from "./output-clock.ts";
import { RenderBeat } from "./render-beat.ts";
import { RATE } from "./scheduler.ts";
import { type EngineContext, readOutput } from "./sound-path.ts";

/**
 * So many looks say how far apart two streams are, of which this share must say the same; the rest fell between their two blocks. Streams that are not asked
 * at the same moments say two different things, each for as long as one is ahead of the other: a share of 97 % bounds what that may falsify to 3 % of a block.
 */
const LOOKS = 100;
const AGREEING = 0.97;

interface Sounding {
  readonly context: EngineContext;
  readonly clock: OutputClock;
  readonly beat: RenderBeat;
  /** Frames by which the first stream was ahead of it at each look. */
  leads: number[];
  lead: number | null;
  /** Steps of the first stream when they were counted. */
  firstSteps: number;
}

export class Soundings {
  private streams: Sounding[] = [];

  /** @param deviceNow device time, ms */
  add(context: EngineContext, deviceNow: () => number): void {
    const clock = new OutputClock();
    const beat = new RenderBeat(context, context.destination, deviceNow, (reading) => clock.rendered(reading));
    this.streams.push({ context, clock, beat, leads: [], lead: null, firstSteps: 0 });
  }

  clear(): void {
    for (const { beat } of this.streams) beat.stop();
    this.streams = [];
  }

  /** The first stream is another one. */
  regard(): void {
    for (const stream of this.streams) forget(stream);
  }

  /** Tells the first stream what the others witness of it. */
  tell(first: { readonly context: EngineContext; readonly clock: OutputClock }): void {
    this.look(first.context, first.clock.stepsSeen);
    const witnesses = this.witnesses;
    if (witnesses.length > 0) first.clock.hear(witnesses);
  }

  /** Reads what the streams tell of themselves. @param firstSteps how often the first stream has stepped */
  look(first: EngineContext, firstSteps: number): void {
    for (const stream of this.streams) {
      if (stream.context.state !== "running") continue;
      readOutput(stream.context, stream.clock);
      stream.beat.plan();
      if (firstSteps !== stream.firstSteps) {
        stream.firstSteps = firstSteps;
        forget(stream);
      }
      if (stream.lead === null && stream.clock.estimate())
        count(stream, Math.round((first.currentTime - stream.context.currentTime) * RATE));
    }
  }

  /** What they witness of the first stream. One that ran dry is none. */
  get witnesses(): Witness[] {
    const found: Witness[] = [];
    for (const { clock, lead } of this.streams) {
      const first = clock.firstLook;
      if (lead === null || !first) continue;
      const seconds = lead / RATE;
      found.push({ atSeconds: first.atSeconds + seconds, zeroMs: first.zeroMs - seconds * 1000, doubtMs: first.doubtMs });
    }
    return found;
  }
}

function forget(stream: Sounding): void {
  stream.leads = [];
  stream.lead = null;
}

/** The lead is settled when nearly all of the last looks say the same. */
function count(stream: Sounding, lead: number): void {
  stream.leads.push(lead);
  if (stream.leads.length < LOOKS) return;
  const sorted = [...stream.leads].sort((a, b) => a - b);
  const middle = sorted[LOOKS >> 1] as number;
  if (sorted.filter((l) => l === middle).length >= LOOKS * AGREEING) stream.lead = middle;
  stream.leads.shift();
}
