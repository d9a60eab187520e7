/** Two tracks that are heard together: what really comes out of the card, sample by sample, against what the room says. */
import { describe, expect, it } from "vitest";
import type { RoomState } from "../../src/messages.ts";
import { playing, room } from "../timeline/states.ts";
import { Player } from "../world/player.ts";
import { LOUDNESS, TURN_SAMPLES } from "../world/track.ts";

const A_SAMPLES = 48_000 * 9 + 12_345;
/** A place that is told by another angle than a's. */
const B_FIRST = 20_000;
const FADE_SAMPLES = 48_000 * 3;
const tracks = [
  { key: "key-a", samples: A_SAMPLES },
  { key: "key-b", samples: 48_000 * 30, firstPlace: B_FIRST },
];
const A_MICROS = Math.round(A_SAMPLES / 0.048);

class Fade {
  readonly player = new Player({ tracks });
  startMicros = 0;
  private version = 1;
  private readonly queue = [this.player.item("a"), this.player.item("b", { overlapMicros: 3_000_000 })];

  async start(): Promise<void> {
    await this.player.join();
    await this.player.run(500);
    this.startMicros = Math.round(this.player.serverMicros() + 200_000);
    this.player.say(room(playing("a", 0, this.startMicros), this.queue, this.version++));
  }

  get beginsMicros(): number {
    return this.startMicros + A_MICROS - 3_000_000;
  }

  /** The server's word once b is the current item. */
  nameNext(): void {
    const outgoing = { itemId: "a", positionMicros: A_MICROS - 3_000_000, fadeMicros: 3_000_000 };
    const state: RoomState = { ...room(playing("b", 0, this.beginsMicros), this.queue, this.version++), outgoing };
    this.player.say(state);
  }

  /** Largest difference between what sounds and what should, of full strength, between two server times. */
  worst(fromMicros: number, untilMicros: number): number {
    const { card, context } = this.player;
    const first = Math.ceil(card.frameAt(this.player.trueMs(fromMicros)));
    const count = Math.floor(card.frameAt(this.player.trueMs(untilMicros))) - first;
    const [left, right] = context.render(first, count);
    const begins = card.frameAt(this.player.trueMs(this.beginsMicros));
    let worst = 0;
    for (let i = 0; i < count; i++) {
      const run = first + i - begins;
      const share = Math.min(1, Math.max(0, run / FADE_SAMPLES));
      const out = run < FADE_SAMPLES ? Math.cos((Math.PI / 2) * share) : 0;
      const into = run >= 0 ? Math.sin((Math.PI / 2) * share) : 0;
      const [a, b] = [angle(A_SAMPLES - FADE_SAMPLES + run), angle(B_FIRST + run)];
      worst = Math.max(
        worst,
        Math.abs((left[i] as number) / LOUDNESS - out * Math.sin(a) - into * Math.sin(b)),
        Math.abs((right[i] as number) / LOUDNESS - out * Math.cos(a) - into * Math.cos(b)),
      );
    }
    return worst;
  }
}

const angle = (place: number) => (2 * Math.PI * place) / TURN_SAMPLES;

/** A tenth of a millisecond beside the timeline is five samples: of this signal, a two-thousandth. */
const CLOSE = 0.001;

describe("a cross-fade", () => {
  it("has the sum of both at every sample", async () => {
    const fade = new Fade();
    await fade.start();
    await fade.player.runTo(fade.beginsMicros + 3_600_000);
    expect(fade.worst(fade.beginsMicros - 200_000, fade.beginsMicros + 3_300_000)).toBeLessThan(CLOSE);
    expect(fade.player.engine.view(fade.player.nowMs)).toMatchObject({ dropouts: 0, corrections: 0 });
  });

  it.each([400_000, 0, -150_000, -2_000_000])("also when the server names the next item %i µs before it", async (earlyMicros) => {
    const fade = new Fade();
    await fade.start();
    await fade.player.runTo(fade.beginsMicros - earlyMicros);
    fade.nameNext();
    await fade.player.runTo(fade.beginsMicros + 3_600_000);
    expect(fade.worst(fade.beginsMicros - 200_000, fade.beginsMicros + 3_300_000)).toBeLessThan(CLOSE);
    expect(fade.player.engine.view(fade.player.nowMs)).toMatchObject({ dropouts: 0, corrections: 0 });
  });

  it("is joined in its midst by a device that hears of it late", async () => {
    const fade = new Fade();
    await fade.player.join();
    await fade.player.run(2_500);
    fade.startMicros = Math.round(fade.player.serverMicros()) - 1_000_000 - A_MICROS + 3_000_000;
    fade.nameNext();
    await fade.player.run(2_500);
    expect(fade.worst(fade.beginsMicros + 1_300_000, fade.beginsMicros + 3_300_000)).toBeLessThan(CLOSE);
  });

  it("gives way to another item at once", async () => {
    const fade = new Fade();
    await fade.start();
    await fade.player.runTo(fade.beginsMicros + 1_000_000);
    const at = Math.round(fade.player.serverMicros()) + 300_000;
    fade.player.say(room(playing("b", 10_000_000, at), [fade.player.item("b")], 9));
    await fade.player.runTo(at + 1_500_000);
    const moments = fade.player.ear.since(fade.player.trueMs(at) + 50);
    expect(Math.max(...moments.map((m) => Math.abs(m.gain - 1)))).toBeLessThan(0.01);
    expect(fade.player.ear.errorMs(1, fade.player.trueMs(at) + 50)).toBeLessThan(0.6);
  });
});
