import { describe, expect, it, vi } from "vitest";
import { needlePlace } from "../../src/devices/needlePlace.ts";
import { inOrder } from "../../src/devices/inOrder.ts";
import { readRoomCode, roomTitle, spacedCode } from "../../src/home/roomCode.ts";
import { routeOf } from "../../src/pages/route.ts";
import { bannerOf, hasOwnPage, isAtDoor, isOut, isReplaced, isRoomMissing, isSignedOut } from "../../src/room/banner.ts";
import { nextDrawMs } from "../../src/room/nextDraw.ts";
import { paced } from "../../src/room/paced.ts";
import { focusKind, shortcutFor, shortcuts } from "../../src/room/shortcuts.ts";
import { syncQuality } from "../../src/room/syncQuality.ts";
import { canStep, currentIndex, currentItem, remainingSeconds, toggleCommand, toggleLabel } from "../../src/room/transport.ts";
import { FakeSession, fakeItem, fakeReport, fakeState } from "../standin/fakeSession.ts";

const queue = [0, 1, 2].map((n) => fakeItem(n));
const stopped = fakeState("HOME", queue);
const playing = { ...stopped, status: "playing" as const, timeline: { itemId: "q1", positionMicros: 0, rate: 1 as const, atMicros: 0 } };
const paused = { ...playing, status: "paused" as const, timeline: { ...playing.timeline, rate: 0 as const } };
const pending = { itemId: "q2", positionMicros: 0, rate: 1 as const, sinceMicros: 0, deadlineMicros: 1 };
const preparing = { ...stopped, status: "preparing" as const, pending };

describe("transport", () => {
  it.each([
    ["no state", null, "Play", null],
    ["an empty queue", fakeState("HOME", []), "Play", null],
    ["stopped", stopped, "Play", { type: "play" }],
    ["paused", paused, "Play", { type: "resume" }],
    ["playing", playing, "Pause", { type: "pause" }],
    ["preparing", preparing, "Pause", { type: "pause" }],
  ] as const)("with %s the button does the right thing", (_, state, label, command) => {
    expect(toggleLabel(state)).toBe(label);
    expect(toggleCommand(state)).toEqual(command);
  });

  it("shows the pending item before it sounds", () => {
    expect(currentItem(preparing)?.id).toBe("q2");
    expect(currentIndex(playing)).toBe(1);
    expect(currentItem(stopped)).toBeNull();
  });

  it("leads nowhere past the last item that can sound", () => {
    const last = fakeItem(2, { fault: { code: 5003, name: "trackVanished", message: "gone" } });
    expect(canStep(playing)).toEqual({ previous: true, next: true });
    expect(canStep({ ...playing, queue: [...queue.slice(0, 2), last] })).toEqual({ previous: true, next: false });
    expect(canStep(null)).toEqual({ previous: false, next: false });
  });

  it("adds up what is to come without what cannot sound", () => {
    expect(remainingSeconds(playing)).toBe((queue[2]?.track.durationMicros ?? 0) / 1e6);
    const station = fakeItem(3);
    const withStation = { ...playing, queue: [...queue, { ...station, track: { ...station.track, durationMicros: 9e15, live: true } }] };
    expect(remainingSeconds(withStation)).toBe(remainingSeconds(playing));
  });
});

describe("sync quality", () => {
  it.each([
    [null, "none", "No sound"],
    [fakeReport({ output: "off" }), "none", "No sound"],
    [fakeReport({ output: "starting" }), "none", "Starting"],
    [fakeReport({ syncErrorMs: null }), "none", "Ready"],
    [fakeReport({ syncErrorMs: -0.9 }), "good", "In time"],
    [fakeReport({ syncErrorMs: 7 }), "fair", "Close"],
    [fakeReport({ syncErrorMs: -80 }), "bad", "Off"],
  ] as const)("says it in words", (report, level, label) => expect(syncQuality(report)).toEqual({ level, label }));

  it("puts the needle in the middle, to the sides and never beyond the ends", () => {
    expect(needlePlace(0)).toBe(0.5);
    expect(needlePlace(1)).toBeGreaterThan(needlePlace(0.1));
    expect(needlePlace(-1) + needlePlace(1)).toBeCloseTo(1);
    expect([needlePlace(-9e9), needlePlace(9e9)]).toEqual([0, 1]);
  });
});

describe("banner", () => {
  const at = (part: object) => ({ status: "open", attempt: 0, retryInMs: null, error: null, ...part }) as Parameters<typeof bannerOf>[0];

  it.each([
    [at({}), 0, null],
    [at({ status: "connecting" }), 0, { kind: "quiet", text: "Connecting…" }],
    [at({ status: "reconnecting", retryInMs: 4000 }), 1500, { kind: "trouble", text: "The connection was lost. Next try in 3 s." }],
    [at({ status: "reconnecting", retryInMs: 4000 }), 9000, { kind: "trouble", text: "Connecting again…" }],
    [at({ status: "closed" }), 0, { kind: "ended", text: "The connection was closed." }],
  ] as const)("says how the connection is", (connection, since, banner) => expect(bannerOf(connection, since)).toEqual(banner));

  it("knows another tab and a missing room by their errors", () => {
    const replaced = at({ status: "closed", error: { code: 4001, name: "replaced", message: "" } });
    expect(isReplaced(replaced)).toBe(true);
    expect(bannerOf(replaced, 0)?.text).toMatch(/another tab/);
    for (const [code, name] of [
      [2103, "joinNeeded"],
      [2104, "roomLocked"],
      [2107, "inviteNeeded"],
      [2108, "passwordNeeded"],
      [6001, "signInNeeded"],
      [6008, "guestElsewhere"],
    ] as const)
      expect(isAtDoor(at({ status: "closed", error: { code, name, message: "" } }))).toBe(true);
    expect(isAtDoor(at({ status: "closed", error: { code: 2105, name: "banned", message: "" } }))).toBe(false);
    for (const [code, name] of [
      [2105, "banned"],
      [2106, "kicked"],
      [2114, "roomClosed"],
    ] as const)
      expect(isOut(at({ status: "closed", error: { code, name, message: "" } }))).toBe(true);
    expect(isOut(replaced)).toBe(false);
    expect([6001, 6005, 6006].map((code) => isSignedOut(at({ status: "closed", error: { code, name: "", message: "" } })))).toEqual([
      false,
      true,
      true,
    ]);
    expect([2001, 2103, 2106, 2101, 3001].filter(hasOwnPage)).toEqual([2001, 2103, 2106]);
    expect(isRoomMissing(at({ status: "closed", error: { code: 2001, name: "roomNotFound", message: "" } }))).toBe(true);
  });
});

