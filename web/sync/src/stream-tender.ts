/** Replaces a stream that is not well known by one that is (audio/replacement.ts): opens it beside the first, has it taken over, closes what is left. */
import type { Engine } from "./audio/engine.ts";
import { DepthSounder } from "./depth-sounder.ts";
import { DOUBTFUL_MS, replacementStep } from "./audio/replacement.ts";
import type { OutputKeeper } from "./audio/sound-output.ts";
import type { Timers } from "./transport/ports.ts";

export class StreamTender {
  /** When the first stream was opened, or last stepped. */
  private sinceMs = Number.NEGATIVE_INFINITY;
  private steps = 0;
  private closedMs = Number.NEGATIVE_INFINITY;
  /** The second stream while it is being got to know. */
  private spare: { readonly openedMs: number } | null = null;
  private tries = 0;
  private readonly sounder: DepthSounder;

  constructor(
    private readonly engine: Engine,
    private readonly keeper: OutputKeeper,
    private readonly timers: Timers,
    private readonly nowMs: () => number,
  ) {
    this.sounder = new DepthSounder(engine, keeper);
  }

  /** The output was opened. */
  opened(nowMs: number): void {
    this.begin(nowMs);
    this.sounder.begin(nowMs);
  }

  private begin(nowMs: number): void {
    this.sinceMs = nowMs;
    this.steps = 0;
    this.tries = 0;
  }

  /** Output is over; the keeper closes the streams. */
  forget(): void {
    this.spare = null;
    this.sounder.end();
  }

  /** Does what is due. Returns whether another stream sounds from now on. */
  tend(nowMs: number): boolean {
    const { spare } = this;
    if (this.keeper.current?.context.state !== "running") return false;
    this.sounder.tend(nowMs);
    if (this.engine.stepsSeen !== this.steps) {
      this.steps = this.engine.stepsSeen;
      this.sinceMs = nowMs;
    }
    const doubtMs = this.engine.heardLine?.uncertaintyMs ?? null;
    if (!spare && doubtMs !== null && doubtMs < DOUBTFUL_MS) this.tries = 0;
    const step = replacementStep({
      nowMs,
      sinceMs: this.sinceMs,
      doubtMs,
      spare: spare && { openedMs: spare.openedMs, ...this.engine.spareView },
      tries: this.tries,
      closedMs: this.closedMs,
    });
    if (step === "open") this.open(nowMs);
    if (step === "close") this.close(nowMs);
    if (step !== "takeOver" || !spare || !this.engine.takeOver()) return false;
    this.keeper.promoteSecond((delayMs, callback) => this.timers.after(delayMs, callback));
    this.begin(spare.openedMs);
    this.closedMs = nowMs;
    this.spare = null;
    return true;
  }

  private open(nowMs: number): void {
    const spare = { openedMs: nowMs };
    this.spare = spare;
    this.tries++;
    this.keeper.openSecond().then((second) => {
      if (this.spare !== spare) return;
      if (second) this.engine.attachSpare(second.context, second.gain);
      else this.close(this.nowMs());
    });
  }

  private close(nowMs: number): void {
    this.engine.detachSpare();
    this.keeper.closeSecond();
    this.spare = null;
    this.closedMs = nowMs;
  }
}
