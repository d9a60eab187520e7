/**
 * A small server of one room, in memory, that speaks docs/protocol.md: greets, answers probes, holds a state, schedules transitions with a lead
 * once the device is ready, takes hand-overs after a restart. Every frame that it gets is read strictly; what it would refuse is kept.
 */
import type { Device, DeviceReport, Pending, QueueItem, RoomState, Settings, Timeline } from "../../src/messages.ts";
import { soundingAt } from "../../src/timeline/timeline.ts";
import type { OpenSocket, SocketEvents } from "../../src/transport/ports.ts";
import { held, playing } from "../timeline/states.ts";
import { type ClientFrame, readClientFrame } from "./client-frames.ts";
import type { VirtualTime } from "./virtual-time.ts";

const settings: Settings = {
  probeIntervalMs: 500,
  reportIntervalMs: 1000,
  bufferSeconds: 8,
  driftToleranceMs: 0.03,
  spliceThresholdMs: 2,
  recueThresholdMs: 50,
};
const LEAD_MICROS = 150_000;

interface Line {
  readonly events: SocketEvents;
  open: boolean;
}

export class RoomServer {
  oneWayMs = 3;
  /** False: nothing gets through, and nobody is told. */
  connected = true;
  /** True: commands are heard but not answered. */
  mute = false;
  /** Server time minus true time, µs: another one after each restart. */
  offsetMicros = 1_795_000_000_000_000;
  epoch = "e1";
  readonly frames: ClientFrame[] = [];
  readonly refusedFrames: string[] = [];
  readonly handovers: string[] = [];
  private lines: Line[] = [];
  private state: RoomState;
  private device: Device = {
    ...{ id: "device-1", name: "Kitchen", kind: "browser", connected: true, joinedMicros: 0, report: null, memberId: null },
    ...{ icon: null, volume: 100, muted: false, trimMs: 0, sound: { on: true, atMicros: 0 } },
  };

  constructor(
    private readonly time: VirtualTime,
    private readonly queue: readonly QueueItem[],
  ) {
    this.state = this.blank();
  }

  private blank(): RoomState {
    const room = { code: "HOME", name: "Home", rules: null };
    const timeline = held(this.queue[0]?.id ?? null, 0, this.nowMicros());
    const rest = { members: [], host: null, status: "stopped", pending: null, volume: 100, leader: null } as const;
    return { room, epoch: this.epoch, version: 1, timeline, queue: this.queue, ...rest };
  }

  nowMicros(): number {
    return Math.round(this.time.nowMs() * 1000 + this.offsetMicros);
  }

  trueMs(serverMicros: number): number {
    return (serverMicros - this.offsetMicros) / 1000;
  }

  get current(): RoomState {
    return this.state;
  }

  get reports(): DeviceReport[] {
    return this.frames.filter((f) => f.type === "report") as unknown as DeviceReport[];
  }

  readonly openSocket: OpenSocket = (_, events) => {
    const line: Line = { events, open: true };
    this.time.page.after(2 * this.oneWayMs, () => {
      if (!this.connected) return;
      this.lines.push(line);
      events.onOpen();
    });
    return {
      // What was sent before a close still arrives.
      send: (text) => void (line.open && this.time.world.after(this.oneWayMs, () => this.connected && this.hear(line, text))),
      close: (code = 1005) => this.end(line, code),
    };
  };

  private end(line: Line, code: number): void {
    if (!line.open) return;
    line.open = false;
    this.lines = this.lines.filter((l) => l !== line);
    line.events.onClose(code, "");
  }

  private tell(line: Line, message: unknown): void {
    const text = JSON.stringify(message);
    this.time.page.after(this.oneWayMs, () => this.connected && line.open && line.events.onText(text));
  }

  /** Says something to every device. */
  broadcast(message: unknown): void {
    for (const line of this.lines) this.tell(line, message);
  }

  /** The connections break; the room stays. */
  dropLines(): void {
    for (const line of [...this.lines]) this.end(line, 1006);
  }

  /** The process ends and another one begins: another clock, nothing remembered. */
  restart(clockJumpMicros: number): void {
    this.dropLines();
    this.offsetMicros += clockJumpMicros;
    this.epoch = `${this.epoch}+`;
    this.state = this.blank();
  }

