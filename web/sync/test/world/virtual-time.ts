/** Time that passes only when it is told to. One clock for everything that is simulated; the page may stall while the rest goes on. */
import type { DeviceClock, Timers } from "../../src/transport/ports.ts";
import { settle } from "./settle.ts";

interface Entry {
  dueMs: number;
  readonly order: number;
  readonly callback: () => void;
  readonly ofPage: boolean;
}

export class VirtualTime implements DeviceClock {
  private entries: Entry[] = [];
  private now: number;
  private made = 0;
  private stalledUntilMs = 0;

  constructor(startMs = 20_000) {
    this.now = startMs;
  }

  nowMs(): number {
    return this.now;
  }

  /** Timers of the world outside: networks, servers, sound cards, ears. */
  readonly world: Timers = { after: (ms, callback) => this.add(ms, callback, false) };

  /** Timers of the page, and whatever else reaches it: they wait while it stalls. */
  readonly page: Timers = { after: (ms, callback) => this.add(ms, callback, true) };

  /** From now on the page does nothing for so long. */
  stallPage(ms: number): void {
    this.stalledUntilMs = this.now + ms;
  }

  every(ms: number, callback: () => void): void {
    const again = () => {
      callback();
      this.world.after(ms, again);
    };
    this.world.after(ms, again);
  }

  /** Lets time pass. */
  async run(ms: number): Promise<void> {
    const endMs = this.now + ms;
    await settle();
    for (;;) {
      const next = this.takeNext(endMs);
      if (!next) break;
      this.now = Math.max(this.now, next.dueMs);
      next.callback();
      await settle();
    }
    this.now = endMs;
  }

  private add(ms: number, callback: () => void, ofPage: boolean): () => void {
    const entry: Entry = { dueMs: this.now + Math.max(0, ms), order: this.made++, callback, ofPage };
    this.entries.push(entry);
    return () => {
      this.entries = this.entries.filter((e) => e !== entry);
    };
  }

  private takeNext(endMs: number): Entry | null {
    let best: Entry | null = null;
    for (const e of this.entries) {
      if (e.ofPage && e.dueMs < this.stalledUntilMs) e.dueMs = this.stalledUntilMs;
      if (!best || e.dueMs < best.dueMs || (e.dueMs === best.dueMs && e.order < best.order)) best = e;
    }
    if (!best || best.dueMs > endMs) return null;
    this.entries.splice(this.entries.indexOf(best), 1);
    return best;
  }
}
