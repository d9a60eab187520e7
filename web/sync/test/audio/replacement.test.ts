/** When a stream is replaced by a second one, and how the sound goes over. */
import { describe, expect, it } from "vitest";
import { replacementStep, type Streams } from "../../src/audio/replacement.ts";
import { Random } from "../random.ts";
import { playing, room } from "../timeline/states.ts";
import { Ear } from "../world/ear.ts";
import { Player } from "../world/player.ts";
import { SoundCard } from "../world/sound-card.ts";
import { SoundContext } from "../world/sound-context.ts";

const well: Streams = { nowMs: 10_000, sinceMs: 0, doubtMs: 0.15, spare: null, tries: 0, closedMs: Number.NEGATIVE_INFINITY };
const spare = (shape: Partial<NonNullable<Streams["spare"]>> = {}) => ({ openedMs: 8_000, doubtMs: 0.1, stumbled: false, ...shape });

describe("a stream", () => {
  it("that is well known is left alone", () => expect(replacementStep(well)).toBeNull());
  it("that is doubtful gets a second one beside it", () => expect(replacementStep({ ...well, doubtMs: 0.8 })).toBe("open"));
  it("of which nothing is known yet is given time", () => expect(replacementStep({ ...well, doubtMs: null })).toBeNull());
  it("that was only just opened, or has just run dry, is given time", () =>
    expect(replacementStep({ ...well, doubtMs: 0.8, sinceMs: 9_100 })).toBeNull());
  it("is not tried to replace without end", () => expect(replacementStep({ ...well, doubtMs: 0.8, tries: 8 })).toBeNull());
  it("is given a rest between two tries", () => {
    expect(replacementStep({ ...well, doubtMs: 0.8, tries: 1, closedMs: 9_800 })).toBeNull();
    expect(replacementStep({ ...well, doubtMs: 0.8, tries: 1, closedMs: 9_000 })).toBe("open");
  });
});

describe("a second stream", () => {
  const doubtful = { ...well, doubtMs: 0.8 };
  it("takes over when it is clearly better known", () => expect(replacementStep({ ...doubtful, spare: spare() })).toBe("takeOver"));
  it("is watched for a while first", () => expect(replacementStep({ ...doubtful, spare: spare({ openedMs: 9_000 }) })).toBeNull());
  it("goes when it is hardly better", () => expect(replacementStep({ ...doubtful, spare: spare({ doubtMs: 0.6 }) })).toBe("close"));
  it("goes when nothing is known of it", () => expect(replacementStep({ ...doubtful, spare: spare({ doubtMs: null }) })).toBe("close"));
  it("goes at once when it ran dry itself", () =>
    expect(replacementStep({ ...doubtful, spare: spare({ openedMs: 9_900, stumbled: true }) })).toBe("close"));
});

describe("the sound going over", () => {
  it("is one sound, in its place, without a gap, and then the new stream's alone", async () => {
    const player = new Player({ cardPpm: 15 });
    await player.join();
    const at = player.serverMicros() + 800_000;
    player.say(room(playing("a", 0, at), [player.item("a")]));
    await player.run(6_000);

    const second = new SoundContext(player.time, new SoundCard(15), new Random(7));
    await second.resume();
    player.engine.attachSpare(second, second.destination);
    await player.run(3_000);
    const ear = new Ear(second, (ms) => ((player.serverMicros(ms) - at) / 1000) * 48);
    expect(ear.hear(player.nowMs).gain).toBe(0);
    expect(player.engine.spareView).toMatchObject({ stumbled: false });

    const overMs = player.nowMs;
    expect(player.engine.takeOver()).toBe(true);
    let weakest = 2;
    for (let i = 0; i < 300; i++) {
      await player.run(2);
      // Both cards sound in the same room: during the cross-fade the two add up.
      weakest = Math.min(weakest, player.ear.hear(player.nowMs).gain + ear.hear(player.nowMs).gain);
      ear.listen(player.nowMs);
    }
    expect(weakest).toBeGreaterThan(0.97);
    expect(player.ear.hear(player.nowMs).gain).toBe(0);
    expect(ear.hear(player.nowMs).gain).toBeGreaterThan(0.98);
    expect(ear.errorMs(1, overMs)).toBeLessThan(0.6);
    await player.run(5_000);
    expect(player.engine.view(player.nowMs)).toMatchObject({ sounding: true, dropouts: 0 });
  });

  it("does not happen without a second stream", async () => {
    const player = new Player();
    await player.join();
    expect(player.engine.takeOver()).toBe(false);
  });
});
