/** One stream of sound: an AudioContext, what is planned on it, and when its frames are heard. */
import type { LearntOutput } from "./learnt-output.ts";
import { heardAtMs, OutputClock, type OutputLine } from "./output-clock.ts";
import { RenderBeat } from "./render-beat.ts";
import { type OutputPort, RATE, Scheduler } from "./scheduler.ts";

/** The AudioContext as far as the engine uses it. */
export interface EngineContext extends OutputPort {
  readonly state: string;
  readonly destination: AudioNode;
  getOutputTimestamp(): { contextTime?: number; performanceTime?: number };
}

/** Lets a clock take in what an output tells of itself now. */
export function readOutput(context: EngineContext, clock: OutputClock): void {
  const { contextTime, performanceTime } = context.getOutputTimestamp();
  clock.add({ contextSeconds: contextTime ?? 0, deviceMs: performanceTime ?? 0 }, context.currentTime);
}

/** Local server time of a device time (ms), µs; null while unknown. */
export type LocalMicrosAt = (deviceMs: number) => number | null;

export class SoundPath {
  readonly scheduler: Scheduler;
  readonly clock: OutputClock;
  private readonly beat: RenderBeat;
  private stepsTaken = 0;

  /** @param known what was learnt of the output earlier; null: nothing; @param deviceNow device time, ms */
  constructor(
    readonly context: EngineContext,
    destination: AudioNode,
    known: LearntOutput | null,
    private readonly localMicrosAt: LocalMicrosAt,
    deviceNow: () => number,
  ) {
    this.scheduler = new Scheduler(context, destination);
    this.clock = new OutputClock(known);
    this.beat = new RenderBeat(context, context.destination, deviceNow, (reading) => this.clock.rendered(reading));
  }

  /** Reads what the output tells of itself. */
  look(): void {
    readOutput(this.context, this.clock);
    this.beat.plan();
  }

  /** It is not listened to any more. */
  leave(): void {
    this.beat.stop();
  }

  /** Whether the output has stepped since this was asked last. */
  takeStep(): boolean {
    const stepped = this.clock.stepsSeen > this.stepsTaken;
    this.stepsTaken = this.clock.stepsSeen;
    return stepped;
  }

  get line(): OutputLine | null {
    return this.clock.estimate();
  }

  /** Local server time that a frame would have to sound, µs. */
  dueMicros(frame: number): number | null {
    const line = this.line;
    return line ? this.localMicrosAt(heardAtMs(line, frame / RATE)) : null;
  }

  /** The frame that is due at a local server time (the rates differ by ppm only: three steps are exact enough). */
  frameOf(localMicros: number): number | null {
    let frame = this.scheduler.nowFrame;
    for (let i = 0; i < 3; i++) {
      const due = this.dueMicros(frame);
      if (due === null) return null;
      frame += Math.round(((localMicros - due) * RATE) / 1e6);
    }
    return Math.max(0, frame);
  }
}
