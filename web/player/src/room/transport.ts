import type { Command, QueueItem, RoomState } from "@tutti/sync";

/** The item that sounds, is held, or is about to sound. */
export function currentItem(state: RoomState | null): QueueItem | null {
  const id = state?.pending?.itemId ?? state?.timeline.itemId;
  return (id && state?.queue.find((item) => item.id === id)) || null;
}

export function currentIndex(state: RoomState | null): number {
  const item = currentItem(state);
  return item ? (state?.queue.indexOf(item) ?? -1) : -1;
}

/** What the big button does now: its accessible name. A play that is being got ready can be taken back. */
export function toggleLabel(state: RoomState | null): "Play" | "Pause" {
  return state?.status === "playing" || (state?.status === "preparing" && state.pending?.rate === 1) ? "Pause" : "Play";
}

/** The command behind the big button; null when there is nothing to play yet and the library must be asked first. */
export function toggleCommand(state: RoomState | null): Command | null {
  if (toggleLabel(state) === "Pause") return { type: "pause" };
  if (state?.status === "paused") return { type: "resume" };
  return state?.queue.length ? { type: "play" } : null;
}

/** Where `previous` and `next` would lead: the buttons are dimmed when it is nowhere. */
export function canStep(state: RoomState | null): { readonly previous: boolean; readonly next: boolean } {
  const at = currentIndex(state);
  if (!state || at < 0) return { previous: false, next: false };
  return { previous: true, next: state.queue.slice(at + 1).some((item) => item.fault === null) };
}

/** What stands for a length that no device has found out yet, µs (docs/protocol.md §4). */
const unknownMicros = 86_400_000_000;

/** Whether a track's `durationMicros` is a length, and not a bound. */
export function hasLength(track: QueueItem["track"]): boolean {
  return !track.live && track.durationMicros !== unknownMicros;
}

/** Seconds still to come after the current place of the current item, for "12 to come · 43 min". */
export function remainingSeconds(state: RoomState | null): number {
  const at = currentIndex(state);
  if (!state) return 0;
  return state.queue
    .slice(at + 1)
    .reduce(
      (sum, item) => sum + (item.fault || !hasLength(item.track) ? 0 : (item.track.durationMicros - (item.overlapMicros ?? 0)) / 1e6),
      0,
    );
}
