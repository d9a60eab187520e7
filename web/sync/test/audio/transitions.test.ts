/** Transitions in the simulated world happen at their very instant, with the short fades of the renderer and nothing else. */
import { describe, expect, it } from "vitest";
import type { RoomState, Timeline } from "../../src/messages.ts";
import { held, playing, room } from "../timeline/states.ts";
import type { Moment } from "../world/ear.ts";
import { Player } from "../world/player.ts";
import { LOUDNESS } from "../world/track.ts";

const MINUTES = 48_000 * 60;
/** The young output clock may be off by this much, ms. */
const NEAR_MS = 0.6;
const FADE_MS = 6;

class Room {
  private version = 1;
  private newest: RoomState | null = null;

  constructor(readonly player: Player) {}

  /** Has the device fetch a place that a transition will go to. */
  async prepare(itemId: string, positionMicros: number): Promise<void> {
    const { player } = this;
    const now = Math.round(player.serverMicros());
    const pending = { itemId, positionMicros, rate: 1, sinceMicros: now, deadlineMicros: now + 2_000_000 } as const;
    player.engine.setState({ ...(this.newest as RoomState), version: this.version++, pending }, player.nowMs);
    await player.run(200);
    expect(player.ready).toContainEqual(pending);
  }

  /** Says a timeline that comes into force after a lead; when that is, true ms. */
  say(timeline: (atMicros: number) => Timeline, leadMs = 150): number {
    const at = Math.round(this.player.serverMicros() + leadMs * 1000);
    const state: RoomState = room(timeline(at), [this.player.item("a"), this.player.item("b")], this.version++);
    this.player.say(state);
    this.newest = state;
    return this.player.trueMs(at);
  }
}

async function joined(): Promise<Room> {
  const tracks = [
    { key: "key-a", samples: 3 * MINUTES },
    { key: "key-b", samples: 2 * MINUTES, firstPlace: 20_000 },
  ];
  const player = new Player({ tracks });
  await player.join();
  await player.run(600);
  return new Room(player);
}

const gain = (moments: readonly Moment[]) => moments.map((m) => m.gain);

/** From one frame to the next the sound never jumps: a fade of 6 ms takes 288 of them. */
function expectNoClick(player: Player, fromMs: number, untilMs: number): void {
  const { card, context } = player;
  const first = Math.ceil(card.frameAt(fromMs));
  const [left, right] = context.render(first, Math.floor(card.frameAt(untilMs)) - first);
  for (let i = 1; i < left.length; i++) {
    const jump = Math.hypot((left[i] as number) - (left[i - 1] as number), (right[i] as number) - (right[i - 1] as number));
    expect(jump / LOUDNESS, `${(i / 48).toFixed(2)} ms on`).toBeLessThan(3 / 288);
  }
}

describe("a start at an item's beginning", () => {
  it("is silent until its instant and then at full strength at once", async () => {
    const r = await joined();
    const { player } = r;
    const at = r.say((t) => playing("a", 0, t), 400);
    await player.run(2_000);
    expect(Math.max(...gain(player.ear.again(at - 300, at - NEAR_MS, 0.1)))).toBe(0);
    expect(Math.min(...gain(player.ear.again(at + NEAR_MS, at + 1_000, 0.5)))).toBeGreaterThan(0.999);
    expect(player.ear.errorMs(1, at + NEAR_MS)).toBeLessThan(NEAR_MS);
  });
});

