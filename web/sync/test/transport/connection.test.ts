import { beforeEach, describe, expect, it } from "vitest";
import type { ServerMessage } from "../../src/messages.ts";
import { Connection } from "../../src/transport/connection.ts";
import { held, room } from "../timeline/states.ts";
import { FakeSockets } from "../world/fake-sockets.ts";
import { VirtualTime } from "../world/virtual-time.ts";

const state = room(held(null, 0, 0), []);
const snapshot = { type: "snapshot", deviceId: "d", serverMicros: 0, settings: {}, state, seal: "s1", devices: [] };

let time: VirtualTime;
let sockets: FakeSockets;
let received: ServerMessage[];
let greetings: number;
let traffic: string[];
let connection: Connection;

beforeEach(() => {
  time = new VirtualTime();
  sockets = new FakeSockets();
  received = [];
  traffic = [];
  greetings = 0;
  connection = new Connection(
    { url: "ws://here/ws", room: "HOME", device: () => ({ id: "device-1", name: "Kitchen", kind: "browser" }) },
    {
      onMessage: (message) => received.push(message),
      onGreeted: () => greetings++,
      onChange: () => undefined,
      onTraffic: (direction, type) => traffic.push(`${direction} ${type}`),
    },
    time,
    time.page,
    sockets.open,
    () => 0,
  );
  connection.open();
});

function accept(): void {
  sockets.newest.events.onOpen();
  sockets.newest.say(snapshot);
}

describe("the greeting", () => {
  it("is the first thing said, and names room and device", () => {
    expect(connection.send({ type: "resync" })).toBe(false);
    sockets.newest.events.onOpen();
    expect(sockets.newest.messages).toEqual([
      { type: "hello", protocol: 1, room: "HOME", device: { id: "device-1", name: "Kitchen", kind: "browser" } },
    ]);
    expect(greetings).toBe(1);
    expect(connection.isOpen).toBe(false);
  });

  it("is answered by the snapshot: then the line is open", () => {
    expect(connection.view.status).toBe("connecting");
    accept();
    expect(connection.isOpen).toBe(true);
    expect(received).toHaveLength(1);
    expect(traffic).toEqual(["out hello", "in snapshot"]);
    expect(connection.send({ type: "resync" })).toBe(true);
    expect(sockets.newest.messages.at(-1)).toEqual({ type: "resync" });
  });

  it("carries the newest frame that held a state, letter for letter", async () => {
    accept();
    const frame = `{"seal":"s2",  "type":"state","state":${JSON.stringify({ ...state, version: 9 })}}`;
    sockets.newest.events.onText(frame);
    sockets.newest.say({ type: "devices", devices: [] });
    sockets.newest.end(1006);
    await time.run(500);
    sockets.newest.events.onOpen();
    expect(sockets.newest.messages[0]?.handover).toBe(frame);
  });

  it("hands over a snapshot too, when no state came after it", async () => {
    accept();
    sockets.newest.end(1006);
    await time.run(500);
    sockets.newest.events.onOpen();
    expect(sockets.newest.messages[0]?.handover).toBe(JSON.stringify(snapshot));
  });

  it("leaves the hand-over out when the frame would be larger than the server takes", async () => {
    accept();
    const long = { ...state, room: { code: "HOME", name: "é".repeat(600_000) } };
    sockets.newest.say({ type: "state", seal: "s2", state: long });
    sockets.newest.end(1006);
    await time.run(500);
    sockets.newest.events.onOpen();
    expect(sockets.newest.messages[0]).not.toHaveProperty("handover");
  });
});

describe("frames that make no sense", () => {
  it.each(["", "{", "[1,2]", "null", "17", '"text"', '{"no":"type"}'])("%s is passed over", (text) => {
    accept();
    expect(() => sockets.newest.events.onText(text)).not.toThrow();
    expect(connection.isOpen).toBe(true);
    sockets.newest.say({ type: "devices", devices: [] });
    expect(received.at(-1)?.type).toBe("devices");
  });
});

