/** Devices whose services' players follow one room: how far apart they really are. */
import { describe, expect, it } from "vitest";
import { EmbeddedDeck } from "../../src/embedded/deck.ts";
import type { RoomState } from "../../src/messages.ts";
import { percentile, Random, seeds } from "../random.ts";
import { held, item, playing, room } from "../timeline/states.ts";
import { type Manners, ServicePlayer, spotifyManners, youTubeManners } from "../world/service-player.ts";
import { VirtualTime } from "../world/virtual-time.ts";

const SERVER_MICROS = 1_795_000_000_000_000;
const video = item({ id: "v", samples: 200 * 48_000, embedded: { service: "youtube", id: "dQw4w9WgXcQ", startMicros: 5_000_000 } });
const song = item({ id: "s", samples: 200 * 48_000, embedded: { service: "spotify", id: "4cOdK2wGLETKBW3PvgPWqT" } });
const other = item({ id: "w", samples: 200 * 48_000, embedded: { service: "youtube", id: "another0000" } });
const file = item({ id: "f", samples: 30 * 48_000 });

class Device {
  readonly players: ServicePlayer[] = [];
  readonly told: string[] = [];
  readonly deck: EmbeddedDeck;
  level = 1;
  on = true;
  /** Why there can be no player. */
  refusal: string | null = null;

  constructor(
    private readonly time: VirtualTime,
    manners: Manners,
    seed: number,
  ) {
    this.deck = new EmbeddedDeck(
      (_, events) => {
        if (this.refusal) return Promise.reject(new Error(this.refusal));
        const player = new ServicePlayer(time, events, manners, new Random(seed + 100 * this.players.length));
        this.players.push(player);
        return Promise.resolve(player);
      },
      {
        ready: (itemId, positionMicros) => this.told.push(`ready ${itemId} ${positionMicros}`),
        loaded: (itemId, { durationMicros, title }) => this.told.push(`loaded ${itemId} ${durationMicros} ${title}`),
        fault: (itemId, code, message) => this.told.push(`fault ${itemId} ${code} ${message}`),
      },
    );
    time.every(20, () => {
      if (this.on) this.deck.tick({ nowMs: time.nowMs(), nowMicros: micros(time), level: this.level });
      else this.deck.rest();
    });
  }

  get player(): ServicePlayer {
    return this.players[0] as ServicePlayer;
  }
}

const micros = (time: VirtualTime) => SERVER_MICROS + Math.round(time.nowMs() * 1000);

/** A room whose states reach its devices at once. */
class Room {
  readonly time = new VirtualTime();
  readonly devices: Device[];
  private version = 0;
  state: RoomState;

  constructor(
    private readonly queue: RoomState["queue"],
    manners: Manners,
    seed = 1,
    count = 1,
  ) {
    this.devices = Array.from({ length: count }, (_, i) => new Device(this.time, manners, seed * 10 + i));
    this.state = this.put(room(held(queue[0]?.id ?? null, 0, micros(this.time)), queue));
  }

  put(state: RoomState): RoomState {
    this.state = { ...state, version: ++this.version };
    for (const { deck } of this.devices) deck.setState(this.state);
    return this.state;
  }

  prepares(itemId: string, positionMicros = 0): void {
    const sinceMicros = micros(this.time);
    this.put({ ...this.state, pending: { itemId, positionMicros, rate: 1, sinceMicros, deadlineMicros: sinceMicros + 6_000_000 } });
  }

  plays(itemId: string, positionMicros = 0, inMs = 150): void {
    this.put(room(playing(itemId, positionMicros, micros(this.time) + inMs * 1000), this.queue));
  }

  holds(itemId: string, positionMicros: number): void {
    this.put(room(held(itemId, positionMicros, micros(this.time) + 150_000), this.queue));
  }

  async starts(itemId: string, positionMicros = 0): Promise<void> {
    this.prepares(itemId, positionMicros);
    await this.time.run(1_500);
    this.plays(itemId, positionMicros);
  }

  /** How far a device's player really is from the timeline, s. */
  error(device: Device, startSeconds: number): number {
    const { positionMicros, atMicros } = this.state.timeline;
    return device.player.trueSeconds - startSeconds - (positionMicros + micros(this.time) - atMicros) / 1e6;
  }

  /** Looks every 100 ms. */
  async watch(ms: number, look: () => void): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      await this.time.run(100);
      look();
    }
  }
}

describe("two devices", () => {
  it.each([
    { service: "youtube", queue: [video], manners: youTubeManners, start: 5, medianMs: 15, p95Ms: 60 },
    { service: "spotify", queue: [song], manners: spotifyManners, start: 0, medianMs: 60, p95Ms: 150 },
  ])(
    "with $service's players are a median of $medianMs ms apart or less",
    async ({ queue, manners, start, medianMs, p95Ms }) => {
      const apart: number[] = [];
      const untruth: number[] = [];
      for (const seed of seeds(12)) {
        const world = new Room(queue, manners, seed, 2);
        const [a, b] = world.devices as [Device, Device];
        await world.starts(queue[0]?.id ?? "");
        await world.time.run(8_000);
        await world.watch(40_000, () => {
          apart.push(Math.abs(a.player.trueSeconds - b.player.trueSeconds) * 1000);
          const said = a.deck.view?.syncErrorMs;
          if (said != null) untruth.push(Math.abs(said - world.error(a, start) * 1000));
        });
      }
      expect(percentile(apart, 0.5)).toBeLessThan(medianMs);
      expect(percentile(apart, 0.95)).toBeLessThan(p95Ms);
      expect(untruth.length).toBeGreaterThan(1_000);
      expect(percentile(untruth, 0.95)).toBeLessThan(25);
    },
    30_000,
  );
});

