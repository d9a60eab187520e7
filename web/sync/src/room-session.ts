/** Puts the parts together: one device's life in one room. The only file that knows all of them. */
import { Engine } from "./audio/engine.ts";
import type { OutputMemory } from "./audio/engine-ports.ts";
import type { SegmentPorts } from "./audio/segments.ts";
import type { TierChoice, TierSwitch } from "./audio/tier.ts";
import { OutputKeeper } from "./audio/sound-output.ts";
import { RoomClock } from "./clock/room-clock.ts";
import { DeckKeeper } from "./embedded/deck-keeper.ts";
import { deviceReport } from "./device-report.ts";
import type { Command, Device, OutputState, RoomState, ServerMessage, Settings } from "./messages.ts";
import { OwnSound } from "./own-sound.ts";
import { PendingCommands } from "./pending-commands.ts";
import {
  type ClockView,
  CommandError,
  type LogEntry,
  type Notice,
  type OutputView,
  type RoomSession,
  type RoomView,
  type SessionOptions,
  type SoundView,
} from "./session.ts";
import { StreamTender } from "./stream-tender.ts";
import { soundingAt } from "./timeline/timeline.ts";
import { Connection } from "./transport/connection.ts";
import type { DeviceClock, OpenSocket, Timers } from "./transport/ports.ts";

/** Pace of the engine: output clock looks, planning, probes. */
const TICK_MS = 15;
/** Ticks are spread over so much more: evenly paced, they would look at the same few places of the output's blocks for seconds. */
const TICK_SPREAD_MS = 10;
const GOLDEN = 0.618;
const NOTIFY_MS = 16;
/** Figures (clock, buffer, sync error) change all the time: listeners are told this often, while sounding and while not. */
const FIGURES_MS = 250;
const IDLE_FIGURES_MS = 1_000;
/** While the output opens, listeners are left in peace: drawing a page at that moment makes the young stream stumble. */
const OPENING_MS = 700;
const NOTICES_KEPT = 20;

export interface Surroundings {
  readonly clock: DeviceClock;
  readonly timers: Timers;
  readonly openSocket: OpenSocket;
  readonly random: () => number;
  readonly segments: SegmentPorts;
  readonly tiers?: TierSwitch;
  readonly memory: OutputMemory;
}

export class LiveSession implements RoomSession {
  private readonly clock = new RoomClock();
  private readonly connection: Connection;
  private readonly engine: Engine;
  private readonly keeper: OutputKeeper;
  private readonly streams: StreamTender;
  private readonly own: OwnSound;
  private readonly decks: DeckKeeper;
  private device: SessionOptions["device"];
  private state: RoomState | null = null;
  private settings: Settings | null = null;
  private devices: readonly Device[] = [];
  private notices: readonly Notice[] = [];
  private trouble: OutputView["trouble"] = null;
  private wanted = false;
  /** The switch has to be put onto the stream again: it, or what is known of the output, is another one. */
  private switchUnplanned = true;
  private readonly commands: PendingCommands;
  private readonly listeners = new Set<(view: RoomView) => void>();
  private readonly logListeners = new Set<(entry: LogEntry) => void>();
  private cancelTick: (() => void) | null = null;
  private notifyPending = false;
  private lastFiguresMs = 0;
  private lastReportMs = Number.NEGATIVE_INFINITY;
  private reportedOutput: OutputState | null = null;
  private cachedView: RoomView | null = null;
  private over = false;
  private beats = 0;
  private openedMs = Number.NEGATIVE_INFINITY;

  constructor(
    options: SessionOptions & { readonly url: string },
    private readonly around: Surroundings,
  ) {
    this.device = { ...options.device };
    this.own = new OwnSound(this.clock);
    this.own.ask(this.device)();
    this.engine = new Engine(
      around.segments,
      this.own,
      {
        onReady: (p) => this.connection.send({ type: "ready", itemId: p.itemId, positionMicros: p.positionMicros }),
        onFault: (itemId, message) => this.connection.send({ type: "fault", itemId, code: 5002, message: message.slice(0, 200) }),
      },
      around.memory,
      () => this.now(),
    );
    this.decks = new DeckKeeper(options.openPlayer, {
      ready: (itemId, positionMicros) => this.connection.send({ type: "ready", itemId, positionMicros }),
      loaded: (itemId, facts) => this.connection.send({ type: "loaded", itemId, ...facts }),
      fault: (itemId, code, message) => this.connection.send({ type: "fault", itemId, code, message }),
    });
    this.keeper = new OutputKeeper({
      onRunning: () => this.engine.outputResumed(),
      onTrouble: (trouble) => {
        this.trouble = this.wanted ? trouble : null;
        this.changed();
      },
    });
    this.streams = new StreamTender(this.engine, this.keeper, around.timers, () => this.now());
    this.connection = new Connection(
      { url: options.url, room: options.room, device: () => this.device },
      {
        onMessage: (m, at) => this.receive(m, at),
        onGreeted: () => this.clock.opened(this.now()),
        onChange: () => this.changed(),
        onTraffic: (direction, type, text) => this.log(direction, type, text),
      },
      around.clock,
      around.timers,
      around.openSocket,
      around.random,
    );
    this.commands = new PendingCommands((command) => this.connection.send(command), around.timers);
    this.connection.open();
    this.beat();
  }

