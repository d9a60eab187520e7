import type { RoomState } from "@tutti/sync";
import { debounced } from "../look/debounced.ts";
import type { LiveRoom } from "./liveRoom.svelte.ts";

type Track = RoomState["queue"][number]["track"];
type Status = RoomState["status"];

/** Drawing the picture keeps the browser busy: it waits until the sound has begun. */
const SETTLED_MS = 2_500;

/** Gives the system's media keys and lock screen the room, where the browser has them. Returns what takes it back. */
export function connectMediaKeys(room: LiveRoom): () => void {
  if (!("mediaSession" in navigator)) return () => {};
  const keys = navigator.mediaSession;
  const handlers: readonly (readonly [MediaSessionAction, MediaSessionActionHandler])[] = [
    ["play", () => room.lets("toggle") && void room.toggle()],
    ["pause", () => room.lets("stop") && void room.send({ type: "pause" })],
    ["nexttrack", () => room.lets("skip") && void room.send({ type: "next" })],
    ["previoustrack", () => room.lets("skip") && void room.send({ type: "previous" })],
    ["stop", () => room.lets("stop") && void room.send({ type: "stop" })],
    [
      "seekto",
      ({ seekTime }) =>
        seekTime !== undefined && room.lets("seek") && void room.send({ type: "seek", positionMicros: Math.round(seekTime * 1e6) }),
    ],
  ];
  for (const [action, handler] of handlers) setHandler(keys, action, handler);
  return () => {
    for (const [action] of handlers) setHandler(keys, action, null);
    keys.metadata = null;
  };
}

/** Shows what sounds on the system's media keys and lock screen, once it has stayed for `SETTLED_MS`. */
export class MediaKeysDisplay {
  private shown = "";
  private readonly drawLater = debounced(SETTLED_MS, draw);

  /** To be called whenever the item or the status may have changed. */
  show(track: Track | null, status: Status | undefined): void {
    if (!("mediaSession" in navigator)) return;
    const name = `${track?.id} ${status}`;
    if (name === this.shown) return;
    this.shown = name;
    this.drawLater(track, status);
  }

  stop(): void {
    this.drawLater.cancel();
  }
}

function draw(track: Track | null, status: Status | undefined): void {
  navigator.mediaSession.metadata = track
    ? new MediaMetadata({
        title: track.title,
        artist: track.artist,
        album: track.album,
        artwork: track.coverUrl ? [{ src: track.coverUrl }] : [],
      })
    : null;
  navigator.mediaSession.playbackState = !track ? "none" : status === "playing" ? "playing" : "paused";
}

/** A browser that does not know an action throws; the others still count. */
function setHandler(keys: MediaSession, action: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
  try {
    keys.setActionHandler(action, handler);
  } catch {
    return;
  }
}
