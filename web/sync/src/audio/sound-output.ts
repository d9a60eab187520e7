/**
 * The device's sound output: opens the AudioContext inside the Join gesture and keeps it running, in silence too, because the latency that is
 * told of a stream takes seconds to settle after it was opened. Says when the browser took it away and when it came back.
 */
import { RATE } from "./scheduler.ts";

export interface OutputEvents {
  /** The context runs (again); everything measured of it before is void. */
  onRunning(): void;
  onTrouble(trouble: "blocked" | "suspended" | "failed" | null): void;
}

export interface SoundOutput {
  readonly context: AudioContext;
  /** Volume: where sound is put in. */
  readonly gain: GainNode;
  /** Behind it, whether the device sounds at all. */
  readonly switch: GainNode;
}

/** A stream that was taken over from still sounds its last fade for so long, ms. */
const LAST_FADE_MS = 500;

export class OutputKeeper {
  private output: SoundOutput | null = null;
  private second: SoundOutput | null = null;
  private soundings: AudioContext[] = [];

  constructor(private readonly events: OutputEvents) {}

  get current(): SoundOutput | null {
    return this.output;
  }

  /** Opens the output. Call inside a user gesture. Resolves when it runs; rejects when the browser refuses. */
  async open(): Promise<SoundOutput> {
    this.output ??= this.create();
    const output = this.output;
    await output.context.resume();
    if (output.context.state !== "running") {
      this.events.onTrouble("blocked");
      throw new Error("the browser does not let the sound begin");
    }
    this.events.onTrouble(null);
    return output;
  }

  private create(): SoundOutput {
    const context = new AudioContext({ latencyHint: "interactive", sampleRate: RATE });
    const gain = context.createGain();
    const sounding = context.createGain();
    gain.connect(sounding);
    sounding.connect(context.destination);
    context.onstatechange = () => this.changed(context);
    return { context, gain, switch: sounding };
  }

  /** Browsers may allow only so many outputs at a time. */
  private tryToCreate(): SoundOutput | null {
    try {
      return this.create();
    } catch {
      return null;
    }
  }

  /** Opens a second output beside the first. Null when the browser does not let it run. */
  async openSecond(): Promise<SoundOutput | null> {
    const second = this.tryToCreate();
    if (!second) return null;
    this.second = second;
    await second.context.resume().catch(() => undefined);
    if (this.second === second && second.context.state === "running") return second;
    this.closeSecond();
    return null;
  }

  /** The second output becomes the first; the old one is closed when its last fade is over. */
  promoteSecond(later: (delayMs: number, callback: () => void) => void): void {
    const old = this.output;
    if (!this.second) return;
    this.output = this.second;
    this.second = null;
    if (old) later(LAST_FADE_MS, () => shut(old.context));
  }

  closeSecond(): void {
    if (this.second) shut(this.second.context);
    this.second = null;
  }

  /** Opens an output that nothing is played on, to learn from. Null when the browser does not let it run. */
  async openSounding(): Promise<AudioContext | null> {
    const context = this.tryToCreate()?.context;
    if (!context) return null;
    this.soundings.push(context);
    await context.resume().catch(() => undefined);
    return context.state === "running" ? context : null;
  }

  closeSoundings(): void {
    for (const context of this.soundings) shut(context);
    this.soundings = [];
  }

  /** Tries to get a suspended output going again (another gesture, or the page is back in front). */
  nudge(): void {
    const context = this.output?.context;
    if (context && context.state !== "running" && context.state !== "closed")
      context.resume().catch(() => this.events.onTrouble("blocked"));
  }

  close(): void {
    if (this.output) shut(this.output.context);
    this.output = null;
    this.closeSecond();
    this.closeSoundings();
  }

  private changed(context: AudioContext): void {
    if (this.output?.context !== context) return;
    if (context.state === "running") {
      this.events.onTrouble(null);
      this.events.onRunning();
    } else if (context.state === "closed") this.events.onTrouble("failed");
    else this.events.onTrouble("suspended");
  }
}

function shut(context: AudioContext): void {
  context.onstatechange = null;
  if (context.state !== "closed") context.close().catch(() => undefined);
}
