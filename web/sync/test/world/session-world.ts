/** A whole device, session and all, against the in-memory room. */
import type { LearntOutput } from "../../src/audio/learnt-output.ts";
import { vi } from "vitest";
import { LiveSession } from "../../src/room-session.ts";
import { soundingAt } from "../../src/timeline/timeline.ts";
import { Random } from "../random.ts";
import { item } from "../timeline/states.ts";
import { Ear } from "./ear.ts";
import { RoomServer } from "./room-server.ts";
import { SegmentServer } from "./segment-server.ts";
import { SoundCard } from "./sound-card.ts";
import { SoundContext } from "./sound-context.ts";
import { VirtualTime } from "./virtual-time.ts";

const tracks = [
  { key: "key-a", samples: 48_000 * 300 },
  { key: "key-b", samples: 48_000 * 300, firstPlace: 30_000 },
];

export class SessionWorld {
  readonly time = new VirtualTime();
  readonly server = new RoomServer(
    this.time,
    tracks.map((t) => item({ id: t.key.replace("key-", ""), samples: t.samples })),
  );
  readonly segments = new SegmentServer(this.time, tracks);
  readonly context = new SoundContext(this.time, new SoundCard(12), new Random(5));
  readonly ear = new Ear(this.context, (atMs) => this.expectedPlace(atMs));
  readonly remembered: LearntOutput[] = [];
  /** What the device remembers of its output from earlier. */
  recalled: LearntOutput | null = null;
  /** All streams that were opened, the one that sounds first. */
  readonly streams: SoundContext[] = [];
  /** The browser allows so many. */
  mostStreams = Number.POSITIVE_INFINITY;
  readonly session: LiveSession;
  /** When each state of the room came into force, with the clock that it was said in. */
  private history: { readonly fromMs: number; readonly place: (atMs: number) => number | null }[] = [];
  private seen: unknown = null;

  constructor() {
    const { context, time } = this;
    const { streams } = this;
    const mayOpen = () => streams.length < this.mostStreams;
    vi.stubGlobal("AudioContext", function AudioContext() {
      if (!mayOpen()) throw new DOMException("no more outputs", "NotSupportedError");
      // The first one sounds; those that are opened beside it are streams of their own on the same card.
      const stream =
        streams.length === 0 ? context : new SoundContext(time, new SoundCard(context.card.ppm), new Random(5 + streams.length));
      streams.push(stream);
      return stream;
    });
    this.session = new LiveSession(
      { url: "ws://here/ws", room: "HOME", device: { id: "device-1", name: "Kitchen", kind: "browser" } },
      {
        clock: time,
        timers: time.page,
        openSocket: this.server.openSocket,
        random: () => 0.5,
        segments: this.segments,
        memory: { recall: () => this.recalled, remember: (learnt) => this.remembered.push(learnt) },
      },
    );
    time.every(7.3, () => {
      this.note();
      this.ear.listen(time.nowMs());
    });
    time.every(5_000, () => context.forget(context.card.frameAt(time.nowMs()) - 48_000 * 4));
  }

  private note(): void {
    const state = this.server.current;
    if (this.seen === state) return;
    this.seen = state;
    const { offsetMicros } = this.server;
    this.history.push({
      fromMs: Math.max(this.time.nowMs() - 7.3, this.server.trueMs(state.timeline.atMicros)),
      place: (atMs) => {
        const { itemId, positionMicros, moving } = soundingAt(state, atMs * 1000 + offsetMicros);
        const track = tracks.find((t) => t.key === `key-${itemId}`);
        return moving && track ? positionMicros * 0.048 + (track.firstPlace ?? 0) : null;
      },
    });
  }

  private expectedPlace(atMs: number): number | null {
    return (
      this.history
        .filter((h) => h.fromMs <= atMs)
        .at(-1)
        ?.place(atMs) ?? null
    );
  }

  run(ms: number): Promise<void> {
    return this.time.run(ms);
  }

  /** Waits in virtual time for a promise of the session's. */
  async after<T>(promise: Promise<T>, ms = 1_000): Promise<T> {
    await this.run(ms);
    return promise;
  }

  get nowMs(): number {
    return this.time.nowMs();
  }
}
