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
  readonly gain: GainNode;
}

export class OutputKeeper {
  private output: SoundOutput | null = null;

  constructor(private readonly events: OutputEvents) {}

  get current(): SoundOutput | null {
    return this.output;
  }

  /** Opens the output. Call inside a user gesture. Resolves when it runs; rejects when the browser refuses. */
  async open(): Promise<SoundOutput> {
    const context = this.output?.context ?? new AudioContext({ latencyHint: "interactive", sampleRate: RATE });
    if (!this.output) {
      const gain = context.createGain();
      gain.connect(context.destination);
      this.output = { context, gain };
      context.onstatechange = () => this.changed(context);
    }
    const output = this.output;
    await context.resume();
    if (context.state !== "running") {
      this.events.onTrouble("blocked");
      throw new Error("the browser does not let the sound begin");
    }
    this.events.onTrouble(null);
    return output;
  }

  /** Tries to get a suspended output going again (another gesture, or the page is back in front). */
  nudge(): void {
    const context = this.output?.context;
    if (context && context.state !== "running" && context.state !== "closed")
      context.resume().catch(() => this.events.onTrouble("blocked"));
  }

  close(): void {
    const context = this.output?.context;
    this.output = null;
    if (context) {
      context.onstatechange = null;
      context.close().catch(() => undefined);
    }
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
