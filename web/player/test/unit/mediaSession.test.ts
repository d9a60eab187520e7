import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MediaKeysDisplay } from "../../src/room/mediaSession.ts";

const track = { id: "t1", title: "Air", artist: "Bach", album: "Suite", durationMicros: 1e6, coverUrl: "/cover" };

class Metadata {
  constructor(readonly init: { title: string; artwork: readonly unknown[] }) {}
}

const session: { metadata: Metadata | null; playbackState: string } = { metadata: null, playbackState: "none" };

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(session, { metadata: null, playbackState: "none" });
  vi.stubGlobal("navigator", { mediaSession: session });
  vi.stubGlobal("MediaMetadata", Metadata);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what sounds is shown once it has stayed, however often it is told", () => {
  const display = new MediaKeysDisplay();
  for (let at = 0; at < 2_400; at += 200) {
    display.show(track, "playing");
    expect(session.metadata).toBeNull();
    vi.advanceTimersByTime(200);
  }
  vi.advanceTimersByTime(200);
  expect(session.metadata?.init.title).toBe("Air");
  expect(session.playbackState).toBe("playing");
});

test("what was passed by is not shown, and nothing is after the page was left", () => {
  const display = new MediaKeysDisplay();
  display.show(track, "playing");
  vi.advanceTimersByTime(1_000);
  display.show({ ...track, id: "t2", title: "Gigue" }, "paused");
  vi.advanceTimersByTime(2_500);
  expect(session.metadata?.init.title).toBe("Gigue");
  expect(session.playbackState).toBe("paused");
  display.show(null, "stopped");
  display.stop();
  vi.advanceTimersByTime(5_000);
  expect(session.metadata?.init.title).toBe("Gigue");
});
