import type {
  Command,
  Device,
  DeviceReport,
  LogEntry,
  QueueItem,
  RoomSession,
  RoomState,
  RoomView,
  SessionOptions,
} from "../../../sync/src/index.ts";
import { CommandError } from "../../../sync/src/session.ts";

/** A session without a server: it obeys commands at once and makes up the figures of two devices. For looking at pages and for unit tests. */
export class FakeSession implements RoomSession {
  view: RoomView;
  readonly sent: Command[] = [];
  readonly #listeners = new Set<(view: RoomView) => void>();
  readonly #log = new Set<(entry: LogEntry) => void>();
  readonly #nowMicros: () => number;

  constructor(options: SessionOptions, nowMicros: () => number, queue: readonly QueueItem[] = []) {
    this.#nowMicros = nowMicros;
    const { id, name, kind } = options.device;
    const own = { icon: null, volume: 100, muted: false, trimMs: 0, memberId: null, sound: { on: true, atMicros: 0 } } as const;
    const other = { ...own, kind: "browser", connected: true, joinedMicros: 1 } as const;
    this.view = {
      connection: { status: "open", attempt: 0, retryInMs: null, error: null },
      clock: { offsetMicros: 1_795_000_000_123_456, uncertaintyMicros: 38, skewPpm: 3.21, rttMs: 1.84, rttJitterMs: 0.31 },
      output: silent,
      state: fakeState(options.room, queue),
      settings: {
        probeIntervalMs: 500,
        reportIntervalMs: 1000,
        bufferSeconds: 8,
        driftToleranceMs: 0.03,
        spliceThresholdMs: 2,
        recueThresholdMs: 50,
      },
      devices: [
        { ...own, id, name, kind, connected: true, joinedMicros: 0, report: fakeReport({ output: "off", syncErrorMs: null }) },
        { ...other, id: "kitchen-tablet", name: "Kitchen tablet", report: fakeReport({ syncErrorMs: 0.06, rttMs: 4.1 }) },
        {
          ...other,
          id: "hifi",
          name: "Old PC at the hi-fi",
          kind: "speaker",
          report: fakeReport({ syncErrorMs: -4.8, outputLatencyMs: 212, dropouts: 2 }),
        },
        { ...other, id: "phone", name: "Ada’s phone", kind: "control", report: null },
        { ...other, id: "bedroom", name: "Bedroom", connected: false, report: null },
      ],
      deviceId: id,
      notices: [],
    };
  }

