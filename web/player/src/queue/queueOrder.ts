import type { Command, QueueItem } from "@tutti/sync";

/** The keys of the queue, for the help. */
export const queueKeyHelp = [
  { keys: ["↑", "↓"], does: "Another entry" },
  { keys: ["Enter"], does: "Play it" },
  { keys: ["Delete"], does: "Take out of the queue" },
  { keys: ["Alt", "↓"], does: "Move in the queue" },
] as const;

/** The command that moves an item by some places, or null when it would leave the queue or stay. */
export function moveBy(queue: readonly QueueItem[], itemId: string, places: number): Command | null {
  const from = queue.findIndex((item) => item.id === itemId);
  return from < 0 ? null : moveTo(queue, itemId, from + places);
}

/** The same for a place in the queue; `toIndex` is where the item stands afterwards. */
export function moveTo(queue: readonly QueueItem[], itemId: string, toIndex: number): Command | null {
  const from = queue.findIndex((item) => item.id === itemId);
  if (from < 0 || toIndex === from || toIndex < 0 || toIndex >= queue.length) return null;
  return { type: "queueMove", itemId, toIndex };
}

/** Where a row that is dragged by so many pixels would be dropped. */
export function dropIndex(from: number, draggedPx: number, rowPx: number, length: number): number {
  return Math.min(length - 1, Math.max(0, from + Math.round(draggedPx / rowPx)));
}

/** How far a dragged row is shown from its place: as far as the pointer, but not beyond the list, which would grow by it. CSS pixels. */
export function liftedPx(from: number, draggedPx: number, rowPx: number, length: number): number {
  return Math.min((length - 1 - from) * rowPx, Math.max(-from * rowPx, draggedPx));
}

/** How far a row steps aside, in rows, while another is dragged over it: −1, 0 or 1. */
export function sidestep(index: number, from: number, to: number): number {
  if (from < index && index <= to) return -1;
  if (to <= index && index < from) return 1;
  return 0;
}

/** Before which row something lands that is let go so far below the list's beginning; `length`: behind the last. */
export function insertIndex(offsetPx: number, rowPx: number, length: number): number {
  return Math.min(length, Math.max(0, Math.round(offsetPx / rowPx)));
}
