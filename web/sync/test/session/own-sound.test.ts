/** What is set of this device from elsewhere, and the switch that says whether it sounds. */
import { describe, expect, it } from "vitest";
import { eachInItsOwnWorld, NEAR_MS, playing, world } from "./setting.ts";

eachInItsOwnWorld();

/** True moment at which the switch is half way, ms. */
function halfWay(fromMs: number, untilMs: number): number {
  const before = world.context.switchAt(fromMs);
  for (let at = fromMs; at < untilMs; at += 0.1) if (Math.abs(world.context.switchAt(at) - before) >= 0.5) return at;
  throw new Error("the switch did not move");
}

function switched(on: boolean, inMs: number): number {
  const atMicros = world.server.nowMicros() + inMs * 1000;
  world.server.set({ sound: { on, atMicros } });
  return world.server.trueMs(atMicros);
}

describe("the switch", () => {
  it("falls silent and sounds again at the very moment that the room says, as it is heard", async () => {
    await playing();
    for (const on of [false, true]) {
      const dueMs = switched(on, 200);
      await world.run(1_000);
      expect(Math.abs(halfWay(dueMs - 150, dueMs + 150) - dueMs)).toBeLessThan(1);
      expect(world.context.switchAt(dueMs - 6)).toBe(on ? 0 : 1);
      expect(world.context.switchAt(dueMs + 6)).toBe(on ? 1 : 0);
    }
  });

  it("a silent device stays on the timeline, unheard", async () => {
    await playing();
    const dueMs = switched(false, 100);
    await world.run(5_000);
    expect(world.ear.errorMs(1, dueMs)).toBeLessThan(NEAR_MS);
    expect(world.session.view.output).toMatchObject({ state: "on", sounding: true, corrections: 0 });
  });

  it("said too late it is obeyed at once", async () => {
    await playing();
    const saidMs = world.nowMs;
    switched(false, -50);
    await world.run(500);
    expect(halfWay(saidMs, saidMs + 200) - saidMs).toBeLessThan(60);
  });

  it("a device that joins a room in which it is silent makes no sound", async () => {
    await world.run(500);
    world.server.set({ sound: { on: false, atMicros: world.server.nowMicros() - 1_000_000 } });
    await world.run(100);
    await world.after(world.session.join(), 1_000);
    await world.after(world.session.command({ type: "play" }), 3_000);
    expect(world.context.switchAt(world.nowMs)).toBe(0);
  });

  it("two switches on their way both happen", async () => {
    await playing();
    const silentMs = switched(false, 200);
    await world.run(50);
    const againMs = switched(true, 400);
    await world.run(1_000);
    expect(world.context.switchAt(silentMs + 50)).toBe(0);
    expect(world.context.switchAt(againMs + 50)).toBe(1);
  });
});

describe("settings from elsewhere", () => {
  it("volume and mute are obeyed", async () => {
    await playing();
    world.server.set({ volume: 50 });
    await world.run(50);
    expect(world.context.gains).toEqual([0.25]);
    world.server.set({ muted: true });
    await world.run(50);
    expect(world.context.gains).toEqual([0]);
  });

  it("a latency trim makes the sound that much earlier", async () => {
    await playing();
    world.server.set({ trimMs: 30 });
    await world.run(8_000);
    const errors = world.ear.since(world.nowMs - 3_000).flatMap((m) => (m.errorMs === null ? [] : [m.errorMs]));
    expect(errors.length).toBeGreaterThan(100);
    for (const error of errors) expect(Math.abs(error - 30)).toBeLessThan(NEAR_MS);
  });

  it("are told to a server that remembers nothing when the device greets again", async () => {
    await world.run(500);
    world.server.set({ name: "Bath", icon: "speaker", volume: 30, muted: true, trimMs: -5 });
    await world.run(100);
    world.server.dropLines();
    await world.run(2_000);
    const hello = world.server.frames.filter((f) => f.type === "hello").at(-1);
    expect(hello?.device).toEqual({ id: "device-1", name: "Bath", kind: "browser", icon: "speaker", volume: 30, muted: true, trimMs: -5 });
  });

  it("do not pull a slider back that is ahead of the room's answer", async () => {
    await playing();
    const answer = world.session.command({ type: "deviceSet", volume: 50 });
    world.server.broadcast({ type: "devices", devices: world.session.view.devices });
    await world.run(4);
    expect(world.context.gains).toEqual([0.25]);
    await world.after(answer);
    expect(world.context.gains).toEqual([0.25]);
  });
});
