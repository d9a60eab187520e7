/** What happens to devices: outputs that run dry, pages that stall, contexts that are taken away, networks that go. */
import { describe, expect, it } from "vitest";
import { playing, room } from "../timeline/states.ts";
import { Player, type PlayerShape } from "../world/player.ts";

const NEAR_MS = 0.6;

/** A device that has been playing for a while. */
async function playingFor(seconds: number, shape: PlayerShape = {}): Promise<Player> {
  const player = new Player(shape);
  await player.join();
  await player.run(300);
  player.say(room(playing("a", 0, player.serverMicros() + 300_000), [player.item("a")]));
  await player.run(300 + seconds * 1000);
  return player;
}

const view = (player: Player) => player.engine.view(player.nowMs);

/** The sound comes in with a fade, not with a click. */
function expectRise(player: Player, fromMs: number): void {
  const gains = player.ear.again(fromMs, fromMs + 60, 1).map((m) => m.gain);
  for (let i = 1; i < gains.length; i++) expect((gains[i] as number) - (gains[i - 1] as number)).toBeLessThan(0.05);
  expect(gains.at(-1)).toBeGreaterThan(0.99);
}

describe("an underrun", () => {
  it.each([10.7, 50, 400])("of %f ms is one gap, and the sound is back on the timeline within 1.5 s", async (lengthMs) => {
    const player = await playingFor(12);
    const at = player.nowMs;
    player.card.underrun(at, lengthMs);
    await player.run(8_000);
    const { ear } = player;
    expect(ear.gaps(at - 500).length).toBeLessThanOrEqual(1);
    for (const [from, until] of ear.gaps(at - 500)) expect(until - from).toBeLessThan(lengthMs + 15);
    expect(ear.errorMs(1, at + lengthMs + 1_500)).toBeLessThan(NEAR_MS);
    expect(view(player).dropouts).toBe(1);
  });

  it("two in a row are both repaired", async () => {
    const player = await playingFor(12);
    player.card.underrun(player.nowMs, 30);
    await player.run(700);
    player.card.underrun(player.nowMs, 30);
    await player.run(6_000);
    expect(player.ear.errorMs(1, player.nowMs - 4_000)).toBeLessThan(NEAR_MS);
  });
});

describe("a stalled page", () => {
  it("of three seconds is not heard at all", async () => {
    const player = await playingFor(10);
    const at = player.nowMs;
    player.time.stallPage(3_000);
    await player.run(8_000);
    expect(player.ear.gaps(at)).toEqual([]);
    expect(player.ear.errorMs(1, at)).toBeLessThan(NEAR_MS);
    expect(view(player)).toMatchObject({ dropouts: 0, corrections: 0 });
  });

  it("of six seconds is one gap, over within 0.2 s of the page's waking, in place", async () => {
    const player = await playingFor(10);
    const at = player.nowMs;
    player.time.stallPage(6_000);
    await player.run(10_000);
    const gaps = player.ear.gaps(at);
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.[0]).toBeGreaterThan(at + 3_500);
    const back = gaps[0]?.[1] ?? Number.NaN;
    expect(back).toBeLessThan(at + 6_200);
    expectRise(player, back);
    expect(player.ear.errorMs(1, at)).toBeLessThan(NEAR_MS);
    expect(view(player).dropouts).toBe(1);
  });

  it("timers throttled to one a second are not heard", async () => {
    const player = await playingFor(10);
    const at = player.nowMs;
    for (let second = 0; second < 20; second++) {
      player.time.stallPage(990);
      await player.run(1_000);
    }
    expect(player.ear.gaps(at)).toEqual([]);
    expect(player.ear.errorMs(1, at)).toBeLessThan(NEAR_MS);
  });
});

describe("an output that is taken away", () => {
  it("is silent meanwhile, and on the timeline again within a second of its return, though its latency is another", async () => {
    const player = await playingFor(15);
    player.context.interrupt();
    await player.run(5_000);
    const backMs = player.nowMs;
    await player.context.resume();
    player.engine.outputResumed();
    await player.run(6_000);
    const sound = player.ear.since(backMs).find((m) => m.gain > 0.06);
    expect((sound?.atMs ?? Number.NaN) - backMs).toBeLessThan(1_000);
    expect(player.ear.errorMs(1, backMs)).toBeLessThan(NEAR_MS);
    expect(player.ear.gaps(sound?.atMs ?? 0)).toEqual([]);
  });

  it("is replaced by another one", async () => {
    const player = await playingFor(10);
    player.engine.detach();
    expect(view(player)).toMatchObject({ sounding: false, bufferMs: 0 });
    const at = player.nowMs;
    await player.run(500);
    expect(Math.max(...player.ear.since(at).map((m) => m.gain))).toBe(0);
    player.engine.attach(player.context, player.context.destination);
    await player.run(3_000);
    expect(player.ear.errorMs(1, at)).toBeLessThan(NEAR_MS);
    expect(view(player).sounding).toBe(true);
  });
});

describe("sound that does not come", () => {
  it("a network gone for a few seconds, with eight seconds at hand, is not heard", async () => {
    const player = await playingFor(10);
    const at = player.nowMs;
    player.segments.reachable = false;
    await player.run(3_000);
    player.segments.reachable = true;
    await player.run(15_000);
    expect(player.ear.gaps(at)).toEqual([]);
    expect(player.faults).toEqual([]);
    expect(view(player).dropouts).toBe(0);
  });

  it("a network gone for longer is one gap; the sound comes back in its place", async () => {
    const player = await playingFor(10);
    const at = player.nowMs;
    player.segments.reachable = false;
    await player.run(20_000);
    player.segments.reachable = true;
    const backMs = player.nowMs;
    await player.run(20_000);
    expect(player.ear.gaps(at)).toHaveLength(1);
    expect(player.ear.gaps(at)[0]?.[0]).toBeGreaterThan(at + 6_000);
    expect(player.ear.gaps(at)[0]?.[1]).toBeLessThan(backMs + 12_000);
    expect(player.ear.errorMs(1, backMs)).toBeLessThan(NEAR_MS);
    expect(player.faults.length).toBeGreaterThan(0);
  });

  it("a first segment that is late makes a late entry with a fade, on the timeline", async () => {
    const player = new Player();
    player.segments.latencyMs = 2_500;
    await player.join();
    await player.run(300);
    const at = player.nowMs;
    player.say(room(playing("a", 0, player.serverMicros() + 200_000), [player.item("a")]));
    await player.run(3_500);
    player.segments.latencyMs = 30;
    await player.run(4_000);
    const sound = player.ear.since(at).find((m) => m.gain > 0.06);
    expect((sound?.atMs ?? Number.NaN) - at).toBeLessThan(2_700);
    expect(player.ear.errorMs(1, at)).toBeLessThan(NEAR_MS);
    expect(player.ear.gaps(sound?.atMs ?? 0)).toEqual([]);
  });
});

describe("a server started anew, with another clock", () => {
  it("the sound goes on from the new server's word", async () => {
    const player = await playingFor(10);
    const at = player.nowMs;
    player.engine.clockReplaced();
    player.say(room(playing("a", 0, player.serverMicros() - 10_000_000), [player.item("a")], 1, "e2"));
    await player.run(5_000);
    expect(player.ear.errorMs(1, at + 500)).toBeLessThan(NEAR_MS);
    for (const [from, until] of player.ear.gaps(at)) expect(until - from).toBeLessThan(300);
    expect(view(player).sounding).toBe(true);
  });
});
