import type { Command, RoomState } from "@tutti/sync";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveRoom } from "../../src/room/liveRoom.svelte.ts";
import { connectMediaKeys } from "../../src/room/mediaSession.ts";
import { type Doing, refusalText, rightsFor } from "../../src/room/rights.ts";
import { runShortcut } from "../../src/room/runShortcut.ts";

/** A room in which a listener may change the volume, and nothing else. */
const rights = {
  play: "dj",
  seek: "dj",
  skip: "dj",
  volume: "listener",
  add: "listener",
  reorder: "dj",
  remove: "dj",
  invite: "dj",
  kick: "dj",
};
const state = {
  room: { code: "K7WQ3M", name: "Friday", rules: { rights } },
  queue: [{ id: "i1" }],
  volume: 50,
  host: "a",
  members: [
    { id: "a", role: "host" },
    { id: "l", role: "listener" },
    { id: "d", role: "dj" },
  ],
} as unknown as RoomState;

function roomOf(me: string) {
  const did: string[] = [];
  const said: string[] = [];
  const room = {
    state,
    lets(doing: Doing) {
      const why = refusalText(rightsFor(doing, state), state, me);
      if (why !== null) said.push(why);
      return why === null;
    },
    send: async (command: Command) => !!did.push(command.type),
    toggle: async () => void did.push("toggle"),
    seekBy: async (seconds: number) => void did.push(`seekBy ${seconds}`),
    setVolume: async (volume: number) => !!did.push(`volume ${volume}`),
    toggleMute: () => void did.push("mute"),
  };
  return { room: room as unknown as LiveRoom, did, said };
}

function press(room: LiveRoom, key: string) {
  const event = { key, ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false, preventDefault() {} };
  runShortcut(event as KeyboardEvent, room, { search() {}, help() {} });
}

afterEach(() => vi.unstubAllGlobals());

describe("keys of the keyboard", () => {
  const page = (open: { dialog?: boolean; menu?: boolean } = {}) =>
    vi.stubGlobal("document", {
      querySelector: (selector: string) => (open.dialog && selector === "dialog[open]" ? {} : null),
      activeElement: open.menu ? { tagName: "BUTTON", closest: (selector: string) => (selector === "[popover]" ? {} : null) } : null,
    });
  beforeEach(() => page());

  it.each([{ dialog: true }, { menu: true }])("belong to what is open: %o", (open) => {
    page(open);
    const { room, did } = roomOf("d");
    for (const key of ["n", "m", "ArrowUp"]) press(room, key);
    expect(did).toEqual([]);
  });

  it("do nothing that the person may not do, and say why", () => {
    const { room, did, said } = roomOf("l");
    for (const key of [" ", "n", "p", "ArrowLeft", "ArrowRight"]) press(room, key);
    expect(did).toEqual([]);
    expect(said).toHaveLength(5);
    expect(said[0]).toBe("In this room it takes a DJ to play and pause.");
  });

  it("do what everybody may do", () => {
    const { room, did, said } = roomOf("l");
    for (const key of ["ArrowUp", "m"]) press(room, key);
    expect(did).toEqual(["volume 55", "mute"]);
    expect(said).toEqual([]);
  });

  it("do everything for whoever has the rights", () => {
    const { room, did } = roomOf("d");
    for (const key of [" ", "n", "p", "ArrowLeft"]) press(room, key);
    expect(did).toEqual(["toggle", "next", "previous", "seekBy -5"]);
  });
});

describe("media keys", () => {
  function handlersFor(room: LiveRoom) {
    const handlers = new Map<string, (details: { seekTime?: number }) => void>();
    vi.stubGlobal("navigator", {
      mediaSession: { setActionHandler: (action: string, handler: (details: object) => void) => handlers.set(action, handler) },
    });
    connectMediaKeys(room);
    return handlers;
  }

  it("obey the rights as buttons do", () => {
    const { room, did, said } = roomOf("l");
    const handlers = handlersFor(room);
    expect(handlers.size).toBe(6);
    for (const [, handler] of handlers) handler({ seekTime: 3 });
    expect(did).toEqual([]);
    expect(said).toHaveLength(6);
  });

  it("do everything for whoever has the rights", () => {
    const { room, did } = roomOf("d");
    for (const [, handler] of handlersFor(room)) handler({ seekTime: 3 });
    expect(did.sort()).toEqual(["next", "pause", "previous", "seek", "stop", "toggle"]);
  });
});

describe("the rights that something takes", () => {
  it("are more for a play that fills the queue", () => {
    expect(rightsFor("toggle", { ...state, queue: [] })).toEqual(["play", "skip", "add"]);
    expect(rightsFor("toggle", state)).toEqual(["play"]);
    expect(rightsFor("toggle", null)).toEqual(["play"]);
  });
});