describe("while playing", () => {
  it("a pause fades out at its instant and is silent from then on", async () => {
    const r = await joined();
    r.say((t) => playing("a", 0, t));
    await r.player.run(3_000);
    const at = r.say((t) => held("a", 3_000_000, t));
    await r.player.run(2_000);
    const { ear } = r.player;
    expect(Math.min(...gain(ear.again(at - 500, at - NEAR_MS, 0.1)))).toBeGreaterThan(0.999);
    const [middle] = ear.again(at + FADE_MS / 2, at + FADE_MS / 2 + 0.01, 1);
    expect(middle?.gain).toBeGreaterThan(0.35);
    expect(middle?.gain).toBeLessThan(0.65);
    expect(Math.max(...gain(ear.again(at + FADE_MS + NEAR_MS, at + 1_800, 0.5)))).toBe(0);
    expect(r.player.engine.view(r.player.nowMs)).toMatchObject({ dropouts: 0, corrections: 0, syncErrorMs: null });
  });

  it("resuming goes on at its instant, from where it was held", async () => {
    const r = await joined();
    r.say((t) => held("a", 1_234_567, t));
    await r.player.run(1_000);
    const at = r.say((t) => playing("a", 1_234_567, t));
    await r.player.run(2_000);
    const { ear } = r.player;
    expect(Math.max(...gain(ear.again(at - 500, at - NEAR_MS, 0.1)))).toBe(0);
    expect(Math.min(...gain(ear.again(at + FADE_MS + NEAR_MS, at + 1_500, 0.5)))).toBeGreaterThan(0.99);
    expect(ear.errorMs(1, at + FADE_MS)).toBeLessThan(NEAR_MS);
  });

  it("a seek cross-fades at its instant: at the old place before, at the new one after", async () => {
    const r = await joined();
    r.say((t) => playing("a", 0, t));
    await r.player.run(3_000);
    const at = r.say((t) => playing("a", 60_000_000, t));
    await r.player.run(2_000);
    const { ear } = r.player;
    expect(ear.errorMs(1, at - 1_000, at - NEAR_MS)).toBeLessThan(NEAR_MS);
    expect(ear.errorMs(1, at + FADE_MS + NEAR_MS)).toBeLessThan(NEAR_MS);
    expect(Math.min(...gain(ear.again(at + FADE_MS + NEAR_MS, at + 1_500, 0.5)))).toBeGreaterThan(0.999);
    expect(r.player.engine.view(r.player.nowMs)).toMatchObject({ dropouts: 0, corrections: 0 });
  });

  it("next jumps to the other item's first sample at its instant", async () => {
    const r = await joined();
    r.say((t) => playing("a", 30_000_000, t));
    await r.player.run(3_000);
    const at = r.say((t) => playing("b", 0, t));
    await r.player.run(2_000);
    const { ear } = r.player;
    expect(ear.errorMs(1, at - 1_000, at - NEAR_MS)).toBeLessThan(NEAR_MS);
    expect(ear.errorMs(1, at + FADE_MS + NEAR_MS)).toBeLessThan(NEAR_MS);
    expect(r.player.engine.view(r.player.nowMs)).toMatchObject({ dropouts: 0, corrections: 0 });
  });

  it("a transition that is told too late is made up for at once", async () => {
    const r = await joined();
    r.say((t) => playing("a", 0, t));
    await r.player.run(3_000);
    await r.prepare("a", 61_000_000);
    const at = r.say((t) => playing("a", 61_000_000, t), -200);
    await r.player.run(2_000);
    // The output's latency and the guard before its present cannot be taken back.
    expect(r.player.ear.errorMs(1, at + 200 + 100)).toBeLessThan(NEAR_MS);
    expect(r.player.ear.gaps(at, at + 1_500)).toEqual([]);
    expect(r.player.engine.view(r.player.nowMs)).toMatchObject({ dropouts: 0, corrections: 0 });
    expectNoClick(r.player, at, at + 500);
  });

  it("so is a pause: late, but with its fade", async () => {
    const r = await joined();
    r.say((t) => playing("a", 0, t));
    await r.player.run(3_000);
    const at = r.say((t) => held("a", 3_000_000, t), -100);
    await r.player.run(1_000);
    expectNoClick(r.player, at, at + 500);
    expect(Math.max(...gain(r.player.ear.again(at + 100 + 100, at + 900, 0.5)))).toBe(0);
  });

  it("many transitions in a row each have their instant", async () => {
    const r = await joined();
    r.say((t) => playing("a", 0, t));
    await r.player.run(1_000);
    for (let i = 1; i <= 12; i++) {
      r.say((t) => playing(i % 2 ? "b" : "a", i * 7_000_000, t), 100);
      await r.player.run(137);
    }
    const calm = r.player.nowMs + 200;
    await r.player.run(2_000);
    expect(r.player.ear.errorMs(1, calm)).toBeLessThan(NEAR_MS);
    expect(r.player.ear.gaps(calm)).toEqual([]);
    expect(r.player.engine.view(r.player.nowMs).dropouts).toBe(0);
  });
});

describe("joining while the music plays", () => {
  it("is silent until it is on the timeline, fades in there within a second, and stays", async () => {
    const player = new Player({ cardPpm: 30 });
    const r = new Room(player);
    r.say((t) => playing("a", 0, t));
    await player.run(20_000);
    const joinedMs = player.nowMs;
    await player.join();
    await player.run(6_000);
    const { ear } = player;
    const first = ear.since(joinedMs).find((m) => m.gain > 0.06);
    expect((first?.atMs ?? Number.NaN) - joinedMs).toBeLessThan(1_000);
    expect(ear.errorMs(1, joinedMs)).toBeLessThan(NEAR_MS);
    // A fade, not a step: it takes its 50 ms.
    const atMs = first?.atMs ?? 0;
    const rise = gain(ear.again(atMs, atMs + 60, 1));
    for (let i = 1; i < rise.length; i++) expect((rise[i] as number) - (rise[i - 1] as number)).toBeLessThan(0.05);
    expect(ear.gaps(atMs)).toEqual([]);
    expect(player.engine.view(player.nowMs)).toMatchObject({ dropouts: 0, corrections: 0 });
  });
});

describe("getting ready", () => {
  it("fetches the pending place and says so once, while the old timeline goes on", async () => {
    const r = await joined();
    const { player } = r;
    r.say((t) => playing("a", 0, t));
    await player.run(2_000);
    const now = Math.round(player.serverMicros());
    const pending = { itemId: "b", positionMicros: 30_000_000, rate: 1, sinceMicros: now, deadlineMicros: now + 2_000_000 } as const;
    const state = room(playing("a", 0, now - 1_850_000), [player.item("a"), player.item("b")], 50);
    player.engine.setState({ ...state, pending }, player.nowMs);
    await player.run(500);
    expect(player.ready).toEqual([pending]);
    expect(player.segments.served).toContain("/media/key-b/flac/15");
    await player.run(1_000);
    expect(player.ready).toHaveLength(1);
    expect(player.ear.gaps(player.nowMs - 1_500)).toEqual([]);
  });

  it("does so before there is an output, too", async () => {
    const player = new Player();
    const now = Math.round(player.serverMicros());
    const pending = { itemId: "a", positionMicros: 0, rate: 1, sinceMicros: now, deadlineMicros: now + 2_000_000 } as const;
    player.engine.setState({ ...room(held("a", 0, now), [player.item("a")]), status: "preparing", pending }, player.nowMs);
    await player.run(200);
    expect(player.ready).toEqual([pending]);
  });
});
