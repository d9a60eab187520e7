/** What several unheard streams know together of an output's depth. */
import { describe, expect, it } from "vitest";
import { agreedOn, Soundings } from "../../src/audio/soundings.ts";
import { Random } from "../random.ts";
import { SoundCard } from "../world/sound-card.ts";
import { SoundContext, usualContext } from "../world/sound-context.ts";
import { VirtualTime } from "../world/virtual-time.ts";

describe("what streams agree on", () => {
  it("is nothing while there are too few", () => {
    expect(agreedOn([])).toBeNull();
    expect(agreedOn([{ mean: 35, sigma: 0.1 }])).toBeNull();
  });

  it("is their mean, and surer than each of them", () => {
    const agreed = agreedOn([35.1, 35, 34.9].map((mean) => ({ mean, sigma: 0.15 })));
    expect(agreed?.mean).toBeCloseTo(35, 6);
    expect(agreed?.sigma).toBeLessThan(0.12);
    expect(agreed?.sigma).toBeGreaterThan(0.05);
  });

  it("is hardly moved by one that is astray", () => {
    const agreed = agreedOn([35.05, 34.95, 38].map((mean) => ({ mean, sigma: 0.15 })));
    expect(Math.abs((agreed?.mean ?? Number.NaN) - 35)).toBeLessThan(0.1);
  });

  it("heeds the sure more than the doubtful", () => {
    const agreed = agreedOn([
      { mean: 35, sigma: 0.05 },
      { mean: 35.2, sigma: 1 },
    ]);
    expect(Math.abs((agreed?.mean ?? Number.NaN) - 35)).toBeLessThan(0.05);
  });
});

describe("soundings", () => {
  const listening = async (streams: number) => {
    const time = new VirtualTime();
    const soundings = new Soundings();
    const contexts: SoundContext[] = [];
    for (let n = 0; n < streams; n++) {
      const context = new SoundContext(time, new SoundCard(15), new Random(n + 1));
      await context.resume();
      soundings.add(context);
      contexts.push(context);
    }
    time.every(21.7, () => soundings.look(() => time.nowMs()));
    return { time, soundings, contexts };
  };

  it("tell the depth within a few seconds", async () => {
    const { time, soundings } = await listening(3);
    expect(soundings.depth).toBeNull();
    await time.run(4_000);
    expect(Math.abs((soundings.depth?.mean ?? Number.NaN) - usualContext.latencyMs)).toBeLessThan(0.3);
  });

  it("do without a stream that ran dry", async () => {
    const { time, soundings, contexts } = await listening(2);
    await time.run(3_000);
    expect(soundings.depth).not.toBeNull();
    contexts[0]?.card.underrun(time.nowMs(), 40);
    await time.run(3_000);
    expect(soundings.depth).toBeNull();
  });

  it("are over when they are cleared", async () => {
    const { time, soundings } = await listening(3);
    await time.run(3_000);
    soundings.clear();
    expect(soundings.depth).toBeNull();
  });
});
