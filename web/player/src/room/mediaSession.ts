import type { LiveRoom } from "./liveRoom.svelte.ts";

/** Gives the system's media keys and lock screen the room, where the browser has them. Returns what takes it back. */
export function connectMediaKeys(room: LiveRoom): () => void {
  if (!("mediaSession" in navigator)) return () => {};
  const keys = navigator.mediaSession;
  const handlers: readonly (readonly [MediaSessionAction, MediaSessionActionHandler])[] = [
    ["play", () => void room.toggle()],
    ["pause", () => void room.send({ type: "pause" })],
    ["nexttrack", () => void room.send({ type: "next" })],
    ["previoustrack", () => void room.send({ type: "previous" })],
    ["stop", () => void room.send({ type: "stop" })],
    ["seekto", ({ seekTime }) => seekTime !== undefined && void room.send({ type: "seek", positionMicros: Math.round(seekTime * 1e6) })],
  ];
  for (const [action, handler] of handlers) setHandler(keys, action, handler);
  return () => {
    for (const [action] of handlers) setHandler(keys, action, null);
    keys.metadata = null;
  };
}

/** Shows what sounds now; to be called when the item or the status changed. */
export function showOnMediaKeys(room: LiveRoom): void {
  if (!("mediaSession" in navigator)) return;
  const track = room.current?.track;
  navigator.mediaSession.metadata = track
    ? new MediaMetadata({
        title: track.title,
        artist: track.artist,
        album: track.album,
        artwork: track.coverUrl ? [{ src: track.coverUrl }] : [],
      })
    : null;
  navigator.mediaSession.playbackState = !track ? "none" : room.state?.status === "playing" ? "playing" : "paused";
}

/** A browser that does not know an action throws; the others still count. */
function setHandler(keys: MediaSession, action: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
  try {
    keys.setActionHandler(action, handler);
  } catch {
    return;
  }
}
