/** A station in the simulated world: its place is the server time, and its segments are there only shortly before they sound. */
import { describe, expect, it } from "vitest";
import { playing, room } from "../timeline/states.ts";
import { Player } from "../world/player.ts";

/** The server cuts this far ahead of what is heard where a station gives no burst (docs/decisions/0014). */
const AHEAD_MS = 4_000;

function listener(cardPpm = 0): Player {
  const player: Player = new Player({
    cardPpm,
    tracks: [{ key: "key-r", samples: Number.POSITIVE_INFINITY, thereMs: (index) => player.trueMs((index + 1) * 2_000_000) - AHEAD_MS }],
  });
  return player;
}

async function play(player: Player, seconds: number): Promise<number> {
  await player.join();
  await player.run(300);
  const at = Math.round(player.serverMicros()) + 300_000;
  player.say(room(playing("r", at, at), [player.item("r", { live: true })]));
  await player.run(300 + seconds * 1000);
  return player.trueMs(at);
}

describe("a station", () => {
  it.each([0, 50, -50])("sounds at the server time without a gap (card at %i ppm)", async (cardPpm) => {
    const player = listener(cardPpm);
    const startMs = await play(player, 40);
    expect(player.ear.errorMs(0.95, startMs + 20_000)).toBeLessThan(0.12);
    expect(player.ear.gaps(startMs + 1_000)).toEqual([]);
    expect(player.engine.view(player.nowMs)).toMatchObject({ sounding: true, dropouts: 0, corrections: 0 });
    expect(player.faults).toEqual([]);
  });

  it("is at the same instant for who comes later", async () => {
    const player = listener();
    await player.run(17_345);
    const startMs = await play(player, 30);
    expect(player.ear.errorMs(0.95, startMs + 10_000)).toBeLessThan(0.12);
    expect(player.ear.gaps(startMs + 1_000)).toEqual([]);
  });
});