describe("a device", () => {
  it("gets ready what the room prepares, says what it found, and plays from its place", async () => {
    const world = new Room([video, file], youTubeManners);
    const [device] = world.devices as [Device];
    await world.time.run(1_000);
    // What is held is loaded too: whoever presses play hears it soon.
    expect(device.player.calls).toEqual(["load dQw4w9WgXcQ 5"]);
    await world.starts("v", 20_000_000);
    expect(device.told).toEqual(["loaded v 200000000 Title of dQw4w9WgXcQ", "ready v 20000000"]);
    await world.time.run(6_000);
    expect(Math.abs(world.error(device, 5))).toBeLessThan(0.05);
    expect(device.deck.view).toMatchObject({ service: "youtube", sounding: true });
    expect(device.player.shown).toBe(true);
  });

  it("obeys pause, resume and seek, wherever it is with its corrections", async () => {
    const world = new Room([video], youTubeManners, 3);
    const [device] = world.devices as [Device];
    await world.starts("v");
    for (const seconds of [60, 10, 100]) {
      await world.time.run(2_300);
      world.plays("v", seconds * 1e6);
      await world.time.run(5_000);
      expect(Math.abs(world.error(device, 5))).toBeLessThan(0.06);
      world.holds("v", (seconds + 5) * 1e6);
      await world.time.run(2_500);
      expect(device.player.state).toBe("held");
      expect(Math.abs(device.player.trueSeconds - 5 - seconds - 5)).toBeLessThan(0.2);
      world.plays("v", (seconds + 5) * 1e6);
    }
    expect(device.player.calls.filter((call) => call === "pause").length).toBeLessThan(7);
  });

  it("comes back into its place after a stall", async () => {
    const world = new Room([video], youTubeManners, 4);
    const [device] = world.devices as [Device];
    await world.starts("v");
    await world.time.run(5_000);
    device.player.stall(4_000);
    await world.time.run(2_000);
    expect(device.deck.view).toMatchObject({ sounding: false, syncErrorMs: null });
    await world.time.run(9_000);
    expect(Math.abs(world.error(device, 5))).toBeLessThan(0.06);
  });

  it("is silent when its switch is off, and while something else sounds", async () => {
    const world = new Room([video, file], youTubeManners);
    const [device] = world.devices as [Device];
    await world.starts("v");
    await world.time.run(3_000);
    device.level = 0;
    await world.time.run(100);
    expect(device.player.level).toBe(0);
    world.plays("f");
    await world.time.run(1_000);
    expect([device.player.state, device.player.shown, device.deck.view]).toEqual(["held", false, null]);
  });

  it("loads what follows a file ahead of its turn, and waits for its start", async () => {
    const world = new Room([file, video], youTubeManners);
    const [device] = world.devices as [Device];
    world.plays("f");
    await world.time.run(5_000);
    expect(device.players).toHaveLength(0);
    await world.time.run(10_000);
    expect([device.player.state, device.told]).toEqual(["held", ["loaded v 200000000 Title of dQw4w9WgXcQ"]]);
    world.prepares("v");
    await world.time.run(60);
    expect(device.told.at(-1)).toBe("ready v 0");
  });

  it("goes over to another track of the same service", async () => {
    const world = new Room([video, other], youTubeManners);
    const [device] = world.devices as [Device];
    await world.starts("v");
    await world.time.run(4_000);
    await world.starts("w");
    await world.time.run(5_000);
    expect(device.players).toHaveLength(1);
    expect(device.player.calls).toContain("load another0000 0");
    expect(Math.abs(world.error(device, 0))).toBeLessThan(0.06);
  });

  it("says once what it cannot play, and tries again when somebody starts it anew", async () => {
    const world = new Room([video], { ...youTubeManners, fault: 5209 });
    const [device] = world.devices as [Device];
    world.prepares("v");
    await world.time.run(3_000);
    world.plays("v");
    await world.time.run(3_000);
    expect(device.told).toEqual(["fault v 5209 not to be had"]);
    world.prepares("v");
    await world.time.run(2_000);
    expect(device.told).toHaveLength(2);
    expect(device.player.calls.filter((call) => call.startsWith("load"))).toHaveLength(2);
  });

  it("plays on when somebody has signed in to what asked for it, but not what is gone", async () => {
    const world = new Room([song], spotifyManners);
    const [device] = world.devices as [Device];
    await world.starts("s");
    await world.time.run(5_000);
    device.player.fails(5212);
    await world.time.run(3_000);
    device.player.load("4cOdK2wGLETKBW3PvgPWqT", 0);
    await world.time.run(6_000);
    expect(device.player.state).toBe("playing");
    device.player.fails(5209);
    await world.time.run(100);
    device.player.load("4cOdK2wGLETKBW3PvgPWqT", 0);
    await world.time.run(3_000);
    expect(device.player.state).toBe("held");
  });

  it("says why it can have no player, and asks for one again at the next start only", async () => {
    const world = new Room([video], youTubeManners);
    const [device] = world.devices as [Device];
    device.refusal = "turned off";
    world.prepares("v");
    await world.time.run(3_000);
    expect(device.told).toEqual(["fault v 5210 turned off"]);
    device.refusal = null;
    world.prepares("v");
    await world.time.run(2_000);
    expect(device.told.at(-1)).toBe("ready v 0");
  });

  it("falls silent when its output is turned off, and closes its players with the page", async () => {
    const world = new Room([video], youTubeManners);
    const [device] = world.devices as [Device];
    await world.starts("v");
    await world.time.run(3_000);
    device.on = false;
    await world.time.run(500);
    expect([device.player.state, device.player.shown, device.deck.view]).toEqual(["held", false, null]);
    device.deck.close();
    expect(device.player.calls.at(-1)).toBe("close");
  });
});
