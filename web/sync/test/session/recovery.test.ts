/** What a session outlives: broken lines, new servers, outputs taken away. */
import { describe, expect, it } from "vitest";
import { eachInItsOwnWorld, NEAR_MS, playing, world } from "./setting.ts";

eachInItsOwnWorld();

describe("broken connections", () => {
  it("are not heard, and the room's new state is obeyed after them", async () => {
    await playing();
    const at = world.nowMs;
    world.server.dropLines();
    await world.run(3_000);
    expect(world.session.view.connection.status).toBe("open");
    expect(world.ear.gaps(at)).toEqual([]);
    expect(world.ear.errorMs(1, at)).toBeLessThan(NEAR_MS);
    expect(world.server.handovers).toHaveLength(1);
  });

  it("that nobody tells of are found out, and the music goes on meanwhile", async () => {
    await playing();
    const at = world.nowMs;
    world.server.connected = false;
    await world.run(10_000);
    expect(world.session.view.connection.status).toBe("reconnecting");
    world.server.connected = true;
    await world.run(15_000);
    expect(world.session.view.connection.status).toBe("open");
    expect(world.ear.gaps(at)).toEqual([]);
  });

  it("a restarted server gets the newest state back and the music goes on by its clock", async () => {
    await playing();
    const at = world.nowMs;
    const before = world.server.current;
    world.server.restart(37_000);
    await world.run(6_000);
    expect(world.server.current).toMatchObject({ status: "playing", timeline: before.timeline, epoch: "e1+" });
    expect(world.session.view.state?.epoch).toBe("e1+");
    const gaps = world.ear.gaps(at);
    expect(gaps.length).toBeLessThanOrEqual(1);
    for (const [from, until] of gaps) expect(until - from).toBeLessThan(500);
    expect(world.ear.errorMs(1, at + 2_000)).toBeLessThan(NEAR_MS);
  });
});

describe("the output", () => {
  it("taken away is told as trouble, and comes back with a gesture or the page", async () => {
    await playing();
    world.context.interrupt();
    await world.run(1_000);
    expect(world.session.view.output).toMatchObject({ state: "starting", trouble: "suspended" });
    world.session.wake();
    await world.run(3_000);
    expect(world.session.view.output).toMatchObject({ state: "on", trouble: null, sounding: true });
    expect(world.ear.errorMs(1, world.nowMs - 1_500)).toBeLessThan(NEAR_MS);
  });

  it("leaving is silence at once, and what was learnt of the card is kept", async () => {
    await playing();
    await world.run(70_000);
    const at = world.nowMs;
    world.session.leave();
    await world.run(1_000);
    expect(Math.max(...world.ear.since(at).map((m) => m.gain))).toBe(0);
    expect(world.session.view.output.state).toBe("off");
    expect(world.session.view.connection.status).toBe("open");
    const learnt = world.remembered.at(-1);
    expect(Math.abs((learnt?.ratePpm ?? Number.NaN) - 12)).toBeLessThan(8);
    expect(learnt?.depth?.sigma).toBeLessThan(0.3);
  });

  it("closing says good-bye and stops everything", async () => {
    await playing();
    world.session.close();
    const count = world.server.frames.length;
    const at = world.nowMs;
    await world.run(2_000);
    expect(world.server.frames.slice(count).map((f) => f.type)).toEqual(["bye"]);
    expect(Math.max(...world.ear.since(at).map((m) => m.gain))).toBe(0);
  });
});