  private now(): number {
    return this.around.clock.nowMs();
  }

  private beat(): void {
    if (this.over) return;
    const now = this.now();
    const probe = this.connection.isOpen || this.state === null ? this.clock.dueProbe(now) : null;
    if (probe) this.connection.send(probe);
    this.engine.tick(now);
    const nowMicros = this.own.serverMicrosAt(now);
    this.decks.tick({ nowMs: now, nowMicros, level: this.roomGain * this.own.levelAt(nowMicros) }, this.outputState === "on");
    if (this.wanted && this.streams.tend(now)) {
      this.applyGain();
      this.switchUnplanned = true;
    }
    if (this.switchUnplanned) this.planSwitch(now);
    this.report(now);
    if (now - this.lastFiguresMs > (this.wanted ? FIGURES_MS : IDLE_FIGURES_MS)) {
      this.lastFiguresMs = now;
      this.changed();
    }
    this.beats++;
    this.cancelTick = this.around.timers.after(TICK_MS + TICK_SPREAD_MS * ((this.beats * GOLDEN) % 1), () => this.beat());
  }

  private receive(message: ServerMessage, atMs: number): void {
    switch (message.type) {
      case "probeReply":
        this.clock.take(message, atMs);
        return;
      case "snapshot":
        this.settings = message.settings;
        this.clock.intervalMs = message.settings.probeIntervalMs;
        this.engine.configure(message.settings.bufferSeconds, {
          toleranceMs: message.settings.driftToleranceMs,
          spliceMs: message.settings.spliceThresholdMs,
          recueMs: message.settings.recueThresholdMs,
        });
        this.takeDevices(message.devices);
        this.reportedOutput = null;
        this.takeState(message.state, atMs, true);
        break;
      case "state":
        this.takeState(message.state, atMs, false);
        break;
      case "devices":
        this.takeDevices(message.devices);
        break;
      case "deviceJoined":
        this.devices = [...this.devices.filter((d) => d.id !== message.device.id), message.device];
        break;
      case "deviceLeft":
        this.devices = this.devices.filter((d) => d.id !== message.deviceId);
        break;
      case "ack":
        this.commands.accept(message.id, message.version);
        break;
      case "refused":
        this.commands.refuse(message.id, new CommandError(message.error.code, message.error.name, message.error.message));
        break;
      case "notice":
      case "error":
        this.note(message.type === "notice" ? message.level : "error", message.code, message.message);
        break;
    }
    this.changed();
  }

  private takeDevices(devices: readonly Device[]): void {
    this.devices = devices;
    const mine = devices.find((d) => d.id === this.device.id);
    if (!mine) return;
    const { name, icon, volume, muted, trimMs } = mine;
    // What a later greeting tells a server that remembers nothing.
    this.device = { ...this.device, name, icon: icon ?? "", volume, muted, trimMs };
    const { level } = this.own;
    if (this.own.take(mine)) this.planSwitch(this.now());
    if (this.own.level !== level) this.applyGain();
  }

  /** Puts the device's switch onto the stream, at the moment at which its time is heard. */
  private planSwitch(nowMs: number): void {
    const output = this.keeper.current;
    if (!output) return;
    const nowMicros = this.own.serverMicrosAt(nowMs);
    this.own.plan(output.switch.gain, output.context.currentTime, nowMicros, (micros) => this.engine.contextSecondsAt(micros));
    this.switchUnplanned = this.engine.heardLine === null || nowMicros === null;
  }

  private takeState(state: RoomState, atMs: number, snapshot: boolean): void {
    const old = this.state;
    if (old && old.epoch === state.epoch && state.version < old.version) return;
    // Another incarnation of the room: the server was started anew, and with it its clock.
    if (snapshot && old && old.epoch !== state.epoch) {
      this.clock.serverReplaced();
      this.engine.clockReplaced();
    }
    this.state = state;
    this.engine.setState(state, atMs);
    this.decks.setState(state);
    if (old?.volume !== state.volume) this.applyGain();
  }

  private note(level: Notice["level"], code: number, message: string): void {
    const atMicros = this.clock.serverMicrosAt(this.now()) ?? 0;
    this.notices = [...this.notices, { level, code, message, atMicros }].slice(-NOTICES_KEPT);
  }

  private get outputState(): OutputState {
    if (!this.wanted) return "off";
    return this.keeper.current?.context.state === "running" && this.engine.heardLine !== null ? "on" : "starting";
  }

