/**
 * Makes spec/clock-offset.json: what the clock estimator must answer to given probes, in every language. After a deliberate change of the
 * estimator: `npm run vectors -w sync` in web/, and read the difference before committing it.
 */
import { OffsetEstimator, type ProbeStamps } from "../../src/clock/offset-estimator.ts";
import { type Clocks, calmLan, jittery, type NetworkShape, radio, SimulatedNetwork } from "./network.ts";

const EPOCH = 1_795_000_000_000_000;

interface Vector {
  readonly name: string;
  readonly probes: readonly ProbeStamps[];
  readonly atDeviceMicros: number;
}

function simulated(name: string, shape: NetworkShape, clocks: Clocks, gapMs: number, count: number): Vector {
  const probes = new SimulatedNetwork(42, shape, clocks).probes(5e6, 5e6 + count * gapMs * 1000, gapMs * 1000).map(rounded);
  return { name, probes, atDeviceMicros: (probes[probes.length - 1] as ProbeStamps).t3 };
}

function rounded({ t0, t1, t2, t3 }: ProbeStamps): ProbeStamps {
  return { t0, t1, t2, t3: Math.round(t3) };
}

function step(name: string, stepMicros: number): Vector {
  const before = simulated("", calmLan, { offsetMicros: EPOCH, skewPpm: 0 }, 500, 16);
  const after = new SimulatedNetwork(43, calmLan, { offsetMicros: EPOCH + stepMicros, skewPpm: 0 });
  const probes = [...before.probes, ...after.probes(14e6, 16e6, 500e3).map(rounded)];
  return { name, probes, atDeviceMicros: 16e6 };
}

const vectors: readonly Vector[] = [
  { name: "one probe: the formula of RFC 5905", probes: [{ t0: 1000, t1: 51_200, t2: 51_240, t3: 1540 }], atDeviceMicros: 1540 },
  { name: "one probe with an answer that took no time", probes: [{ t0: 0, t1: 700, t2: 700, t3: 0 }], atDeviceMicros: 0 },
  {
    name: "each direction is quick once: the two least delays count, not one probe",
    probes: [
      { t0: 0, t1: 10_100, t2: 10_100, t3: 9_100 },
      { t0: 1_000_000, t1: 1_019_000, t2: 1_019_000, t3: 1_009_100 },
    ],
    atDeviceMicros: 1_009_100,
  },
  simulated("calm network, server time of this decade", calmLan, { offsetMicros: EPOCH, skewPpm: 0 }, 500, 30),
  simulated("calm network, device clock ahead of the server's", calmLan, { offsetMicros: -3_000_000, skewPpm: 0 }, 500, 30),
  simulated("calm network, crystals 40 ppm apart", calmLan, { offsetMicros: EPOCH, skewPpm: 40 }, 1000, 40),
  simulated("calm network, crystals -200 ppm apart", calmLan, { offsetMicros: 0, skewPpm: -200 }, 1000, 40),
  simulated("round trip of 40 ± 15 ms in order", jittery, { offsetMicros: EPOCH, skewPpm: 0 }, 60, 60),
  simulated("round trip of 40 ± 15 ms, every fifth probe lost", { ...jittery, loss: 0.2 }, { offsetMicros: EPOCH, skewPpm: -30 }, 250, 60),
  simulated("a radio with exponential queues", radio, { offsetMicros: EPOCH, skewPpm: 15 }, 250, 48),
  simulated("device clock of 100 µs steps", calmLan, { offsetMicros: EPOCH, skewPpm: 0, stepMicros: 100 }, 500, 30),
  simulated("a path 8 ms slower up than down", { up: () => 9000, down: () => 1000 }, { offsetMicros: EPOCH, skewPpm: 0 }, 500, 8),
  step("the device slept for half a minute", 30_000_000),
  step("the server came back 80 ms behind", -80_000),
  {
    name: "asked for a second after the last probe",
    probes: simulated("", calmLan, { offsetMicros: 1_000_000, skewPpm: 100 }, 1000, 30).probes,
    atDeviceMicros: 36_000_000,
  },
];

const round = (value: number) => Math.round(value * 1000) / 1000;
const lines = vectors.map(({ name, probes, atDeviceMicros }) => {
  const estimator = new OffsetEstimator();
  for (const probe of probes) estimator.add(probe);
  const estimate = estimator.estimate(atDeviceMicros);
  if (!estimate) throw new Error(name);
  const { offsetMicros, skewPpm, uncertaintyMicros } = estimate;
  const expect = { offsetMicros: round(offsetMicros), skewPpm: round(skewPpm), uncertaintyMicros: round(uncertaintyMicros) };
  return `  ${JSON.stringify({ name, input: { probes, atDeviceMicros }, expect })}`;
});
console.log(`[\n${lines.join(",\n")}\n]`);
