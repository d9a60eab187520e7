/** What several unheard streams witness of when the first one is heard. */
import { describe, expect, it } from "vitest";
import { OutputClock } from "../../src/audio/output-clock.ts";
import type { EngineContext } from "../../src/audio/sound-path.ts";
import { Soundings } from "../../src/audio/soundings.ts";

const BLOCK = 512;
const DEPTH_MS = 40;

/** Streams on one card that are asked for sound at the same moments; each is told its latency with an error of its own. */
class Card {
  nowMs = 1_000;
  private waiting: { readonly atMs: number; readonly ended: () => void }[] = [];

  /** Lets time pass, with what is told of sources that end meanwhile. */
  pass(ms: number): void {
    this.nowMs += ms;
    const ended = this.waiting.filter((w) => w.atMs <= this.nowMs);
    this.waiting = this.waiting.filter((w) => w.atMs > this.nowMs);
    for (const w of ended) w.ended();
  }

  stream(aheadFrames: number, toldErrorMs: number, stalledFrames = () => 0): EngineContext {
    const frames = () => Math.floor((this.nowMs * 48) / BLOCK) * BLOCK + aheadFrames - stalledFrames();
    const card = this;
    return {
      state: "running",
      destination: {},
      createBuffer: () => ({}),
      createBufferSource: () => ({
        onended: () => undefined,
        connect: () => undefined,
        disconnect: () => undefined,
        start(seconds: number) {
          card.waiting.push({ atMs: card.nowMs + (seconds - frames() / 48_000) * 1000, ended: this.onended });
        },
      }),
      get currentTime() {
        return frames() / 48_000;
      },
      getOutputTimestamp: () => {
        const performanceTime = card.nowMs - 5;
        // Rendered DEPTH_MS before it is heard.
        return { contextTime: ((performanceTime - DEPTH_MS - toldErrorMs) * 48 + aheadFrames - stalledFrames()) / 48_000, performanceTime };
      },
    } as unknown as EngineContext;
  }

  /** Device time at which context time 0 of a stream is heard, ms. */
  zeroMs = (aheadFrames: number) => DEPTH_MS - aheadFrames / 48;
}

function listen(card: Card, soundings: Soundings, first: EngineContext, seconds: number, steps = () => 0): void {
  for (const end = card.nowMs + seconds * 1_000; card.nowMs < end; card.pass(19.3)) soundings.look(first, steps());
}

describe("soundings", () => {
  it("place the first stream by what each of them was told", () => {
    const card = new Card();
    const soundings = new Soundings();
    const first = card.stream(0, 0);
    soundings.add(card.stream(-30 * BLOCK, 0.1), () => card.nowMs);
    soundings.add(card.stream(-55 * BLOCK, -0.2), () => card.nowMs);
    listen(card, soundings, first, 4);
    const errors = soundings.witnesses.map((w) => w.zeroMs - card.zeroMs(0));
    expect(errors).toHaveLength(2);
    // What a first look usually falls short by is added to each.
    const short = (errors[0] as number) - 0.1;
    expect(short).toBeGreaterThan(0);
    expect(short).toBeLessThan(0.3);
    expect((errors[1] as number) - short).toBeCloseTo(-0.2, 2);
  });

  it("say nothing before they have been told something, nor of streams that are asked at other moments", () => {
    const card = new Card();
    const soundings = new Soundings();
    const first = card.stream(0, 0);
    let looks = 0;
    const restless = card.stream(-30 * BLOCK, 0, () => (looks++ % 3) * BLOCK);
    soundings.add(restless, () => card.nowMs);
    listen(card, soundings, first, 0.2);
    expect(soundings.witnesses).toEqual([]);
    listen(card, soundings, first, 4);
    expect(soundings.witnesses).toEqual([]);
  });

  it("place the first stream anew when it has run dry", () => {
    const card = new Card();
    const soundings = new Soundings();
    let stalled = 0;
    let steps = 0;
    const first = card.stream(0, 0, () => stalled);
    soundings.add(card.stream(-30 * BLOCK, 0), () => card.nowMs);
    listen(card, soundings, first, 4, () => steps);
    const before = soundings.witnesses[0]?.zeroMs ?? Number.NaN;
    stalled = 3 * BLOCK;
    steps = 1;
    listen(card, soundings, first, 0.2, () => steps);
    expect(soundings.witnesses).toEqual([]);
    listen(card, soundings, first, 3, () => steps);
    expect((soundings.witnesses[0]?.zeroMs ?? Number.NaN) - before).toBeCloseTo((3 * BLOCK) / 48, 6);
  });

  it("are over when they are cleared, and counted anew for another first stream", () => {
    const card = new Card();
    const soundings = new Soundings();
    const first = card.stream(0, 0);
    soundings.add(card.stream(-30 * BLOCK, 0), () => card.nowMs);
    listen(card, soundings, first, 4);
    expect(soundings.witnesses).toHaveLength(1);
    soundings.regard();
    expect(soundings.witnesses).toEqual([]);
    listen(card, soundings, first, 3);
    expect(soundings.witnesses).toHaveLength(1);
    soundings.clear();
    expect(soundings.witnesses).toEqual([]);
  });
});

describe("an output clock", () => {
  const heard = (witnessed: boolean) => {
    const card = new Card();
    const clock = new OutputClock();
    const first = card.stream(0, 0.6);
    const soundings = new Soundings();
    for (const error of [0, 0.05, -0.05]) soundings.add(card.stream(-30 * BLOCK, error), () => card.nowMs);
    for (const end = card.nowMs + 5_000; card.nowMs < end; card.pass(19.3)) {
      const pair = first.getOutputTimestamp();
      clock.add({ contextSeconds: pair.contextTime ?? 0, deviceMs: pair.performanceTime ?? 0 }, first.currentTime);
      soundings.look(first, clock.stepsSeen);
      if (witnessed && soundings.witnesses.length > 0) clock.hear(soundings.witnesses);
    }
    const line = clock.estimate();
    return (line?.zeroMs ?? Number.NaN) + ((line?.ratePpm ?? 0) / 1000) * (card.nowMs / 1000) - card.zeroMs(0);
  };

  it("that was itself told wrongly is put right by witnesses", () => {
    expect(heard(false)).toBeGreaterThan(0.4);
    expect(Math.abs(heard(true))).toBeLessThan(0.35);
  });
});
