/** Items that follow each other: not a sample too many, not one missing, whatever is said of the queue meanwhile. */
import { describe, expect, it } from "vitest";
import type { QueueItem, RoomState } from "../../src/messages.ts";
import { playing, room } from "../timeline/states.ts";
import { Player } from "../world/player.ts";
import { apart, tell } from "../world/track.ts";

const A_SAMPLES = 48_000 * 7 + 12_345;
/** An album without gaps: b's first sample is the one after a's last. */
const tracks = [
  { key: "key-a", samples: A_SAMPLES },
  { key: "key-b", samples: 48_000 * 30, firstPlace: A_SAMPLES },
  { key: "key-c", samples: 48_000 * 30, firstPlace: A_SAMPLES + 48_000 * 30 },
];
const A_MICROS = Math.round(A_SAMPLES / 0.048);

class Album {
  readonly player = new Player({ tracks, cardPpm: 15 });
  startMicros = 0;
  private version = 1;

  async start(): Promise<void> {
    await this.player.join();
    await this.player.run(500);
    this.startMicros = Math.round(this.player.serverMicros() + 200_000);
    this.say("a", 0, this.startMicros, ["a", "b", "c"]);
  }

  say(itemId: string, positionMicros: number, atMicros: number, queue: readonly (string | QueueItem)[]): void {
    const items = queue.map((q) => (typeof q === "string" ? this.player.item(q) : q));
    const state: RoomState = room(playing(itemId, positionMicros, atMicros), items, this.version++);
    this.player.say(state);
  }

  get borderMicros(): number {
    return this.startMicros + A_MICROS;
  }

  /** Every frame between two server times flows on from the one before at full strength; the largest departure, in samples. */
  worstSeam(fromMicros: number, untilMicros: number): number {
    const { card, context } = this.player;
    const first = Math.ceil(card.frameAt(this.player.trueMs(fromMicros)));
    const count = Math.floor(card.frameAt(this.player.trueMs(untilMicros))) - first;
    const [left, right] = context.render(first, count);
    let worst = 0;
    let last = tell(left[0] as number, right[0] as number);
    for (let i = 1; i < count; i++) {
      const heard = tell(left[i] as number, right[i] as number);
      worst = Math.max(worst, Math.abs(apart(heard.place, last.place) - 1), Math.abs(heard.gain - 1));
      last = heard;
    }
    return worst;
  }
}

describe("the border of two items", () => {
  it("is not to be heard: every sample follows the one before", async () => {
    const album = new Album();
    await album.start();
    await album.player.runTo(album.borderMicros + 500_000);
    expect(album.worstSeam(album.borderMicros - 200_000, album.borderMicros + 200_000)).toBeLessThan(0.01);
  });

  it("nor when the server names the next item, just before, at, or after it", async () => {
    for (const earlyMicros of [400_000, 0, -150_000]) {
      const album = new Album();
      await album.start();
      await album.player.runTo(album.borderMicros - earlyMicros);
      album.say("b", 0, album.borderMicros, ["a", "b", "c"]);
      await album.player.runTo(album.borderMicros + 2_000_000);
      expect(album.worstSeam(album.borderMicros - 200_000, album.borderMicros + 1_000_000)).toBeLessThan(0.03);
      expect(album.player.engine.view(album.player.nowMs)).toMatchObject({ dropouts: 0, corrections: 0 });
    }
  });

  it("nor when the rest of the plan is made anew across it", async () => {
    const album = new Album();
    await album.start();
    await album.player.runTo(album.borderMicros - 1_000_000);
    album.say("b", 0, album.borderMicros, ["a", "b", "c"]);
    // An underrun throws away what is planned and has the border rendered again, with both items known.
    album.player.card.underrun(album.player.nowMs, 20);
    await album.player.runTo(album.borderMicros + 1_000_000);
    expect(album.worstSeam(album.borderMicros - 10_000, album.borderMicros + 200_000)).toBeLessThan(0.03);
  });

  it("is exact also when the length was only estimated until shortly before", async () => {
    const album = new Album();
    await album.start();
    const estimated = album.player.item("a", { media: "estimated", samples: A_SAMPLES + 4_000 });
    album.say("a", 0, album.startMicros, [estimated, "b", "c"]);
    await album.player.runTo(album.borderMicros - 3_000_000);
    album.say("a", 0, album.startMicros, ["a", "b", "c"]);
    await album.player.runTo(album.borderMicros + 500_000);
    expect(album.worstSeam(album.borderMicros - 200_000, album.borderMicros + 200_000)).toBeLessThan(0.01);
  });
});

describe("edits of the queue", () => {
  it("behind what sounds are not to be heard", async () => {
    const album = new Album();
    await album.start();
    await album.player.run(2_000);
    const from = album.player.serverMicros() - 500_000;
    for (const queue of [["a"], ["a", "c", "b"], ["c", "a", "b"], ["a", "b"], ["a", "b", "c"]]) {
      album.say("a", 0, album.startMicros, queue);
      await album.player.run(300);
    }
    expect(album.worstSeam(from, album.player.serverMicros() - 100_000)).toBeLessThan(0.01);
    await album.player.runTo(album.borderMicros + 300_000);
    expect(album.worstSeam(album.borderMicros - 100_000, album.borderMicros + 100_000)).toBeLessThan(0.01);
    expect(album.player.engine.view(album.player.nowMs)).toMatchObject({ dropouts: 0, corrections: 0 });
  });

  it("the next item can be changed until shortly before its turn", async () => {
    const album = new Album();
    await album.start();
    await album.player.runTo(album.borderMicros - 700_000);
    album.say("a", 0, album.startMicros, ["a", "c"]);
    await album.player.runTo(album.borderMicros + 1_500_000);
    expect(album.worstSeam(album.borderMicros - 300_000, album.borderMicros - 2_000)).toBeLessThan(0.01);
    const begin = album.player.trueMs(album.borderMicros);
    expect(album.player.ear.errorMs(1, begin + 5)).toBeLessThan(0.6);
    expect(album.player.ear.gaps(begin - 500)).toEqual([]);
  });

  it("after the last item there is silence, and no complaint", async () => {
    const album = new Album();
    await album.start();
    album.say("a", 0, album.startMicros, ["a"]);
    await album.player.runTo(album.borderMicros + 6_000_000);
    const end = album.player.trueMs(album.borderMicros);
    expect(Math.max(...album.player.ear.since(end + 2).map((m) => m.gain))).toBe(0);
    expect(album.player.engine.view(album.player.nowMs)).toMatchObject({ dropouts: 0, sounding: false, syncErrorMs: null });
    expect(album.player.faults).toEqual([]);
  });
});
