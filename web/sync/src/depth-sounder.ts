/** Opens a few unheard streams beside the first where nothing is known of the output yet (audio/soundings.ts), and closes them again. */
import type { Engine } from "./audio/engine.ts";
import type { OutputKeeper } from "./audio/sound-output.ts";

const STREAMS = 4;
/** The first one so long after the output was opened, the others one by one, so that each has a moment of its own. */
const FIRST_AFTER_MS = 250;
const APART_MS = 250;
/** By then the first stream knows as much by itself. */
const DONE_AFTER_MS = 12_000;

export class DepthSounder {
  /** When the output was opened; null: nothing is to be done. */
  private sinceMs: number | null = null;
  private opened = 0;

  constructor(
    private readonly engine: Engine,
    private readonly keeper: OutputKeeper,
  ) {}

  /** The output was opened. */
  begin(nowMs: number): void {
    this.end();
    if (!this.engine.knowsOutput) this.sinceMs = nowMs;
  }

  /** Does what is due. */
  tend(nowMs: number): void {
    if (this.sinceMs === null) return;
    const age = nowMs - this.sinceMs;
    if (age > DONE_AFTER_MS) this.end();
    else if (this.opened < STREAMS && age > FIRST_AFTER_MS + this.opened * APART_MS) this.open(this.sinceMs);
  }

  end(): void {
    this.sinceMs = null;
    this.opened = 0;
    this.engine.endSoundings();
    this.keeper.closeSoundings();
  }

  private open(sinceMs: number): void {
    this.opened++;
    this.keeper.openSounding().then((context) => {
      if (context && this.sinceMs === sinceMs) this.engine.attachSounding(context);
    });
  }
}
