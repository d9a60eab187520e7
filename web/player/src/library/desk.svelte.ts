import { plural } from "../look/format.ts";
import type { MenuItem } from "../look/Menu.svelte";
import { said } from "../look/said.ts";
import type { LiveRoom } from "../room/liveRoom.svelte.ts";
import { enqueueCommands, fitting, type Manner, queueTracks } from "./enqueue.ts";
import type { Music } from "./music.ts";

/** What can be done with music of the library in a room: play it, queue it, carry it to the queue, offer a menu for it. */
export class LibraryDesk {
  readonly room: LiveRoom;
  /** What is being dragged. */
  carried = $state.raw<Music | null>(null);
  /** The open menu, and where it stands, CSS pixels of the window. */
  menu = $state.raw<{ readonly items: readonly MenuItem[]; readonly x: number; readonly y: number } | null>(null);
  /** What is to be put into a playlist. */
  listing = $state.raw<Music | null>(null);

  constructor(room: LiveRoom) {
    this.room = room;
  }

  /** Why the person here may not; null: they may. */
  whyNot(manner: Manner): string | null {
    if (manner === "play") return this.room.whyNot("play", "skip", "add");
    return manner === "end" ? this.room.whyNot("add") : this.room.whyNot("add", "reorder");
  }

  async enqueue(music: Music, manner: Manner): Promise<void> {
    try {
      const all = await music.trackIds(queueTracks);
      if (all.length === 0) {
        this.room.toasts.add("info", "There is nothing in it that can be played.");
        return;
      }
      const ids = fitting(all, this.room.state?.queue.length ?? 0);
      for (const command of enqueueCommands(ids, manner)) if (!(await this.room.send(command))) return;
      this.#confirm(music, manner, ids.length, all.length);
    } catch (error) {
      this.room.toasts.add("error", said(error));
    }
  }

  /** The entries that every menu for music begins with. */
  itemsFor(music: Music): readonly MenuItem[] {
    return [
      { label: "Play now", icon: "play", refused: this.whyNot("play"), act: () => void this.enqueue(music, "play") },
      { label: "Play next", icon: "after", refused: this.whyNot("next"), act: () => void this.enqueue(music, "next") },
      { label: "Add to queue", icon: "plus", refused: this.whyNot("end"), act: () => void this.enqueue(music, "end") },
      { label: "Add to playlist…", icon: "playlist", act: () => (this.listing = music) },
    ];
  }

  /** Opens a menu where the pointer is, or at the element that asked when it was the keyboard. */
  openMenu(event: MouseEvent, items: readonly MenuItem[]): void {
    event.preventDefault();
    event.stopPropagation();
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const byPointer = event.type === "contextmenu" && (event.clientX !== 0 || event.clientY !== 0);
    this.menu = { items, x: byPointer ? event.clientX : box.right - 8, y: byPointer ? event.clientY : box.bottom - 8 };
  }

  carry(event: DragEvent, music: Music): void {
    if (!event.dataTransfer) return;
    event.dataTransfer.effectAllowed = "copy";
    event.dataTransfer.setData("text/plain", music.name);
    this.carried = music;
  }

  #confirm({ name }: Music, manner: Manner, added: number, all: number): void {
    if (added < all) this.room.toasts.add("warning", `The queue took the first ${plural(added, "track")} of ${all.toLocaleString("en")}.`);
    else if (manner === "next") this.room.toasts.add("info", `Next: ${name}`);
    else if (manner !== "play") this.room.toasts.add("info", `Added: ${name}`);
  }
}