  private report(now: number): void {
    const output = this.outputState;
    const interval = this.settings?.reportIntervalMs ?? 1000;
    if (!this.connection.isOpen || (output === this.reportedOutput && now - this.lastReportMs < interval)) return;
    this.lastReportMs = now;
    this.reportedOutput = output;
    this.connection.send({ type: "report", ...deviceReport(output, this.clock.estimate, this.soundView(now)) });
  }

  private log(direction: LogEntry["direction"], type: string, text: string): void {
    if (this.logListeners.size === 0) return;
    const entry: LogEntry = { direction, atDeviceMs: this.now(), type, text: text.slice(0, 2000) };
    for (const l of this.logListeners) l(entry);
  }

  private get roomGain(): number {
    return ((this.state?.volume ?? 100) / 100) ** 2;
  }

  /** Of whoever plays now: the engine, or a service's own player. */
  private soundView(nowMs: number): SoundView {
    const { view } = this.decks;
    const own = this.engine.view(nowMs);
    return view ? { ...own, sounding: view.sounding, syncErrorMs: view.syncErrorMs, embedded: view.service } : { ...own, embedded: null };
  }

  private applyGain(): void {
    const output = this.keeper.current;
    if (!output) return;
    output.gain.gain.setTargetAtTime(this.roomGain * this.own.level, output.context.currentTime, 0.015);
  }

  private changed(): void {
    this.cachedView = null;
    if (this.notifyPending || this.listeners.size === 0) return;
    this.notifyPending = true;
    this.around.timers.after(Math.max(NOTIFY_MS, this.openedMs + OPENING_MS - this.now()), () => {
      this.notifyPending = false;
      const view = this.view;
      for (const l of this.listeners) l(view);
    });
  }

  get view(): RoomView {
    if (!this.cachedView) {
      const e = this.clock.estimate;
      const clock: ClockView = {
        offsetMicros: e?.offsetMicros ?? null,
        uncertaintyMicros: e?.uncertaintyMicros ?? null,
        skewPpm: e?.skewPpm ?? 0,
        rttMs: e ? e.rttMicros / 1000 : null,
        rttJitterMs: e ? e.jitterMicros / 1000 : null,
      };
      const output: OutputView = { state: this.outputState, trouble: this.trouble, ...this.soundView(this.now()) };
      const { state, settings, devices, notices } = this;
      this.cachedView = { connection: this.connection.view, clock, output, state, settings, devices, deviceId: this.device.id, notices };
    }
    return this.cachedView;
  }

  subscribe(listener: (view: RoomView) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onLog(listener: (entry: LogEntry) => void): () => void {
    this.logListeners.add(listener);
    return () => this.logListeners.delete(listener);
  }

  async join(): Promise<void> {
    this.wanted = true;
    this.openedMs = this.now();
    this.streams.opened(this.openedMs);
    this.changed();
    const before = this.keeper.current;
    const output = await this.keeper.open();
    if (this.keeper.current !== before) {
      this.engine.attach(output.context, output.gain);
      output.gain.gain.value = 0;
      this.switchUnplanned = true;
    }
    this.applyGain();
    this.changed();
  }

  leave(): void {
    this.wanted = false;
    this.trouble = null;
    this.streams.forget();
    this.engine.detach();
    this.keeper.close();
    this.changed();
  }

  command(command: Command): Promise<number> {
    if (command.type === "deviceSet" && (command.deviceId ?? this.device.id) === this.device.id) return this.setOwn(command);
    return this.commands.ask(command);
  }

  /** A slider under a finger is obeyed at once, and the room told. */
  private setOwn(command: Command & { readonly type: "deviceSet" }): Promise<number> {
    const answered = this.own.ask(command);
    this.applyGain();
    return this.commands.ask(command).finally(answered);
  }

  positionMicros(): number {
    const now = this.clock.serverMicrosAt(this.now());
    if (!this.state) return 0;
    if (now === null) return this.state.timeline.positionMicros;
    // Before a transition is due the old place still holds; showing the new one at once is what the finger expects.
    return soundingAt(this.state, now).positionMicros;
  }

  setTier(choice: TierChoice): void {
    if (this.around.tiers) this.around.tiers.choice = choice;
  }

  resync(): void {
    this.connection.send({ type: "resync" });
  }

  /** The page came to the front, the network is back: look after everything at once. */
  wake(): void {
    this.connection.hurry();
    if (this.wanted) this.keeper.nudge();
  }

  keepLearnt(): void {
    this.engine.keepLearnt();
  }

  close(): void {
    if (this.over) return;
    this.over = true;
    this.cancelTick?.();
    this.decks.close();
    this.commands.refuseAll(new CommandError(0, "closed", "The page left the room."));
    this.connection.close();
    this.engine.detach();
    this.keeper.close();
    this.listeners.clear();
    this.logListeners.clear();
  }
}
