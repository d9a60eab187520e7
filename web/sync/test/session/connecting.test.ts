/** How a session finds its room. */
import { describe, expect, it } from "vitest";
import { eachInItsOwnWorld, world } from "./setting.ts";

eachInItsOwnWorld();

describe("connecting", () => {
  it("greets, gets the whole room, and learns the server's time", async () => {
    await world.run(2_000);
    const { connection, state, settings, clock, output } = world.session.view;
    expect(connection.status).toBe("open");
    expect(state?.room.code).toBe("HOME");
    expect(settings?.probeIntervalMs).toBe(500);
    expect(Math.abs((clock.offsetMicros ?? 0) - world.server.offsetMicros)).toBeLessThan(100);
    expect(clock.rttMs).toBeCloseTo(6, 0);
    expect(output).toMatchObject({ state: "off", sounding: false });
  });

  it("tells the listeners, at most once each 16 ms", async () => {
    const heard: number[] = [];
    const stop = world.session.subscribe(() => heard.push(world.nowMs));
    await world.run(3_000);
    expect(heard.length).toBeGreaterThan(1);
    for (let i = 1; i < heard.length; i++) expect((heard[i] as number) - (heard[i - 1] as number)).toBeGreaterThanOrEqual(16);
    stop();
    const count = heard.length;
    await world.run(1_000);
    expect(heard).toHaveLength(count);
  });

  it("writes every message into the log, in and out", async () => {
    const lines: string[] = [];
    world.session.onLog((entry) => lines.push(`${entry.direction} ${entry.type}`));
    await world.run(500);
    expect(lines.slice(0, 1)).toEqual(["out hello"]);
    expect(lines).toContain("in snapshot");
    expect(lines).toContain("out probe");
    expect(lines).toContain("in probeReply");
    expect(lines).toContain("out report");
  });
});
