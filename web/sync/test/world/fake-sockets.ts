/** Sockets that a test opens, feeds and closes by hand. */
import type { OpenSocket, Socket, SocketEvents } from "../../src/transport/ports.ts";

export class FakeSocket implements Socket {
  readonly sent: string[] = [];
  closedWith: number | null = null;

  constructor(
    readonly url: string,
    readonly events: SocketEvents,
  ) {}

  send(text: string): void {
    this.sent.push(text);
  }

  /** Like the browser's: closing reports the close, once. */
  close(code = 1005, reason = ""): void {
    this.end(code, reason);
  }

  /** The other side (or the network) ends it. */
  end(code: number, reason = ""): void {
    if (this.closedWith !== null) return;
    this.closedWith = code;
    this.events.onClose(code, reason);
  }

  get messages(): Record<string, unknown>[] {
    return this.sent.map((text) => JSON.parse(text) as Record<string, unknown>);
  }

  say(message: unknown): void {
    this.events.onText(JSON.stringify(message));
  }
}

export class FakeSockets {
  readonly all: FakeSocket[] = [];

  readonly open: OpenSocket = (url, events) => {
    const socket = new FakeSocket(url, events);
    this.all.push(socket);
    return socket;
  };

  get newest(): FakeSocket {
    const socket = this.all.at(-1);
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }
}
