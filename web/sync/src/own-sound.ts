/**
 * What this device itself makes of the room's sound: its volume, mute and latency trim, and the switch that says whether it sounds at all
 * (docs/protocol.md §5a). Server times in µs, device times in ms, context times in s.
 */
import type { ServerTime } from "./audio/engine-ports.ts";
import type { Device, SoundSwitch } from "./messages.ts";

/** What is set of a device as far as its sound goes; what is left out stays. */
interface Level {
  readonly volume?: number;
  readonly muted?: boolean;
  readonly trimMs?: number;
}

/** Half of the fade around the moment of switching, s. */
const HALF_FADE_SECONDS = 0.004;

/** The part of an AudioParam that is used. */
export interface SwitchParam {
  cancelScheduledValues(fromSeconds: number): unknown;
  setValueAtTime(value: number, atSeconds: number): unknown;
  linearRampToValueAtTime(value: number, atSeconds: number): unknown;
}

export class OwnSound implements ServerTime {
  private volume = 100;
  private muted = false;
  private trimMs = 0;
  /** Commands of this device's own about itself that are not answered yet: until then the room's word is older than ours. */
  private unanswered = 0;
  /** In the order in which they take effect; the first one holds already. */
  private switches: SoundSwitch[] = [];

  constructor(private readonly clock: ServerTime) {}

  /** Takes in what the room says of this device. Returns whether its switch is another one. */
  take(device: Device): boolean {
    if (this.unanswered === 0) this.set(device);
    const { on, atMicros } = device.sound;
    const newest = this.switches.at(-1);
    if (newest && newest.on === on && newest.atMicros === atMicros) return false;
    this.switches = [...this.switches.filter((s) => s.atMicros < atMicros).slice(-1), { on, atMicros }];
    return true;
  }

  /** Takes a change that this device itself asks for, ahead of the room's answer; call the result when that has come. */
  ask(change: Level): () => void {
    this.set(change);
    this.unanswered++;
    return () => {
      this.unanswered--;
    };
  }

  private set(change: Level): void {
    this.volume = change.volume ?? this.volume;
    this.muted = change.muted ?? this.muted;
    this.trimMs = change.trimMs ?? this.trimMs;
  }

  /** Share of the room's sound that this device lets through, switch apart: 0 to 1. */
  get level(): number {
    return this.muted ? 0 : (this.volume / 100) ** 2;
  }

  /** The same with the switch, at a server time; what it will be while the time is unknown. */
  levelAt(serverMicros: number | null): number {
    const inForce = serverMicros === null ? undefined : this.switches.filter((s) => s.atMicros <= serverMicros).at(-1);
    return (inForce ?? this.switches.at(-1))?.on === false ? 0 : this.level;
  }

  /** The server's time as it has to be for this device's sound: what leaves late must be early. */
  serverMicrosAt(deviceMs: number): number | null {
    return this.clock.serverMicrosAt(deviceMs + this.trimMs);
  }

  get uncertaintyMs(): number | null {
    return this.clock.uncertaintyMs;
  }

  /**
   * Puts the switch onto a stream's gain: what holds now, and what is to come at its moment.
   * @param contextSecondsAt context time of what is heard at a server time; null while unknown
   */
  plan(param: SwitchParam, nowSeconds: number, nowMicros: number | null, contextSecondsAt: (serverMicros: number) => number | null): void {
    const coming = this.switches.at(-1);
    const next = coming && nowMicros !== null && coming.atMicros > nowMicros ? coming : null;
    const holding = next ? (this.switches.length > 1 ? (this.switches[0] as SoundSwitch).on : !next.on) : (coming?.on ?? true);
    const due = next ? contextSecondsAt(next.atMicros) : null;
    const [before, after] = [Number(holding), Number(next?.on ?? holding)];
    param.cancelScheduledValues(0);
    if (due === null) {
      param.setValueAtTime(after, nowSeconds);
      return;
    }
    const start = Math.max(nowSeconds, due - HALF_FADE_SECONDS);
    param.setValueAtTime(before, nowSeconds);
    param.setValueAtTime(before, start);
    param.linearRampToValueAtTime(after, start + 2 * HALF_FADE_SECONDS);
  }
}
