/** Play for a while in the simulated world: how far is what truly sounds from the timeline? */
import { describe, expect, it } from "vitest";
import { jittery } from "../clock/network.ts";
import { playing, room } from "../timeline/states.ts";
import { Player, type PlayerShape } from "../world/player.ts";

async function play(shape: PlayerShape, seconds: number): Promise<{ readonly player: Player; readonly startMs: number }> {
  const player = new Player(shape);
  await player.join();
  await player.run(300);
  const at = player.serverMicros() + 300_000;
  player.say(room(playing("a", 0, at), [player.item("a")]));
  await player.run(300 + seconds * 1000);
  return { player, startMs: player.trueMs(at) };
}

describe.each<[string, PlayerShape]>([
  ["a perfect card", {}],
  ["a card at −30 ppm", { cardPpm: -30 }],
  ["a card at +50 ppm", { cardPpm: 50 }],
  ["a server 40 ppm away and a card at −30 ppm", { cardPpm: -30, skewPpm: 40 }],
  ["a slow output of 200 ms and 2048 frames", { context: { latencyMs: 200, blockFrames: 2048 } }],
])("%s", (_, shape) => {
  it("sounds on the timeline for forty seconds, without a gap or a splice", async () => {
    const { player, startMs } = await play(shape, 40);
    const { ear } = player;
    // The first seconds rest on a young stream's word for its latency, which the output clock has reason to distrust.
    expect(ear.errorMs(1, startMs + 10)).toBeLessThan(0.6);
    expect(ear.errorMs(0.5, startMs + 20_000)).toBeLessThan(0.08);
    expect(ear.errorMs(0.95, startMs + 20_000)).toBeLessThan(0.12);
    expect(ear.gaps(startMs + 10)).toEqual([]);
    const view = player.engine.view(player.nowMs);
    expect(view).toMatchObject({ sounding: true, dropouts: 0, corrections: 0 });
    // What it says of itself is what is so, but for what no device can know of its own card.
    expect(Math.abs(view.syncErrorMs ?? Number.NaN)).toBeLessThan(0.1);
    expect(view.bufferMs).toBeGreaterThan(3_900);
  });
});

describe("behind 40 ± 15 ms of network jitter, on a card at +20 ppm, with a server at −15 ppm", () => {
  it.each([1, 2, 3])("is on the timeline as soon as a clock over such a line can be (seed %i)", async (seed) => {
    const { player, startMs } = await play({ network: jittery, cardPpm: 20, skewPpm: -15, seed }, 40);
    const { ear } = player;
    expect(ear.errorMs(0.95, startMs + 10_000, startMs + 20_000)).toBeLessThan(0.6);
    expect(ear.errorMs(0.95, startMs + 20_000)).toBeLessThan(0.15);
    expect(ear.errorMs(0.5, startMs + 20_000)).toBeLessThan(0.1);
    expect(ear.gaps(startMs + 10_000)).toEqual([]);
    expect(player.engine.view(player.nowMs).dropouts).toBe(0);
  });
});
