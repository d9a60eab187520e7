/** Looks at a context right after it rendered. */
import { describe, expect, it } from "vitest";
import { RenderBeat } from "../../src/audio/render-beat.ts";
import type { RenderReading } from "../../src/audio/render-edge.ts";
import { Random } from "../random.ts";
import { SoundCard } from "../world/sound-card.ts";
import { SoundContext } from "../world/sound-context.ts";
import { VirtualTime } from "../world/virtual-time.ts";

async function beating() {
  const time = new VirtualTime();
  const context = new SoundContext(time, new SoundCard(), new Random(5));
  const readings: (RenderReading & { readonly atMs: number })[] = [];
  const beat = new RenderBeat(
    context,
    context.destination,
    () => time.nowMs(),
    (reading) => readings.push({ ...reading, atMs: time.nowMs() }),
  );
  await context.resume();
  beat.plan();
  return { time, context, beat, readings };
}

const between = (readings: readonly { readonly atMs: number }[], fromMs: number, untilMs: number) =>
  readings.filter((r) => r.atMs >= fromMs && r.atMs < untilMs).length;

describe("the beat of a context", () => {
  it("is told right after a block, where a timer would see any part of it", async () => {
    const { time, readings } = await beating();
    await time.run(4_000);
    const zeros = readings.map((r) => r.deviceMs - r.contextSeconds * 1000).sort((a, b) => a - b);
    expect(zeros.length).toBeGreaterThan(180);
    expect((zeros[Math.floor(zeros.length * 0.8)] as number) - (zeros[0] as number)).toBeLessThan(1);
  });

  it("goes on by itself after the page stood still for seconds", async () => {
    const { time, readings } = await beating();
    await time.run(1_000);
    time.stallPage(3_000);
    await time.run(3_500);
    const resumedMs = time.nowMs();
    await time.run(1_000);
    expect(between(readings, resumedMs, time.nowMs())).toBeGreaterThan(40);
  });

  it("rests while the output is taken away, and goes on with it", async () => {
    const { time, context, readings } = await beating();
    await time.run(1_000);
    context.interrupt();
    await time.run(100);
    const restingMs = time.nowMs();
    await time.run(2_000);
    expect(between(readings, restingMs, time.nowMs())).toBe(0);
    await context.resume();
    const resumedMs = time.nowMs();
    await time.run(1_000);
    expect(between(readings, resumedMs, time.nowMs())).toBeGreaterThan(40);
  });

  it("ends when it is stopped", async () => {
    const { time, beat, readings } = await beating();
    await time.run(1_000);
    beat.stop();
    const heard = readings.length;
    await time.run(2_000);
    expect(readings.length).toBe(heard);
  });
});