describe("a line that breaks", () => {
  it("is opened again after waits that double, and counts its tries", async () => {
    accept();
    sockets.newest.end(1006);
    // random() is 0: each wait is half of its full length.
    for (const [attempt, wait] of [125, 250, 500, 1000, 2000, 4000, 5000, 5000].entries()) {
      expect(connection.view).toMatchObject({ status: "reconnecting", attempt: attempt + 1, retryInMs: wait });
      const before = sockets.all.length;
      await time.run(wait - 1);
      expect(sockets.all).toHaveLength(before);
      await time.run(1);
      expect(sockets.all).toHaveLength(before + 1);
      sockets.newest.end(1006);
    }
  });

  it("starts counting anew once it was open", async () => {
    accept();
    for (let i = 0; i < 4; i++) {
      sockets.newest.end(1006);
      await time.run(10_000);
    }
    accept();
    expect(connection.view).toEqual({ status: "open", attempt: 0, retryInMs: null, error: null });
    sockets.newest.end(1006);
    expect(connection.view.retryInMs).toBe(125);
  });

  it("keeps trying through passing errors, and shows them", () => {
    accept();
    sockets.newest.say({ type: "error", code: 9002, name: "shuttingDown", message: "The server stops." });
    sockets.newest.end(1001);
    expect(connection.view).toMatchObject({ status: "reconnecting", error: { code: 9002, name: "shuttingDown" } });
  });

  it("an error from long before says nothing about this close", async () => {
    accept();
    // A code that ends it for good when it is the last word.
    sockets.newest.say({ type: "error", code: 2102, name: "hostOnly", message: "no" });
    await time.run(1_000);
    sockets.newest.say({ type: "devices", devices: [] });
    sockets.newest.end(1006);
    expect(connection.view).toMatchObject({ status: "reconnecting", error: null });
  });

  it("what an old socket still says is not heard", async () => {
    const old = sockets.newest;
    accept();
    old.end(1006);
    await time.run(200);
    const count = received.length;
    old.say({ type: "devices", devices: [] });
    old.events.onClose(1006, "");
    expect(received).toHaveLength(count);
    accept();
    expect(connection.isOpen).toBe(true);
  });
});

describe("it does not come back", () => {
  it.each([
    [2001, "roomNotFound"],
    [1008, "unsupportedProtocol"],
    [6001, "signInNeeded"],
    [6006, "credentialRevoked"],
  ])("when error %i %s will be the same next time", async (code, name) => {
    sockets.newest.events.onOpen();
    sockets.newest.say({ type: "error", code, name, message: "no" });
    sockets.newest.end(4000);
    await time.run(60_000);
    expect(sockets.all).toHaveLength(1);
    expect(connection.view).toMatchObject({ status: "closed", error: { code, name } });
  });

  it("when another window took its place", async () => {
    accept();
    sockets.newest.end(4001, "");
    await time.run(60_000);
    expect(sockets.all).toHaveLength(1);
    expect(connection.view).toMatchObject({ status: "closed", error: { name: "replaced" } });
  });

  it("when it was closed: it says good-bye first", async () => {
    accept();
    connection.close();
    expect(sockets.newest.messages.at(-1)).toEqual({ type: "bye" });
    expect(sockets.newest.closedWith).toBe(1000);
    await time.run(60_000);
    expect(sockets.all).toHaveLength(1);
    expect(connection.view.status).toBe("closed");
  });
});

describe("a line that is dead but does not say so", () => {
  it("is given up after three probe intervals and five seconds of silence", async () => {
    accept();
    for (let i = 0; i < 5; i++) {
      await time.run(2_000);
      sockets.newest.say({ type: "devices", devices: [] });
    }
    await time.run(6_400);
    expect(connection.isOpen).toBe(true);
    await time.run(200);
    expect(sockets.newest.closedWith).not.toBeNull();
    await time.run(200);
    expect(sockets.all).toHaveLength(2);
  });

  it("is not given up while anything is heard", async () => {
    accept();
    for (let i = 0; i < 30; i++) {
      await time.run(2_000);
      sockets.newest.say({ type: "devices", devices: [] });
    }
    expect(sockets.all).toHaveLength(1);
    expect(connection.isOpen).toBe(true);
  });

  it("an attempt that never opens is given up too", async () => {
    await time.run(8_500);
    expect(sockets.all.length).toBeGreaterThan(1);
    expect(connection.view.attempt).toBe(1);
  });
});

describe("hurry", () => {
  it("does not wait for the timer", async () => {
    accept();
    for (let i = 0; i < 6; i++) {
      sockets.newest.end(1006);
      if (i < 5) await time.run(10_000);
    }
    const before = sockets.all.length;
    connection.hurry();
    expect(sockets.all).toHaveLength(before + 1);
    await time.run(6_000);
    expect(sockets.all).toHaveLength(before + 1);
  });

  it("after a long sleep takes a silent line for dead at once", async () => {
    accept();
    time.stallPage(60_000);
    await time.run(30_000);
    connection.hurry();
    expect(connection.view.status).toBe("reconnecting");
  });

  it("leaves a living line alone", async () => {
    accept();
    await time.run(3_000);
    connection.hurry();
    expect(sockets.all).toHaveLength(1);
    expect(connection.isOpen).toBe(true);
  });
});
