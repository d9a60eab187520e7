/** An AudioContext on a simulated card: a clock that climbs in blocks, a latency, and output timestamps as browsers give them. */
import type { Random } from "../random.ts";
import { FakeParam } from "./fake-param.ts";
import { FakeContext, type FakeSource } from "./fake-context.ts";
import type { SoundCard } from "./sound-card.ts";
import type { VirtualTime } from "./virtual-time.ts";

const RATE = 48_000;
/** From a block to the page hearing of it, on average. */
const TOLD_ENDED_MS = 0.2;
/** A context that stands is looked at so often. */
const STANDING_MS = 5;

export interface ContextShape {
  /** From the context's present to the ear, ms. */
  readonly latencyMs: number;
  /** Frames by which currentTime climbs. */
  readonly blockFrames: number;
  /** Deviation of the told moments, ms. */
  readonly trembleMs: number;
}

export const usualContext: ContextShape = { latencyMs: 35, blockFrames: 512, trembleMs: 0.03 };

export class SoundContext extends FakeContext {
  state: AudioContextState = "suspended";
  onstatechange: (() => void) | null = null;
  private readonly gainParams: FakeParam[] = [];

  constructor(
    private readonly time: VirtualTime,
    readonly card: SoundCard,
    private readonly random: Random,
    private readonly shape: ContextShape = usualContext,
  ) {
    super();
    Object.defineProperty(this, "currentTime", { get: () => this.presentFrame() / RATE });
  }

  private presentFrame(): number {
    const heard = this.card.frameAt(this.time.nowMs());
    if (heard <= 0) return 0;
    const { latencyMs, blockFrames } = this.shape;
    return Math.floor((heard + latencyMs * 48) / blockFrames) * blockFrames;
  }

  /** The page is told soon after the block was rendered in which a source ends. */
  protected override onStarted(source: FakeSource): void {
    if (source.onended) this.watch(source);
  }

  private watch(source: FakeSource): void {
    if (this.state === "closed") return;
    const { latencyMs, blockFrames } = this.shape;
    const behindMs =
      (Math.ceil(source.endFrame / blockFrames) * blockFrames) / 48 - (this.card.frameAt(this.time.nowMs()) / 48 + latencyMs);
    if (behindMs <= 0 && this.state === "running")
      this.time.page.after(TOLD_ENDED_MS * this.random.exponential(), () => source.onended?.());
    else this.time.world.after(this.state === "running" ? Math.max(0.1, behindMs) : STANDING_MS, () => this.watch(source));
  }

  getOutputTimestamp(): { contextTime: number; performanceTime: number } {
    const now = this.time.nowMs();
    const frame = Math.floor(this.card.frameAt(now) / 128) * 128;
    if (frame <= 0) return { contextTime: 0, performanceTime: 0 };
    return { contextTime: frame / RATE, performanceTime: this.card.heardMs(frame, now) + this.shape.trembleMs * this.random.normal() };
  }

  /** What the volumes of the streams stand at, or go to. A stream has two gains: volume, and behind it the switch. */
  get gains(): number[] {
    return this.gainParams.filter((_, n) => n % 2 === 0).map((p) => p.value);
  }

  /** How far the switch of the first stream is open at a true moment, 0 to 1. */
  switchAt(atMs: number): number {
    return (this.gainParams[1] as FakeParam).at(this.card.frameAt(atMs) / RATE);
  }

  createGain(): GainNode {
    const gain = new FakeParam();
    this.gainParams.push(gain);
    return { gain, connect: () => undefined } as unknown as GainNode;
  }

  resume(): Promise<void> {
    if (this.state === "closed") return Promise.reject(new Error("closed"));
    if (this.state !== "running") {
      this.card.run(this.time.nowMs() + this.shape.latencyMs);
      this.become("running");
    }
    return Promise.resolve();
  }

  /** The browser (or the system) takes the output away. */
  interrupt(): void {
    this.card.halt(this.time.nowMs());
    this.become("suspended");
  }

  close(): Promise<void> {
    this.card.halt(this.time.nowMs());
    this.become("closed");
    return Promise.resolve();
  }

  private become(state: AudioContextState): void {
    this.state = state;
    this.onstatechange?.();
  }
}
