/**
 * Says when a context has just rendered a block.
 *
 * Looked at by a timer, `currentTime` is a random part of a block old. But a browser tells that a source has ended as soon as it has rendered the block in which it ended
 * (Web Audio API, `ended` event), so that silent sources, one each few blocks, make it look at the right moment: four readings of five then lie within a
 * millisecond of the rendering edge (docs/timing.md §3). It goes on in background tabs, whose timers do not.
 */
import type { RenderReading } from "./render-edge.ts";
import { HAIR_SECONDS, type OutputPort, RATE } from "./scheduler.ts";

/** So far apart, unevenly: evenly, the beats would see the same few places of the card's own ticks. Frames. */
const LEAST_FRAMES = 768;
const SPREAD_FRAMES = 384;
const GOLDEN = 0.618;
/** Planned so far ahead: what a busy page keeps waiting. */
const AHEAD_FRAMES = 14_400;
const NEAREST_FRAMES = 960;

export class RenderBeat {
  private silence: AudioBuffer | null = null;
  private nextFrame = 0;
  private beats = 0;
  private stopped = false;

  /** @param deviceNow device time, ms */
  constructor(
    private readonly context: OutputPort,
    private readonly destination: AudioNode,
    private readonly deviceNow: () => number,
    private readonly onBeat: (reading: RenderReading) => void,
  ) {}

  /** Plans the next beats; each beat does so too. Call it to begin, and when the context may have stood still. */
  plan(): void {
    if (this.stopped) return;
    const now = Math.round(this.context.currentTime * RATE);
    if (this.nextFrame < now) this.nextFrame = now + NEAREST_FRAMES;
    while (this.nextFrame < now + AHEAD_FRAMES) {
      this.beatAt(this.nextFrame);
      this.beats++;
      this.nextFrame += LEAST_FRAMES + Math.round(SPREAD_FRAMES * ((this.beats * GOLDEN) % 1));
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private beatAt(frame: number): void {
    this.silence ??= this.context.createBuffer(1, 1, RATE);
    const source = this.context.createBufferSource();
    source.buffer = this.silence;
    source.onended = () => {
      const contextSeconds = this.context.currentTime;
      const deviceMs = this.deviceNow();
      source.disconnect();
      if (this.stopped) return;
      this.onBeat({ contextSeconds, deviceMs });
      this.plan();
    };
    source.connect(this.destination);
    source.start(frame / RATE + HAIR_SECONDS);
  }
}
