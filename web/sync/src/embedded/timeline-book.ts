/** The timelines known, each in force until the next begins (docs/protocol.md §4). Server times in µs. */
import type { QueueItem, Timeline } from "../messages.ts";
import { type Sounding, soundingAt } from "../timeline/timeline.ts";

export class TimelineBook {
  private timelines: Timeline[] = [];

  /** Takes a newer timeline: it replaces all that would begin at or after it. */
  add(timeline: Timeline): void {
    this.timelines = [...this.timelines.filter((t) => t.atMicros < timeline.atMicros), timeline];
  }

  clear(): void {
    this.timelines = [];
  }

  /** The timeline in force at a server time; null before the first. */
  inForce(serverMicros: number): Timeline | null {
    return this.timelines.filter((t) => t.atMicros <= serverMicros).at(-1) ?? null;
  }

  /** What sounds, or is held, at a server time; null before the first timeline. */
  at(queue: readonly QueueItem[], serverMicros: number): Sounding | null {
    const inForce = this.inForce(serverMicros);
    return inForce ? soundingAt({ timeline: inForce, queue }, serverMicros) : null;
  }

  /** Forgets what was over before this server time. */
  forget(beforeMicros: number): void {
    while (this.timelines.length > 1 && (this.timelines[1] as Timeline).atMicros < beforeMicros) this.timelines.shift();
  }
}
