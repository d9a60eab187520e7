import { describe, expect, it } from "vitest";
import { RoomClock } from "../../src/clock/room-clock.ts";
import { calmLan, jittery, type NetworkShape, SimulatedNetwork } from "./network.ts";

const OFFSET = 1_795_000_000_000_000;

interface Talk {
  readonly clock: RoomClock;
  readonly network: SimulatedNetwork;
  /** When each probe was sent, ms. */
  readonly sentMs: readonly number[];
}

/** Looks every 20 ms, as the session does, and lets replies come back when the network brings them. */
function talk(shape: NetworkShape, untilMs: number, skewPpm = 0): Talk {
  const clock = new RoomClock(500);
  const network = new SimulatedNetwork(7, shape, { offsetMicros: OFFSET, skewPpm });
  const sentMs: number[] = [];
  let underway: { readonly t0: number; readonly t1: number; readonly t2: number; readonly t3: number }[] = [];
  clock.opened(0);
  for (let now = 0; now <= untilMs; now += 20) {
    for (const reply of underway.filter((r) => r.t3 <= now * 1000)) clock.take(reply, reply.t3 / 1000);
    underway = underway.filter((r) => r.t3 > now * 1000);
    const due = clock.dueProbe(now);
    if (!due) continue;
    sentMs.push(now);
    const reply = network.probe(due.t0);
    if (reply) underway.push(reply);
  }
  return { clock, network, sentMs };
}

const gaps = (sentMs: readonly number[], fromMs: number, untilMs: number): number[] => {
  const inside = sentMs.filter((at) => at >= fromMs && at < untilMs);
  return inside.slice(1).map((at, i) => at - (inside[i] as number));
};

describe("the pace of probes", () => {
  it("opens with one each 40 ms for sixteen seconds, on any link", () => {
    for (const shape of [calmLan, jittery]) expect(new Set(gaps(talk(shape, 17_000).sentMs, 0, 16_000))).toEqual(new Set([40]));
  });

  it("eases with age, down to the room's interval on a calm link", () => {
    const { sentMs } = talk(calmLan, 240_000);
    for (const seconds of [24, 48, 120]) {
      const seen = gaps(sentMs, seconds * 1_000, seconds * 1_000 + 2_000);
      for (const gap of seen) expect(Math.abs(gap - seconds * 2.5)).toBeLessThanOrEqual(20);
    }
    expect(new Set(gaps(sentMs, 208_000, 240_000))).toEqual(new Set([500]));
  });

  it("eases to no more than 100 ms on a restless link", () => {
    expect(new Set(gaps(talk(jittery, 60_000).sentMs, 41_000, 60_000))).toEqual(new Set([100]));
  });

  it("is quick again on a new connection", () => {
    const { clock } = talk(calmLan, 10_000);
    clock.opened(10_000);
    expect(clock.dueProbe(10_000)).not.toBeNull();
    expect(clock.dueProbe(10_020)).toBeNull();
    expect(clock.dueProbe(10_040)).not.toBeNull();
  });

  it("numbers its probes and stamps them in whole microseconds", () => {
    const clock = new RoomClock();
    expect(clock.dueProbe(1000.0004)).toEqual({ type: "probe", id: 0, t0: 1_000_000 });
    expect(clock.dueProbe(2000)).toMatchObject({ id: 1 });
  });
});

describe("server time on the device", () => {
  it("is unknown before the first reply", () => {
    const clock = new RoomClock();
    expect(clock.serverMicrosAt(0)).toBeNull();
    expect(clock.uncertaintyMs).toBeNull();
    expect(clock.estimate).toBeNull();
  });

  it("follows the estimated skew between estimates", () => {
    const { clock, network } = talk(calmLan, 60_000, 80);
    // Ten seconds on without a probe: without the skew it would be 800 µs off.
    const micros = 70e6;
    expect(Math.abs((clock.serverMicrosAt(70_000) as number) - micros - network.offsetAt(micros))).toBeLessThan(30);
  });

  it("does not run backwards or jump by more than a hair once the estimate is good", () => {
    const { clock, network } = talk(calmLan, 20_000, 30);
    let last = clock.serverMicrosAt(20_000) as number;
    for (let now = 20_020; now < 60_000; now += 20) {
      const probe = now % 500 === 0 ? network.probe(now * 1000 - 10_000) : null;
      if (probe) clock.take(probe, probe.t3 / 1000);
      const server = clock.serverMicrosAt(now) as number;
      expect(Math.abs(server - last - 20_000)).toBeLessThan(25);
      last = server;
    }
  });

  it("forgets the old server's clock when it is replaced, but not what the new one has answered", () => {
    const { clock } = talk(calmLan, 10_000);
    clock.opened(12_000);
    clock.take({ t0: 12_000_000, t1: 500_000, t2: 500_000 }, 12_001);
    clock.serverReplaced();
    expect(clock.estimate).toBeNull();
    clock.take({ t0: 12_040_000, t1: 540_000, t2: 540_000 }, 12_041);
    expect(clock.estimate?.probes).toBe(2);
    expect(clock.serverMicrosAt(12_041)).toBeCloseTo(540_500, 0);
  });
});
