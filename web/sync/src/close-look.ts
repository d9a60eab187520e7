/**
 * Looks at the rendering edge more often than the engine ticks, for as long as that is worth it.
 *
 * The edge is as sharp as looks at it are dense: with one each 20 ms it takes seconds to be known to a tenth of a millisecond. A stream that
 * has just run dry needs its place sooner than that.
 */
import type { Timers } from "./transport/ports.ts";

/** Browsers do not call back sooner (HTML Standard, timers: 4 ms from the fifth nested one on). */
const EACH_MS = 4;
/** Evenly paced, looks would see the same few places of a block. */
const SPREAD_MS = 2;
const GOLDEN = 0.618;

export class CloseLook {
  private cancel: (() => void) | null = null;
  private looks = 0;

  /** @param glance looks once; false: that is not worth the trouble any more */
  constructor(
    private readonly glance: () => boolean,
    private readonly timers: Timers,
  ) {}

  /** Begins unless it goes on already; ends by itself. */
  begin(): void {
    if (this.cancel === null) this.look();
  }

  end(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private look(): void {
    this.cancel = null;
    if (!this.glance()) return;
    this.looks++;
    this.cancel = this.timers.after(EACH_MS + SPREAD_MS * ((this.looks * GOLDEN) % 1), () => this.look());
  }
}