  private hear(line: Line, text: string): void {
    const receivedMicros = this.nowMicros();
    const frame = readClientFrame(text);
    if (typeof frame === "number") {
      this.refusedFrames.push(`${frame}: ${text}`);
      return;
    }
    if (frame.type === "probe") {
      this.tell(line, { type: "probeReply", id: frame.id, t0: frame.t0, t1: receivedMicros, t2: receivedMicros + 8 });
      return;
    }
    this.frames.push(frame);
    if (frame.type === "hello") {
      if (typeof frame.handover === "string") this.takeHandover(frame.handover);
      this.tell(line, this.snapshot());
    } else if (frame.type === "resync") this.tell(line, this.snapshot());
    else if (frame.type === "ready") this.ready(frame);
    else if (typeof frame.id === "number" && !this.mute) this.obey(line, frame, frame.id);
  }

  private snapshot() {
    return {
      type: "snapshot",
      deviceId: "device-1",
      serverMicros: this.nowMicros(),
      settings,
      state: this.state,
      seal: this.seal(),
      devices: [this.device],
    };
  }

  private seal(): string {
    return `sealed ${JSON.stringify(this.state).length}`;
  }

  private takeHandover(frame: string): void {
    this.handovers.push(frame);
    const { state, seal } = JSON.parse(frame) as { state: RoomState; seal: string };
    if (seal !== `sealed ${JSON.stringify(state).length}` || this.state.version > 1 || state.epoch === this.epoch) return;
    this.state = { ...state, epoch: this.epoch, version: state.version + 1 };
  }

  /** Makes a change and tells everybody. */
  change(part: Partial<RoomState>): number {
    this.state = { ...this.state, ...part, version: this.state.version + 1 };
    this.broadcast({ type: "state", seal: this.seal(), state: this.state });
    return this.state.version;
  }

  /** Something is set of the device from elsewhere. */
  set(part: Partial<Device>): void {
    this.device = { ...this.device, ...part };
    this.broadcast({ type: "devices", devices: [this.device] });
  }

  private obey(line: Line, frame: ClientFrame, id: number): void {
    const refuse = (code: number, name: string) => this.tell(line, { type: "refused", id, error: { code, name, message: name } });
    const { status } = this.state;
    const here = soundingAt(this.state, this.nowMicros() + LEAD_MICROS);
    if (frame.type === "pause" && status !== "playing") return refuse(3002, "notPlaying");
    if (frame.type === "resume" && status !== "paused") return refuse(3003, "notPaused");
    if (frame.type === "deviceSet") {
      const { type: _, id: __, deviceId: ___, silent: ____, ...part } = frame;
      this.tell(line, { type: "ack", id, version: this.state.version });
      return this.set(part as Partial<Device>);
    }
    if (!["play", "pause", "resume", "seek", "volume"].includes(frame.type)) return refuse(3005, "nothingNext");
    // The answer goes ahead of the state, as the real server's does.
    this.tell(line, { type: "ack", id, version: this.state.version + 1 });
    if (frame.type === "volume") this.change({ volume: frame.volume as number });
    else if (frame.type === "pause") this.transition(held(here.itemId, here.positionMicros, 0));
    else {
      const positionMicros = (frame.positionMicros as number | undefined) ?? here.positionMicros;
      if (frame.type === "seek" && status !== "playing") this.transition(held(here.itemId, positionMicros, 0));
      else this.prepare(here.itemId ?? "", positionMicros);
    }
  }

  private prepare(itemId: string, positionMicros: number): void {
    const sinceMicros = this.nowMicros();
    const pending: Pending = { itemId, positionMicros, rate: 1, sinceMicros, deadlineMicros: sinceMicros + 3_000_000 };
    this.change({ pending, status: this.state.status === "playing" ? "playing" : "preparing" });
  }

  private ready(frame: ClientFrame): void {
    const { pending } = this.state;
    if (!pending || pending.itemId !== frame.itemId || pending.positionMicros !== frame.positionMicros) return;
    this.transition(playing(pending.itemId, pending.positionMicros, 0));
  }

  private transition(timeline: Timeline): void {
    const atMicros = this.nowMicros() + LEAD_MICROS;
    this.change({ timeline: { ...timeline, atMicros }, pending: null, status: timeline.rate === 1 ? "playing" : "paused" });
  }
}
