import type { EngineView } from "./audio/engine-ports.ts";
import type { TierChoice } from "./audio/tier.ts";
import type { OpenPlayer } from "./embedded/player-port.ts";
import type { Command, Device, DeviceIdentity, EmbeddedService, Fault, OutputState, RoomState, Settings } from "./messages.ts";

/** State of the socket to the room. */
export interface ConnectionView {
  readonly status: "connecting" | "open" | "reconnecting" | "closed";
  /** Tries since the last time it was open. */
  readonly attempt: number;
  /** Milliseconds until the next try, when reconnecting. */
  readonly retryInMs: number | null;
  /** The fatal error that closed it for good (wrong room, replaced by another tab …). */
  readonly error: Fault | null;
}

/** The device's idea of the server's clock. */
export interface ClockView {
  /** Server time minus device clock, µs. Null until the first probe reply. */
  readonly offsetMicros: number | null;
  /** One-sigma-like uncertainty of the offset, µs. */
  readonly uncertaintyMicros: number | null;
  /** Rate of the server's clock relative to the device's, parts per million. */
  readonly skewPpm: number;
  /** Least and typical round trip of the recent probes, ms. */
  readonly rttMs: number | null;
  readonly rttJitterMs: number | null;
}

/** What sounds here, and how well in time. */
export interface SoundView extends EngineView {
  /** The service whose own player plays what the room plays; the sync error is what that player says of itself. Null: our own sound. */
  readonly embedded: EmbeddedService | null;
}

/** The sound output of this device. */
export interface OutputView extends SoundView {
  readonly state: OutputState;
  /** Why there is no sound although Join was pressed: the browser wants another gesture, no output device, … */
  readonly trouble: "blocked" | "suspended" | "failed" | null;
}

export interface Notice {
  readonly level: "info" | "warning" | "error";
  readonly code: number;
  readonly message: string;
  readonly atMicros: number;
}

/** All that a page needs to draw; a new object whenever anything in it changed. */
export interface RoomView {
  readonly connection: ConnectionView;
  readonly clock: ClockView;
  readonly output: OutputView;
  readonly state: RoomState | null;
  readonly settings: Settings | null;
  readonly devices: readonly Device[];
  readonly deviceId: string;
  readonly notices: readonly Notice[];
}

/** One line of the message log (test client). */
export interface LogEntry {
  readonly direction: "in" | "out" | "note";
  /** Device clock, ms (performance.now()). */
  readonly atDeviceMs: number;
  readonly type: string;
  /** The frame's text, cut at 2,000 characters. */
  readonly text: string;
}

export interface SessionOptions {
  /** ws:// or wss:// address of the socket; default: /ws of this page's own origin. */
  readonly url?: string;
  readonly room: string;
  /** With what the caller remembers of the device's settings; it counts where the server remembers nothing. */
  readonly device: DeviceIdentity;
  /** Opens the player of a service on the page; left out: embedded tracks are not for this page. */
  readonly openPlayer?: OpenPlayer;
}

/** This device's life in one room: connection, clock, sound. Made by `openRoom`. */
export interface RoomSession {
  readonly view: RoomView;
  /** Called at most once per animation frame's worth of time (~16 ms) after changes, and every 250 ms while its output is on (1 s otherwise). Returns the unsubscriber. */
  subscribe(listener: (view: RoomView) => void): () => void;
  /** Every message in and out, for the diagnostic page. Returns the unsubscriber. */
  onLog(listener: (entry: LogEntry) => void): () => void;
  /** Turns sound on. MUST be called inside a user gesture (autoplay rules). Resolves when the output runs. */
  join(): Promise<void>;
  /** Turns sound off; stays connected. */
  leave(): void;
  /** Sends a command; what it sets of this very device is obeyed at once. Resolves with the version that holds its effect; rejects with a `CommandError`. */
  command(command: Command): Promise<number>;
  /** Place in the current item now, µs, by the timeline (0 when nothing is current). For the seek bar. */
  positionMicros(): number;
  /** Which copy of the sound this device fetches. Kept by the caller. */
  setTier(choice: TierChoice): void;
  /** Asks for the whole state again. */
  resync(): void;
  close(): void;
}

export class CommandError extends Error {
  constructor(
    readonly code: number,
    readonly errorName: string,
    message: string,
  ) {
    super(message);
    this.name = "CommandError";
  }
}
