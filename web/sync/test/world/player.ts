/** A device in a simulated world: the real engine on a simulated card, page and network, with an ear that hears what truly sounds. */
import { Engine } from "../../src/audio/engine.ts";
import type { EngineEvents } from "../../src/audio/engine-ports.ts";
import { RoomClock } from "../../src/clock/room-clock.ts";
import type { Pending, RoomState } from "../../src/messages.ts";
import { soundingAt } from "../../src/timeline/timeline.ts";
import { type NetworkShape, SimulatedNetwork } from "../clock/network.ts";
import { Random } from "../random.ts";
import { item, type ItemShape } from "../timeline/states.ts";
import { Ear } from "./ear.ts";
import { SegmentServer, type SegmentTrack } from "./segment-server.ts";
import { SoundCard } from "./sound-card.ts";
import { type ContextShape, SoundContext, usualContext } from "./sound-context.ts";
import { VirtualTime } from "./virtual-time.ts";

const SERVER_OFFSET = 1_795_000_000_000_000;
/** Not in step with ticks, blocks or segments. */
const LISTEN_EACH_MS = 7.3;

export interface PlayerShape {
  readonly cardPpm?: number;
  readonly context?: Partial<ContextShape>;
  /** Server crystal against the device's, ppm. */
  readonly skewPpm?: number;
  /** Null (default): server time is simply known, to judge the rest. */
  readonly network?: NetworkShape | null;
  readonly tracks?: readonly SegmentTrack[];
  readonly seed?: number;
}

export class Player {
  readonly time = new VirtualTime();
  readonly card: SoundCard;
  readonly context: SoundContext;
  readonly engine: Engine;
  readonly segments: SegmentServer;
  readonly ear: Ear;
  readonly ready: Pending[] = [];
  readonly faults: string[] = [];
  private readonly network: SimulatedNetwork;
  private readonly roomClock = new RoomClock();
  private readonly tracks: readonly SegmentTrack[];
  private states: RoomState[] = [];
  private ticks = 0;

  constructor(shape: PlayerShape = {}) {
    const seed = shape.seed ?? 1;
    const random = new Random(seed + 100);
    this.tracks = shape.tracks ?? [{ key: "key-a", samples: 48_000 * 600 }];
    this.card = new SoundCard(shape.cardPpm ?? 0);
    this.context = new SoundContext(this.time, this.card, random, { ...usualContext, ...shape.context });
    this.segments = new SegmentServer(this.time, this.tracks);
    const line = shape.network ?? { up: () => 0, down: () => 0 };
    this.network = new SimulatedNetwork(seed, line, { offsetMicros: SERVER_OFFSET, skewPpm: shape.skewPpm ?? 0 });
    const events: EngineEvents = {
      onReady: (pending) => this.ready.push(pending),
      onFault: (itemId, message) => this.faults.push(`${itemId}: ${message}`),
    };
    const known = { serverMicrosAt: (ms: number) => this.serverMicros(ms), uncertaintyMs: 0.01 };
    this.engine = new Engine(
      this.segments,
      shape.network ? this.roomClock : known,
      events,
      {
        recall: () => null,
        remember: () => undefined,
      },
      () => this.time.nowMs(),
    );
    this.ear = new Ear(this.context, (atMs) => this.expectedPlace(atMs));
    this.roomClock.opened(this.time.nowMs());
    this.tick(shape.network != null);
    this.time.every(LISTEN_EACH_MS, () => this.ear.listen(this.time.nowMs()));
    this.time.every(5_000, () => this.context.forget(this.card.frameAt(this.time.nowMs()) - 48_000 * 4));
  }

  private tick(probing: boolean): void {
    const now = this.time.nowMs();
    const due = probing ? this.roomClock.dueProbe(now) : null;
    if (due) {
      const reply = this.network.probe(due.t0);
      if (reply) this.time.page.after(reply.t3 / 1000 - now, () => this.roomClock.take(reply, this.time.nowMs()));
    }
    this.engine.tick(now);
    // Unevenly, as the session ticks.
    this.ticks++;
    this.time.page.after(15 + 10 * ((this.ticks * 0.618) % 1), () => this.tick(probing));
  }

  get nowMs(): number {
    return this.time.nowMs();
  }

  /** True server time at a true moment, µs. */
  serverMicros(atMs = this.nowMs): number {
    return atMs * 1000 + this.network.offsetAt(atMs * 1000);
  }

  /** True moment of a server time, ms. */
  trueMs(serverMicros: number): number {
    const { offsetMicros, skewPpm } = this.network.clocks;
    return (serverMicros - offsetMicros) / (1 + skewPpm / 1e6) / 1000;
  }

  /** Turns the output on, as Join does. */
  async join(): Promise<void> {
    await this.context.resume();
    this.engine.attach(this.context, this.context.destination);
  }

  item(id: string, shape: Partial<ItemShape> = {}) {
    const track = this.tracks.find((t) => t.key === `key-${id}`);
    return item({ id, samples: track?.samples ?? 0, ...shape });
  }

  /** The room says something new. */
  say(state: RoomState): void {
    this.states.push(state);
    this.engine.setState(state, this.nowMs);
  }

  /** Lets time pass until a server time is heard. */
  runTo(serverMicros: number): Promise<void> {
    return this.run(Math.max(0, this.trueMs(serverMicros) - this.nowMs));
  }

  run(ms: number): Promise<void> {
    return this.time.run(ms);
  }

  /** Place that the room's timeline says for a true moment, samples; null: silence. */
  private expectedPlace(atMs: number): number | null {
    const server = this.serverMicros(atMs);
    const state = this.states.filter((s) => s.timeline.atMicros <= server).at(-1);
    if (!state) return null;
    const { itemId, positionMicros, moving } = soundingAt(state, server);
    const track = this.tracks.find((t) => t.key === `key-${itemId}`);
    return moving && track ? positionMicros * 0.048 + (track.firstPlace ?? 0) : null;
  }
}
