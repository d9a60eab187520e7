import type { LiveRoom } from "./liveRoom.svelte.ts";
import type { Doing } from "./rights.ts";
import { focusKind, type ShortcutAction, shortcutFor } from "./shortcuts.ts";

export interface PageActions {
  readonly search: () => void;
  readonly help: () => void;
}

const seekSeconds = 5;
const volumeStep = 5;

/** What a key does that takes rights; the others are everybody's. */
const doingOf: Readonly<Partial<Record<ShortcutAction, Doing>>> = {
  toggle: "toggle",
  next: "skip",
  previous: "skip",
  back: "seek",
  forward: "seek",
  louder: "volume",
  softer: "volume",
};

/** Whether a dialog or a menu is open: the keys are its own. */
function isOverlaid(): boolean {
  return document.querySelector("dialog[open]") !== null || document.activeElement?.closest("[popover]") != null;
}

/** Does what a key asks for, or says why it may not be done, and keeps the browser from scrolling by it. */
export function runShortcut(event: KeyboardEvent, room: LiveRoom, page: PageActions): void {
  if (event.defaultPrevented || isOverlaid()) return;
  const { key, ctrlKey, metaKey, altKey } = event;
  const action = shortcutFor({ key, ctrlKey, metaKey, altKey, target: focusKind(document.activeElement as HTMLInputElement | null) });
  if (!action) return;
  event.preventDefault();
  const doing = doingOf[action];
  if (doing && !room.lets(doing)) return;
  switch (action) {
    case "toggle":
      return void room.toggle();
    case "next":
    case "previous":
      return void room.send({ type: action });
    case "back":
      return void room.seekBy(-seekSeconds);
    case "forward":
      return void room.seekBy(seekSeconds);
    case "louder":
    case "softer":
      return void room.setVolume((room.state?.volume ?? 0) + (action === "louder" ? volumeStep : -volumeStep));
    case "mute":
      return room.toggleMute();
    case "search":
      return page.search();
    case "help":
      return page.help();
  }
}
