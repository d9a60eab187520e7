/** Arithmetic on the timing vector (docs/protocol.md §4), the twin of C#'s Timeline and Playout (spec/timeline.json). Server time, µs. */
import type { QueueItem, Timeline } from "../messages.ts";

/** What the arithmetic needs of a queue item. */
type PlayoutItem = Pick<QueueItem, "id" | "fault" | "overlapMicros"> & { readonly track: Pick<QueueItem["track"], "durationMicros"> };

/** Place in the item at a server time, µs. Before `atMicros` and after the item's end it goes on in a straight line; `soundingAt` says what sounds. */
export function positionAt(timeline: Timeline, serverMicros: number): number {
  return timeline.positionMicros + timeline.rate * (serverMicros - timeline.atMicros);
}

/** Server time at which the item ends; null while held. */
export function endsAt(timeline: Timeline, durationMicros: number): number | null {
  return timeline.rate === 0 ? null : timeline.atMicros + Math.max(0, durationMicros - timeline.positionMicros);
}

/**
 * The timeline that follows by itself: the next sound item from its start at the very end of the current one, or its overlap earlier, though
 * never before the timeline's own instant; at the end of the queue the current item, held at its end. Null when nothing moves or the item is not in the queue.
 */
export function nextBoundary(timeline: Timeline, queue: readonly PlayoutItem[]): Timeline | null {
  const index = queue.findIndex((i) => i.id === timeline.itemId);
  const current = queue[index];
  const endMicros = current ? endsAt(timeline, current.track.durationMicros) : null;
  if (!current || endMicros === null) return null;
  const next = queue.slice(index + 1).find((i) => i.fault === null);
  return next
    ? { itemId: next.id, positionMicros: 0, rate: 1, atMicros: Math.max(timeline.atMicros, endMicros - (next.overlapMicros ?? 0)) }
    : { itemId: current.id, positionMicros: current.track.durationMicros, rate: 0, atMicros: endMicros };
}

export interface Sounding {
  readonly itemId: string | null;
  readonly positionMicros: number;
  /** False while held, before the timeline's own instant, and when the queue has come to its end. */
  readonly moving: boolean;
}

/** What sounds (or is held) at a server time: follows the queue past the ends of items. */
export function soundingAt(state: { readonly timeline: Timeline; readonly queue: readonly PlayoutItem[] }, serverMicros: number): Sounding {
  let timeline = state.timeline;
  for (;;) {
    const { itemId, positionMicros, rate, atMicros } = timeline;
    if (rate === 0 || itemId === null || serverMicros < atMicros) return { itemId, positionMicros, moving: false };
    const boundary = nextBoundary(timeline, state.queue);
    if (!boundary || serverMicros < boundary.atMicros) return { itemId, positionMicros: positionAt(timeline, serverMicros), moving: true };
    timeline = boundary;
  }
}
