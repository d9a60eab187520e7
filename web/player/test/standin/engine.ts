/** Stands in for @tutti/sync so that pages can be looked at without a server: `npm run standin`. Never shipped. */
import type { QueueItem, RoomSession, SessionOptions } from "../../../sync/src/index.ts";
import { FakeSession, fakeItem } from "./fakeSession.ts";

export * from "../../../sync/src/messages.ts";
export * from "../../../sync/src/session.ts";

const titles = [
  "Lantern Street",
  "The Long Way Down to the Harbour, and Back Again",
  "Nocturne in D",
  "Paper Boats",
  "Sundays",
  "Half a Mile of Rain",
  "Copper Kettle",
  "Aubade",
];

export function openRoom(options: SessionOptions): RoomSession {
  const scene = new URLSearchParams(location.search).get("scene") ?? location.hash.slice(1);
  const queue: QueueItem[] = scene.includes("empty")
    ? []
    : titles.map((title, n) => {
        const item = fakeItem(n);
        return { ...item, track: { ...item.track, title, coverUrl: n === 4 ? null : `/api/tracks/t${n}/cover` } };
      });
  const faulty = queue[5];
  if (faulty) queue[5] = { ...faulty, fault: { code: 5003, name: "trackVanished", message: "The file is no longer there." } };
  const session = new FakeSession(options, () => performance.now() * 1000 + 5e7, queue);
  if (queue.length > 0) void session.command({ type: "changeTrack", itemId: "q1" });
  if (scene.includes("missing"))
    session.change({
      state: null,
      connection: { status: "closed", attempt: 0, retryInMs: null, error: { code: 2001, name: "roomNotFound", message: "" } },
    });
  if (scene.includes("lost")) session.change({ connection: { status: "reconnecting", attempt: 3, retryInMs: 4000, error: null } });
  if (scene.includes("replaced"))
    session.change({ connection: { status: "closed", attempt: 0, retryInMs: null, error: { code: 4001, name: "replaced", message: "" } } });
  if (scene.includes("blocked")) session.change({ output: { ...session.view.output, state: "starting", trouble: "blocked" } });
  if (scene.includes("joined")) void session.join();
  if (scene.includes("notice"))
    session.change({
      notices: [
        { level: "warning", code: 5003, message: "“Half a Mile of Rain” was passed over: its file is no longer there.", atMicros: 1 },
      ],
    });
  let n = 0;
  setInterval(() => {
    n++;
    session.log({
      direction: n % 3 ? "in" : "out",
      atDeviceMs: performance.now(),
      type: n % 3 ? "devices" : "report",
      text: JSON.stringify({ type: n % 3 ? "devices" : "report", n, devices: session.view.devices.slice(0, 1) }),
    });
    if (session.view.output.sounding) {
      const syncErrorMs = 0.06 * Math.sin(n / 4) + 0.03 * Math.sin(n / 1.7);
      session.change({ output: { ...session.view.output, syncErrorMs, ratePpm: 20 * Math.cos(n / 4) } });
    }
  }, 250);
  return session;
}
