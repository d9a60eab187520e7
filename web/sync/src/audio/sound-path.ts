/** One stream of sound: an AudioContext, what is planned on it, and when its frames are heard. */
import type { LearntOutput } from "./learnt-output.ts";
import { heardAtMs, OutputClock, type OutputLine } from "./output-clock.ts";
import { type OutputPort, RATE, Scheduler } from "./scheduler.ts";

/** The AudioContext as far as the engine uses it. */
export interface EngineContext extends OutputPort {
  readonly state: string;
  getOutputTimestamp(): { contextTime?: number; performanceTime?: number };
}

/** Lets a clock take in what an output says of itself now. @param deviceNow device time, ms */
export function readOutput(context: EngineContext, clock: OutputClock, deviceNow: () => number): void {
  const pair = context.getOutputTimestamp();
  const contextSeconds = context.currentTime;
  // Asked for anew: the rendering edge needs the moment right after `currentTime` was read.
  const rendered = { contextSeconds, deviceMs: deviceNow() };
  clock.add({ contextSeconds: pair.contextTime ?? 0, deviceMs: pair.performanceTime ?? 0 }, rendered);
}

/** Local server time of a device time (ms), µs; null while unknown. */
export type LocalMicrosAt = (deviceMs: number) => number | null;

export class SoundPath {
  readonly scheduler: Scheduler;
  readonly clock: OutputClock;
  private stepsTaken = 0;

  /** @param known what was learnt of the output earlier; null: nothing */
  constructor(
    readonly context: EngineContext,
    destination: AudioNode,
    known: LearntOutput | null,
    private readonly localMicrosAt: LocalMicrosAt,
  ) {
    this.scheduler = new Scheduler(context, destination);
    this.clock = new OutputClock(known);
  }

  /** Reads what the output says of itself. @param deviceNow device time, ms */
  look(deviceNow: () => number): void {
    readOutput(this.context, this.clock, deviceNow);
  }

  /** Looks at its rendering edge alone. Returns whether more such looks are worth the trouble now. */
  glance(deviceNow: () => number): boolean {
    if (this.context.state !== "running") return false;
    const contextSeconds = this.context.currentTime;
    return this.clock.glance({ contextSeconds, deviceMs: deviceNow() });
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