describe("shortcuts", () => {
  const press = (key: string, part: object = {}) =>
    shortcutFor({ key, ctrlKey: false, metaKey: false, altKey: false, target: "none", ...part });

  it("knows every key that the help lists", () => {
    const names: Record<string, string> = { Space: " ", "←": "ArrowLeft", "→": "ArrowRight", "↑": "ArrowUp", "↓": "ArrowDown" };
    for (const { keys, action } of shortcuts) for (const key of keys) expect(press(names[key] ?? key)).toBe(action);
  });

  it("keeps out of the way of typing, of controls and of the browser's own keys", () => {
    expect(press("n", { target: "text" })).toBeNull();
    expect(press(" ", { target: "control" })).toBeNull();
    expect(press("ArrowUp", { target: "control" })).toBeNull();
    expect(press("n", { target: "control" })).toBe("next");
    expect(press("n", { ctrlKey: true })).toBeNull();
    expect(press("N")).toBe("next");
    expect(press("q")).toBeNull();
  });

  it("tells fields from controls and from the page", () => {
    expect(focusKind(null)).toBe("none");
    expect(focusKind({ tagName: "BODY" })).toBe("none");
    expect(focusKind({ tagName: "INPUT", type: "search" })).toBe("text");
    expect(focusKind({ tagName: "INPUT", type: "range" })).toBe("control");
    expect(focusKind({ tagName: "BUTTON" })).toBe("control");
    expect(focusKind({ tagName: "DIV", isContentEditable: true })).toBe("text");
  });
});

describe("addresses", () => {
  it.each([
    ["/", "", { page: "home" }],
    ["/r/home", "", { page: "room", code: "HOME" }],
    ["/r/K7WQ3M/", "", { page: "room", code: "K7WQ3M" }],
    ["/r/%zz", "", { page: "room", code: "%ZZ" }],
    ["/test-client", "", { page: "testClient", code: "HOME" }],
    ["/test-client", "?room=k7wq3m", { page: "testClient", code: "K7WQ3M" }],
    ["/r", "", { page: "unknown" }],
    ["/r/a/b", "", { page: "unknown" }],
  ] as const)("%s%s", (path, search, route) => expect(routeOf(path, search)).toEqual(route));

  it.each([
    ["k7w q3m", "K7WQ3M"],
    ["home", "HOME"],
    ["mine", "MINE"],
    ["http://192.168.1.4:3000/r/K7WQ3M?x=1", "K7WQ3M"],
    ["K7WQ3O", null],
    ["K7WQ3", null],
    ["", null],
  ])("reads a typed code %j as %s", (typed, code) => expect(readRoomCode(typed)).toBe(code));

  it.each([
    ["HOME", "Home", "Home"],
    ["K7WQ3M", "Friday night", "Friday night"],
    ["K7WQ3M", "K7WQ3M", "Room K7W Q3M"],
    ["HOME", undefined, "Home"],
    ["MINE", undefined, "My devices"],
  ])("calls room %s named %s “%s”", (code, name, title) => expect(roomTitle(code, name)).toBe(title));

  it("shows a code in two groups", () => expect([spacedCode("K7WQ3M"), spacedCode("HOME")]).toEqual(["K7W Q3M", "HOME"]));
});

describe("devices", () => {
  it("stand in order: this one with its own figures, those with sound, those without, those away", () => {
    const session = new FakeSession({ room: "HOME", device: { id: "me", name: "Me", kind: "browser" } }, () => 0);
    void session.join();
    const shown = inOrder(session.view);
    expect(shown.map((device) => device.id)).toEqual(["me", "hifi", "kitchen-tablet", "phone", "bedroom"]);
    expect(shown[0]?.report?.syncErrorMs).toBe(session.view.output.syncErrorMs);
  });
});

describe("paced", () => {
  it("sends the newest of many at once and always the last", async () => {
    vi.useFakeTimers();
    const sent: number[] = [];
    const send = paced(100, (value: number) => Promise.resolve(sent.push(value)));
    for (const value of [1, 2, 3]) send(value);
    await vi.advanceTimersByTimeAsync(100);
    send(4);
    await send.last(5);
    await vi.advanceTimersByTimeAsync(500);
    expect(sent).toEqual([3, 5]);
    vi.useRealTimers();
  });
});

describe("seek bar", () => {
  it.each([
    [10.2, 200, 400, 250],
    [10.9, 200, 400, 101],
    [3599.5, 7200, 300, 501],
    [1, 2, 400, 40],
    [0, 0, 400, 1000],
  ])("at %d s of %d s over %d px is drawn again after %d ms", (at, duration, width, ms) =>
    expect(nextDrawMs(at, duration, width)).toBeCloseTo(ms, 6),
  );
});
