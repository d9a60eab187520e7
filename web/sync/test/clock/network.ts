/** A simulated line between a device and a server whose clocks are both known, for judging what the estimator makes of it. */
import type { ProbeStamps } from "../../src/clock/offset-estimator.ts";
import { Random } from "../random.ts";

export interface NetworkShape {
  /** Delay of one direction in µs, drawn for each passage. */
  readonly up: (random: Random) => number;
  readonly down: (random: Random) => number;
  /** Share of probes that never come back. */
  readonly loss?: number;
  /** True: nothing overtakes anything (a queue, TCP). */
  readonly inOrder?: boolean;
}

export interface Clocks {
  /** Server minus device at device time 0, µs. */
  readonly offsetMicros: number;
  /** Rate of server time relative to device time, ppm. */
  readonly skewPpm: number;
  /** Device stamps are rounded down to this, µs (browsers: 100 or 5). */
  readonly stepMicros?: number;
}

export class SimulatedNetwork {
  private readonly random: Random;
  private upArrival = Number.NEGATIVE_INFINITY;
  private downArrival = Number.NEGATIVE_INFINITY;

  constructor(
    seed: number,
    private readonly shape: NetworkShape,
    readonly clocks: Clocks = { offsetMicros: 1_795_000_000_000_000, skewPpm: 0 },
  ) {
    this.random = new Random(seed);
  }

  /** The true offset at a device time, µs. */
  offsetAt(deviceMicros: number): number {
    return this.clocks.offsetMicros + (deviceMicros * this.clocks.skewPpm) / 1e6;
  }

  /** One probe sent at a device time; null when it is lost. */
  probe(deviceMicros: number): ProbeStamps | null {
    const { shape, random } = this;
    let atServer = deviceMicros + shape.up(random);
    if (shape.inOrder) atServer = this.upArrival = Math.max(this.upArrival, atServer);
    const leftServer = atServer + random.between(5, 40);
    let back = leftServer + shape.down(random);
    if (shape.inOrder) back = this.downArrival = Math.max(this.downArrival, back);
    if (random.next() < (shape.loss ?? 0)) return null;
    const server = (device: number) => Math.round(device + this.offsetAt(device));
    const step = this.clocks.stepMicros ?? 1;
    const stamp = (device: number) => Math.floor(device / step) * step;
    return { t0: stamp(deviceMicros), t1: server(atServer), t2: server(leftServer), t3: stamp(back) };
  }

  /** Probes at an even pace over a span of device time, by time of return. */
  probes(fromMicros: number, untilMicros: number, gapMicros: number): ProbeStamps[] {
    const out: ProbeStamps[] = [];
    for (let at = fromMicros; at < untilMicros; at += gapMicros) {
      const probe = this.probe(at);
      if (probe) out.push(probe);
    }
    return out.sort((a, b) => a.t3 - b.t3);
  }
}

const ms = (value: number) => value * 1000;

/** Wired or good wireless: a fifth of a millisecond, now and then more. */
export const calmLan: NetworkShape = {
  up: (r) => ms(0.2) + ms(0.05) * r.exponential() + (r.next() < 0.02 ? ms(r.between(1, 20)) : 0),
  down: (r) => ms(0.2) + ms(0.05) * r.exponential() + (r.next() < 0.02 ? ms(r.between(1, 20)) : 0),
};

/** What the bench's slow link does: a round trip of 40 ± 15 ms, half of it each way, never below the wire's own delay, in order. */
export const jittery: NetworkShape = {
  up: (r) => ms(0.15) + Math.max(0, ms(20) + ms(15 / Math.SQRT2) * r.normal()),
  down: (r) => ms(0.15) + Math.max(0, ms(20) + ms(15 / Math.SQRT2) * r.normal()),
  inOrder: true,
};

/** A page and a server that share two processors: no sharp least delay (as recorded, beside playing sound). */
export const oneMachine: NetworkShape = {
  up: (r) => ms(0.16) + ms(0.18) * (r.exponential() + r.exponential() + r.exponential()),
  down: (r) => ms(0.16) + ms(0.18) * (r.exponential() + r.exponential() + r.exponential()),
};

/** A busy radio: a floor and an exponential queue on top. */
export const radio: NetworkShape = {
  up: (r) => ms(2) + ms(8) * r.exponential(),
  down: (r) => ms(1.5) + ms(8) * r.exponential(),
  inOrder: true,
};
