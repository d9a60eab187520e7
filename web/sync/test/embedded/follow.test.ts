import { describe, expect, it } from "vitest";
import { anew, blank, type FollowMemory, follow, type Situation } from "../../src/embedded/follow.ts";

const all = [0.75, 1, 1.25];
const playing: Situation = {
  nowMs: 100_000,
  due: { moving: true, seconds: 30 },
  soon: { moving: true, seconds: 30.2 },
  state: "playing",
  place: { seconds: 30, doubtSeconds: 0.01 },
  rates: all,
};
const at = (seconds: number, more: Partial<Situation> = {}): Situation => ({ ...playing, place: { seconds, doubtSeconds: 0.01 }, ...more });
const step = (now: Situation, memory: Partial<FollowMemory> = {}) => follow(now, { ...blank, ...memory }).step;

describe("a player that plays", () => {
  it("is left alone in its place, and while it cannot be told", () => {
    expect(step(at(30.015))).toEqual({ kind: "none" });
    expect(step({ ...playing, place: null })).toEqual({ kind: "none" });
    expect(step({ ...playing, place: { seconds: 31, doubtSeconds: 0.5 } })).toEqual({ kind: "none" });
    expect(step(at(31, { state: "waiting" }))).toEqual({ kind: "none" });
  });

  it.each([
    [29.9, 1.25, 400],
    [30.05, 0.75, 200],
    [29.0, 1.25, 4_000],
  ])("at %d instead of 30 plays at %d for %i ms, and then as before", (seconds, rate, forMs) => {
    const first = follow(at(seconds), blank);
    expect(first.step).toEqual({ kind: "rate", rate });
    const untilMs = playing.nowMs + forMs;
    expect(first.memory.rateUntilMs).toBeCloseTo(untilMs, 6);
    expect(step(at(seconds, { nowMs: untilMs - 1 }), first.memory)).toEqual({ kind: "none" });
    const second = follow(at(30, { nowMs: untilMs + 1 }), first.memory);
    expect(second.step).toEqual({ kind: "rate", rate: 1 });
    expect(step(at(29.5, { nowMs: untilMs + 500 }), second.memory)).toEqual({ kind: "none" });
    expect(step(at(29.5, { nowMs: untilMs + 1_500 }), second.memory).kind).toBe("rate");
  });

  it("jumps when it is far off, to where it will be when that is heard", () => {
    expect(step(at(25), { seekLate: 0.3 })).toEqual({ kind: "seek", toSeconds: 30.3 });
    expect(step(at(40), { seekLate: 0.3 })).toEqual({ kind: "seek", toSeconds: 30.3 });
  });

  it("jumps where it has no other rates, but not for what a jump would not better", () => {
    expect(step(at(29.95, { rates: [1] }))).toEqual({ kind: "none" });
    expect(step(at(29.8, { rates: [1] })).kind).toBe("seek");
  });

  it("rests after each jump, twice as long after each that did not help, and learns how late they are", () => {
    let memory = blank;
    const rests: number[] = [];
    let nowMs = 100_000;
    for (let i = 0; i < 4; i++) {
      const following = follow(at(29.8, { rates: [1], nowMs }), memory);
      expect(following.step.kind).toBe("seek");
      memory = following.memory;
      rests.push(memory.restUntilMs - nowMs);
      expect(step(at(29.8, { rates: [1], nowMs: memory.restUntilMs - 1 }), memory)).toEqual({ kind: "none" });
      nowMs = memory.restUntilMs;
    }
    expect(rests).toEqual([1_500, 3_000, 6_000, 12_000]);
    expect(memory.seekLate).toBeCloseTo(blank.seekLate + 3 * 0.6 * 0.2, 6);
    expect(follow(at(30, { rates: [1], nowMs }), memory).memory.misses).toBe(0);
  });

  it("learns nothing of what is no habit", () => {
    expect(follow(at(20), { ...blank, lesson: "start" }).memory.startLate).toBe(blank.startLate);
    expect(follow(at(29.9), { ...blank, lesson: "start" }).memory.startLate).toBeCloseTo(blank.startLate + 0.06, 6);
    expect(follow(at(31), { ...blank, lesson: "start" }).memory.startLate).toBe(0);
  });

  it("is paused at once when the room is, also while it rests from a start", () => {
    const paused = at(30, { due: { moving: false, seconds: 30 }, soon: { moving: false, seconds: 30 } });
    expect(step(paused, { restUntilMs: 200_000, lesson: "start" })).toEqual({ kind: "pause" });
    expect(step(paused, { rateUntilMs: 200_000 })).toEqual({ kind: "pause" });
    const after = follow(paused, blank).memory;
    expect(step({ ...paused, nowMs: paused.nowMs + 100 }, after)).toEqual({ kind: "none" });
    expect(step({ ...paused, nowMs: paused.nowMs + 900 }, after)).toEqual({ kind: "pause" });
  });

  it("does not rest from what was before when the room goes elsewhere", () => {
    expect(step(at(10), anew({ ...blank, restUntilMs: 200_000, misses: 4 })).kind).toBe("seek");
  });
});

describe("a player that is held", () => {
  const held = (seconds: number | null, more: Partial<Situation> = {}): Situation =>
    at(0, {
      state: "held",
      due: { moving: false, seconds: 30 },
      soon: { moving: false, seconds: 30 },
      ...more,
      place: seconds === null ? null : { seconds, doubtSeconds: 0 },
    });

  it("stands in its place, or is put there", () => {
    expect(step(held(30.1))).toEqual({ kind: "none" });
    expect(step(held(10))).toEqual({ kind: "seek", toSeconds: 30 });
    expect(step(held(null))).toEqual({ kind: "none" });
  });

  it("starts before its time, by as much as it is late", () => {
    expect(step(held(30, { soon: { moving: true, seconds: 30.05 } }))).toEqual({ kind: "play", fromSeconds: null });
    expect(step(held(10, { soon: { moving: true, seconds: 30.05 } }))).toEqual({ kind: "play", fromSeconds: 30.05 });
    expect(step(held(null, { due: playing.due, soon: playing.soon }))).toEqual({ kind: "play", fromSeconds: 30.2 });
  });

  it("starts once", () => {
    const now = held(30, { due: playing.due, soon: playing.soon });
    const { memory } = follow(now, blank);
    expect(step({ ...now, nowMs: now.nowMs + 1_000 }, memory)).toEqual({ kind: "none" });
    expect(step({ ...now, nowMs: now.nowMs + 1_600 }, memory).kind).toBe("play");
  });

  it("does not start again at its very end, which may come before the room's", () => {
    const ended = held(59.9, { state: "ended", due: { moving: true, seconds: 59.7 }, soon: { moving: true, seconds: 59.9 } });
    expect(step(ended)).toEqual({ kind: "none" });
    expect(step({ ...ended, due: playing.due, soon: playing.soon }).kind).toBe("play");
  });

  it("waits for what is still loading", () => {
    expect(step(held(null, { state: "loading", due: playing.due, soon: playing.soon }))).toEqual({ kind: "none" });
  });
});
