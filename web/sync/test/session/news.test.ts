/** What the room says to a device, and a device to the room. */
import { describe, expect, it } from "vitest";
import { eachInItsOwnWorld, NEAR_MS, playing, world } from "./setting.ts";

eachInItsOwnWorld();

describe("states", () => {
  it("an older version is not taken, a newer one is", async () => {
    await world.run(500);
    const { current } = world.server;
    const say = (version: number, volume: number) =>
      world.server.broadcast({ type: "state", seal: "", state: { ...current, version, volume } });
    say(10, 70);
    await world.run(50);
    say(9, 20);
    await world.run(50);
    expect(world.session.view.state).toMatchObject({ version: 10, volume: 70 });
    say(11, 30);
    await world.run(50);
    expect(world.session.view.state?.volume).toBe(30);
  });

  it("resync brings the whole room again, and the sound does not notice", async () => {
    await playing();
    const at = world.nowMs;
    world.session.resync();
    await world.run(2_000);
    expect(world.ear.gaps(at)).toEqual([]);
    expect(world.session.view.output).toMatchObject({ dropouts: 0, corrections: 0 });
  });

  it("devices come and go, notices are kept, twenty of them", async () => {
    await world.run(500);
    const other = { id: "device-2", name: "Bath", kind: "speaker", connected: true, joinedMicros: 0, report: null };
    world.server.broadcast({ type: "deviceJoined", device: other });
    await world.run(50);
    expect(world.session.view.devices.map((d) => d.id)).toEqual(["device-1", "device-2"]);
    world.server.broadcast({ type: "deviceLeft", deviceId: "device-2" });
    for (let i = 0; i < 25; i++) {
      world.server.broadcast({ type: "notice", level: "warning", code: 5003, name: "trackVanished", message: `${i}`, atMicros: 0 });
    }
    await world.run(50);
    expect(world.session.view.devices.map((d) => d.id)).toEqual(["device-1"]);
    expect(world.session.view.notices).toHaveLength(20);
    expect(world.session.view.notices.at(-1)).toMatchObject({ level: "warning", code: 5003, message: "24" });
  });
});

describe("reports", () => {
  it("are sent each second, and at once when the output changes", async () => {
    await world.run(3_500);
    const quiet = world.server.reports.length;
    expect(quiet).toBeGreaterThanOrEqual(3);
    expect(quiet).toBeLessThanOrEqual(5);
    expect(world.server.reports.at(-1)).toMatchObject({ output: "off", syncErrorMs: null, outputLatencyMs: null });
    await world.after(world.session.join(), 900);
    expect(world.server.reports.slice(quiet).map((r) => r.output)).toEqual(expect.arrayContaining(["starting", "on"]));
    world.session.leave();
    await world.run(100);
    expect(world.server.reports.at(-1)?.output).toBe("off");
  });

  it("say how it sounds", async () => {
    await playing();
    const report = world.server.reports.at(-1);
    expect(report).toMatchObject({ output: "on", dropouts: 0 });
    expect(Math.abs(report?.syncErrorMs ?? Number.NaN)).toBeLessThan(NEAR_MS);
    expect(report?.bufferMs).toBeGreaterThan(3_500);
    expect(report?.outputLatencyMs).toBeGreaterThan(10);
  });

  it("are fit to be sent on a link faster than the clock can see", async () => {
    world.server.oneWayMs = 0;
    world.server.dropLines();
    await world.run(5_000);
    expect(world.server.reports.length).toBeGreaterThan(2);
    expect(world.server.refusedFrames).toEqual([]);
  });
});
