/** Arithmetic on the timing vector (docs/protocol.md §4). Server time, µs. */
import type { QueueItem, RoomState, Timeline } from "../messages.ts";

/** Place in the item at a server time, µs; before `atMicros` the vector is not in force yet and its start is answered. */
export function positionAt(timeline: Timeline, serverMicros: number): number {
  return timeline.positionMicros + timeline.rate * Math.max(0, serverMicros - timeline.atMicros);
}

/** Server time at which the item ends; null while held. */
export function endsAt(timeline: Timeline, durationMicros: number): number | null {
  return timeline.rate === 0 ? null : timeline.atMicros + Math.max(0, durationMicros - timeline.positionMicros);
}

export interface Sounding {
  readonly item: QueueItem | null;
  readonly positionMicros: number;
}

/** What sounds (or is held) at a server time: follows the queue past the ends of items. */
export function soundingAt(state: RoomState, serverMicros: number): Sounding {
  const { timeline, queue } = state;
  let index = queue.findIndex((i) => i.id === timeline.itemId);
  let item = queue[index] ?? null;
  if (!item) return { item: null, positionMicros: 0 };
  let positionMicros = positionAt(timeline, serverMicros);
  if (timeline.rate === 0) return { item, positionMicros: Math.min(positionMicros, item.track.durationMicros) };
  while (positionMicros >= item.track.durationMicros) {
    positionMicros -= item.track.durationMicros;
    do index++;
    while (queue[index]?.fault);
    const next: QueueItem | undefined = queue[index];
    if (!next) return { item: null, positionMicros: 0 };
    item = next;
  }
  return { item, positionMicros };
}
