/** What a person does, and what the room and the ear make of it. */
import { describe, expect, it } from "vitest";
import { CommandError } from "../../src/session.ts";
import { eachInItsOwnWorld, NEAR_MS, playing, world } from "./setting.ts";

eachInItsOwnWorld();

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (reason: unknown) => reason,
  );

describe("play", () => {
  it("is acknowledged, made ready for, and sounds on the timeline", async () => {
    await world.run(500);
    await world.after(world.session.join(), 1_000);
    const pressedMs = world.nowMs;
    const version = await world.after(world.session.command({ type: "play" }), 4_000);
    expect(version).toBe(2);
    expect(world.server.frames.filter((f) => f.type === "ready")).toHaveLength(1);
    const sound = world.ear.since(pressedMs).find((m) => m.gain > 0.06);
    expect((sound?.atMs ?? Number.NaN) - pressedMs).toBeLessThan(300);
    expect(world.ear.errorMs(1, (sound?.atMs ?? 0) + 10)).toBeLessThan(NEAR_MS);
    expect(world.ear.gaps(sound?.atMs ?? 0)).toEqual([]);
    expect(world.session.view.output).toMatchObject({ state: "on", sounding: true, dropouts: 0 });
  });

  it("joining afterwards comes in silently and on the timeline", async () => {
    await world.run(500);
    await world.after(world.session.command({ type: "play" }), 10_000);
    const joinedMs = world.nowMs;
    await world.after(world.session.join(), 4_000);
    const sound = world.ear.since(joinedMs).find((m) => m.gain > 0.06);
    expect((sound?.atMs ?? Number.NaN) - joinedMs).toBeLessThan(1_000);
    expect(world.ear.errorMs(1, joinedMs)).toBeLessThan(NEAR_MS);
  });

  it("the seek bar's place is the timeline's", async () => {
    await playing();
    const { timeline } = world.server.current;
    const expected = world.server.nowMicros() - timeline.atMicros + timeline.positionMicros;
    expect(Math.abs(world.session.positionMicros() - expected)).toBeLessThan(1_000);
  });
});

describe("commands", () => {
  it("pause, seek and resume have their effect at the room's instant", async () => {
    await playing();
    await world.after(world.session.command({ type: "pause" }), 1_000);
    const pausedMs = world.server.trueMs(world.server.current.timeline.atMicros);
    expect(Math.max(...world.ear.since(pausedMs + 7).map((m) => m.gain))).toBe(0);
    await world.after(world.session.command({ type: "seek", positionMicros: 100_000_000 }), 500);
    expect(world.session.positionMicros()).toBe(100_000_000);
    const before = world.nowMs;
    await world.after(world.session.command({ type: "resume" }), 3_000);
    expect(world.ear.errorMs(1, before)).toBeLessThan(NEAR_MS);
    expect(world.session.view.output).toMatchObject({ sounding: true, dropouts: 0 });
  });

  it("refused ones say why, with the number", async () => {
    await world.run(500);
    const reason = await world.after(failure(world.session.command({ type: "pause" })));
    expect(reason).toBeInstanceOf(CommandError);
    expect(reason).toMatchObject({ code: 3002, errorName: "notPlaying" });
  });

  it("unanswered ones give up after ten seconds", async () => {
    await world.run(500);
    world.server.mute = true;
    const answer = failure(world.session.command({ type: "next" }));
    let settled = false;
    void answer.then(() => (settled = true));
    await world.run(9_900);
    expect(settled).toBe(false);
    await world.run(200);
    expect(await answer).toMatchObject({ errorName: "timeout" });
  });

  it("without a connection they fail at once", async () => {
    expect(await failure(world.session.command({ type: "next" }))).toMatchObject({ errorName: "offline" });
  });

  it("are given up when the session is closed", async () => {
    await world.run(500);
    world.server.mute = true;
    const answer = failure(world.session.command({ type: "next" }));
    world.session.close();
    expect(await answer).toMatchObject({ errorName: "closed" });
  });

  it("the room's volume and the device's own become gain, squared", async () => {
    await playing();
    await world.after(world.session.command({ type: "volume", volume: 50 }));
    expect(world.session.view.state?.volume).toBe(50);
    expect(world.context.gains).toEqual([0.25]);
    await world.after(world.session.command({ type: "deviceSet", volume: 50 }));
    expect(world.context.gains).toEqual([0.0625]);
  });
});
