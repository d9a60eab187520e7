import { describe, expect, it } from "vitest";
import { EventLog } from "../../src/testclient/eventLog.ts";
import { axisBound, History } from "../../src/testclient/history.ts";

const entry = (type: string, n = 0) => ({ direction: "in" as const, atDeviceMs: n, type, text: JSON.stringify({ type, n }) });

describe("event log", () => {
  it("shows the newest first and keeps no more than its bound and a quarter", () => {
    const log = new EventLog(100);
    for (let n = 0; n < 1000; n++) log.add(entry("state", n));
    const shown = log.view("", 5_000);
    expect(shown[0]?.atDeviceMs).toBe(999);
    expect(shown.length).toBeGreaterThanOrEqual(100);
    expect(shown.length).toBeLessThanOrEqual(125);
    expect(log.count).toBe(1000);
  });

  it("filters by words, by direction and by what is to be left out", () => {
    const log = new EventLog(100);
    for (const type of ["state", "probeReply", "devices"]) log.add(entry(type));
    log.add({ ...entry("report"), direction: "out" });
    expect(log.view("-probe", 10).map((line) => line.type)).toEqual(["report", "devices", "state"]);
    expect(log.view("out", 10).map((line) => line.type)).toEqual(["report"]);
    expect(log.view("STATE", 10)).toHaveLength(1);
    expect(log.view("state devices", 10)).toHaveLength(0);
  });

  it("holds still while paused and loses nothing", () => {
    const log = new EventLog(100);
    log.add(entry("a"));
    log.pause();
    log.add(entry("b"));
    expect(log.view("", 10).map((line) => line.type)).toEqual(["a"]);
    log.resume();
    expect(log.view("", 10).map((line) => line.type)).toEqual(["b", "a"]);
  });
});

describe("graph", () => {
  it("keeps the last minute", () => {
    const history = new History(60_000);
    for (let ms = 0; ms <= 120_000; ms += 1_000) history.add(ms, ms);
    expect(history.readings[0]?.atMs).toBe(60_000);
    expect(history.readings).toHaveLength(61);
  });

  it.each([
    [[], 0.5, 0.5],
    [[0.02, null, -0.3], 0.5, 0.5],
    [[0.7], 0.5, 1],
    [[-1.4], 0.5, 2],
    [[33], 0.5, 50],
    [[Number.NaN, 800], 0.5, 1000],
  ])("chooses an axis for %j", (values, least, bound) => expect(axisBound(values, least)).toBeCloseTo(bound));
});
