/**
 * One device's line to its room: opens the socket, greets, comes back when it breaks (docs/protocol.md §2 and §7 "Liveness").
 * Hands messages on and knows nothing of what they mean, but for what decides whether to come back.
 */
import type { ClientMessage, DeviceIdentity, Fault, ServerMessage } from "../messages.ts";
import type { ConnectionView } from "../session.ts";
import { backoffMs } from "./backoff.ts";
import type { DeviceClock, OpenSocket, Socket, Timers } from "./ports.ts";

export interface ConnectionOptions {
  readonly url: string;
  readonly room: string;
  /** As it names itself at the time of greeting. */
  readonly device: () => DeviceIdentity;
}

export interface ConnectionEvents {
  onMessage(message: ServerMessage, receivedMs: number): void;
  /** The socket is open and the greeting sent. */
  onGreeted(): void;
  onChange(): void;
  onTraffic(direction: "in" | "out", type: string, text: string): void;
}

/** Silence after which a connection is taken for dead, ms: three probe intervals and a margin. */
const DEAD_AFTER_MS = 6_500;
/** An attempt that has not opened by then is given up, ms. */
const OPEN_WITHIN_MS = 8_000;
/** A longer greeting is refused (docs/protocol.md §1). */
const MOST_HELLO_BYTES = 1_048_576;
/** Close codes after which coming back is no use or not wanted. */
const REPLACED = 4001;

export class Connection {
  private socket: Socket | null = null;
  private attempt = 0;
  private greeted = false;
  private status: ConnectionView["status"] = "connecting";
  private fault: Fault | null = null;
  private fatal: Fault | null = null;
  private retryAtMs: number | null = null;
  private cancelTimer: (() => void) | null = null;
  private heardMs = 0;
  /** The newest frame that holds a state, for the hand-over. */
  private newestStateFrame: string | null = null;

  constructor(
    private readonly options: ConnectionOptions,
    private readonly events: ConnectionEvents,
    private readonly clock: DeviceClock,
    private readonly timers: Timers,
    private readonly openSocket: OpenSocket,
    private readonly random: () => number,
  ) {}

  get view(): ConnectionView {
    const retryInMs = this.retryAtMs === null ? null : Math.max(0, this.retryAtMs - this.clock.nowMs());
    return { status: this.status, attempt: this.attempt, retryInMs, error: this.fault };
  }

  get isOpen(): boolean {
    return this.status === "open";
  }

  open(): void {
    this.cancelTimer?.();
    this.retryAtMs = null;
    this.greeted = false;
    this.fatal = null;
    this.setStatus(this.attempt === 0 && this.newestStateFrame === null ? "connecting" : "reconnecting");
    this.heardMs = this.clock.nowMs();
    let mine: Socket | null = null;
    const current = () => mine === null || this.socket === mine;
    mine = this.openSocket(this.options.url, {
      onOpen: () => current() && this.greet(),
      onText: (text) => current() && this.receive(text),
      onClose: (code, reason) => current() && this.closed(code, reason),
    });
    this.socket = mine;
    this.watch(OPEN_WITHIN_MS);
  }

  /** Ends it for good. */
  close(): void {
    this.cancelTimer?.();
    if (this.greeted) this.send({ type: "bye" });
    const socket = this.socket;
    this.socket = null;
    socket?.close(1000, "bye");
    this.setStatus("closed");
  }

  /** The network or the page came back: do not wait for the timer. */
  hurry(): void {
    if (this.status === "reconnecting" && this.socket === null) this.open();
    else if (this.status === "open" && this.clock.nowMs() - this.heardMs > DEAD_AFTER_MS) this.lost();
  }

  send(message: ClientMessage): boolean {
    if (!this.socket || !this.greeted) return false;
    const text = JSON.stringify(message);
    this.socket.send(text);
    this.events.onTraffic("out", message.type, text);
    return true;
  }

  private greet(): void {
    this.greeted = true;
    const { room, device } = this.options;
    const hello: ClientMessage = { type: "hello", protocol: 1, room, device: device() };
    const full: ClientMessage = this.newestStateFrame === null ? hello : { ...hello, handover: this.newestStateFrame };
    this.send(new TextEncoder().encode(JSON.stringify(full)).length > MOST_HELLO_BYTES ? hello : full);
    this.events.onGreeted();
  }

  private receive(text: string): void {
    const receivedMs = this.clock.nowMs();
    this.heardMs = receivedMs;
    const message = parse(text);
    if (!message) return;
    this.events.onTraffic("in", message.type, text);
    if (message.type === "snapshot" || message.type === "state") this.newestStateFrame = text;
    if (message.type === "snapshot") {
      this.attempt = 0;
      this.fault = null;
      this.setStatus("open");
    }
    // A fatal error is the last word before the close: what was only wrong with a message is followed by others.
    this.fatal = message.type === "error" ? { code: message.code, name: message.name, message: message.message } : null;
    this.events.onMessage(message, receivedMs);
  }

  private closed(code: number, reason: string): void {
    this.cancelTimer?.();
    this.socket = null;
    this.greeted = false;
    if (code === REPLACED) {
      this.fault = { code, name: "replaced", message: reason || "Opened in another window." };
      this.setStatus("closed");
      return;
    }
    // Errors about the room, the protocol or who may come in will be the same next time; everything else may pass.
    const fatal = this.fatal;
    if (fatal && isFinal(fatal.code)) {
      this.fault = fatal;
      this.setStatus("closed");
      return;
    }
    this.fault = fatal;
    const wait = backoffMs(this.attempt++, this.random);
    this.retryAtMs = this.clock.nowMs() + wait;
    this.setStatus("reconnecting");
    this.cancelTimer = this.timers.after(wait, () => this.open());
  }

  private lost(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close(4000, "silent");
    this.closed(1006, "silent");
  }

  private watch(ms: number): void {
    this.cancelTimer = this.timers.after(ms, () => {
      const silent = this.clock.nowMs() - this.heardMs;
      if (silent >= DEAD_AFTER_MS) this.lost();
      else this.watch(DEAD_AFTER_MS - silent + 10);
    });
  }

  private setStatus(status: ConnectionView["status"]): void {
    this.status = status;
    this.events.onChange();
  }
}

/** Protocol, room, the room's door (2101 to 2199), the device's credential: none of them changes by coming back. */
function isFinal(code: number): boolean {
  return code === 1008 || code === 2001 || (code > 2100 && code < 2200) || (code > 6000 && code < 6100);
}

/** The message in a frame; null when it is none. */
function parse(text: string): ServerMessage | null {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === "object" && message !== null && typeof (message as ServerMessage).type === "string"
      ? (message as ServerMessage)
      : null;
  } catch {
    return null;
  }
}