  change(part: Partial<RoomView>): void {
    this.view = { ...this.view, ...part };
    for (const listener of this.#listeners) listener(this.view);
  }

  log(entry: LogEntry): void {
    for (const listener of this.#log) listener(entry);
  }

  subscribe(listener: (view: RoomView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onLog(listener: (entry: LogEntry) => void): () => void {
    this.#log.add(listener);
    return () => this.#log.delete(listener);
  }

  join(): Promise<void> {
    this.change({ output: sounding });
    return Promise.resolve();
  }

  leave(): void {
    this.change({ output: silent });
  }

  command(command: Command): Promise<number> {
    this.sent.push(command);
    if (this.#setsDevices(command)) return Promise.resolve(this.view.state?.version ?? 0);
    const state = this.view.state;
    if (!state) return Promise.reject(new CommandError(0, "offline", "Not connected to the server."));
    const next = this.#after(state, command);
    if (!next) return Promise.reject(new CommandError(3001, "nothingToPlay", "The queue is empty."));
    this.change({ state: { ...next, version: state.version + 1, leader: this.view.deviceId } });
    return Promise.resolve(state.version + 1);
  }

  positionMicros(): number {
    const timeline = this.view.state?.timeline;
    return timeline ? timeline.positionMicros + timeline.rate * (this.#nowMicros() - timeline.atMicros) : 0;
  }

  resync(): void {
    this.change({});
  }

  setTier(): void {}

  close(): void {
    this.#listeners.clear();
  }

  #setsDevices(command: Command): boolean {
    const own = this.view.deviceId;
    const change = (part: (device: Device) => Partial<Device>) =>
      this.change({ devices: this.view.devices.map((device) => ({ ...device, ...part(device) })) });
    const sound = (on: boolean) => ({ sound: { on, atMicros: 0 } });
    if (command.type === "everywhere") change(() => sound(true));
    else if (command.type === "onlyHere") change((device) => sound(device.id === (command.deviceId ?? own)));
    else if (command.type === "handOver")
      change((device) => (device.id === command.to ? sound(true) : device.id === (command.from ?? own) ? sound(false) : {}));
    else if (command.type === "deviceSet") {
      const { type: _, deviceId = own, silent, icon, ...rest } = command;
      const set = { ...rest, ...(icon === undefined ? {} : { icon: icon || null }), ...(silent === undefined ? {} : sound(!silent)) };
      change((device) => (device.id === deviceId ? set : {}));
    } else return false;
    return true;
  }

  #after(state: RoomState, command: Command): RoomState | null {
    const { queue, timeline } = state;
    const at = (rate: 0 | 1, positionMicros = this.positionMicros(), itemId = timeline.itemId ?? queue[0]?.id ?? null): RoomState => ({
      ...state,
      status: rate ? "playing" : "paused",
      timeline: { itemId, positionMicros, rate, atMicros: this.#nowMicros() },
    });
    const from = queue.findIndex((item) => item.id === timeline.itemId);
    switch (command.type) {
      case "play":
      case "resume":
        return queue.length === 0 ? null : at(1);
      case "pause":
        return at(0);
      case "seek":
        return at(timeline.rate, command.positionMicros);
      case "next":
      case "previous":
        return at(timeline.rate, 0, queue[from + (command.type === "next" ? 1 : -1)]?.id ?? null);
      case "changeTrack":
        return at(1, 0, command.itemId ?? null);
      case "stop":
        return { ...at(0, 0), status: "stopped" };
      case "volume":
        return { ...state, volume: command.volume };
      case "levelling":
        return { ...state, levelling: command.on };
      case "crossfade":
        return { ...state, crossfadeSeconds: command.seconds };
      case "queueRemove":
        return { ...state, queue: queue.filter((item) => !command.itemIds.includes(item.id)) };
      case "queueClear":
        return { ...state, queue: queue.filter((item) => item.id === timeline.itemId) };
      case "queueMove": {
        const item = queue.find((other) => other.id === command.itemId);
        return item ? { ...state, queue: queue.filter((other) => other !== item).toSpliced(command.toIndex, 0, item) } : null;
      }
      default:
        return state;
    }
  }
}

const silent: RoomView["output"] = {
  state: "off",
  trouble: null,
  sounding: false,
  embedded: null,
  syncErrorMs: null,
  bufferMs: 0,
  outputLatencyMs: null,
  ratePpm: 0,
  dropouts: 0,
  corrections: 0,
};

const sounding: RoomView["output"] = {
  ...silent,
  state: "on",
  sounding: true,
  syncErrorMs: 0.08,
  bufferMs: 7400,
  outputLatencyMs: 38,
  ratePpm: 12,
  corrections: 1,
};

export function fakeReport(part: Partial<DeviceReport> = {}): DeviceReport {
  return {
    output: "on",
    syncErrorMs: 0,
    bufferMs: 7800,
    rttMs: 2.2,
    rttJitterMs: 0.4,
    offsetMicros: 1_795_000_000_000_000,
    offsetErrorMicros: 40,
    outputLatencyMs: 41,
    ratePpm: 8,
    dropouts: 0,
    ...part,
  };
}

export function fakeState(code: string, queue: readonly QueueItem[]): RoomState {
  return {
    room: { code, name: code === "HOME" ? "Home" : "Friday night", rules: null },
    members: [],
    host: null,
    epoch: "c41f0a",
    version: 42,
    status: "stopped",
    timeline: { itemId: null, positionMicros: 0, rate: 0, atMicros: 0 },
    pending: null,
    volume: 80,
    leader: null,
    queue,
  };
}

export function fakeItem(n: number, part: Partial<QueueItem> = {}): QueueItem {
  return {
    id: `q${n}`,
    addedBy: n % 3 ? "Kitchen tablet" : "",
    addedById: null,
    track: {
      id: `t${n}`,
      title: `Piece ${n}`,
      artist: "The Household",
      album: "Evenings",
      durationMicros: 185e6 + n * 7e6,
      coverUrl: null,
    },
    media: null,
    fault: null,
    ...part,
  };
}
