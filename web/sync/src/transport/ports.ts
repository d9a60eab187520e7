/** What the transport needs of its surroundings, so that tests can stand in for them. */

/** Device clock: monotonic milliseconds with a fraction (`performance.now()`). */
export interface DeviceClock {
  nowMs(): number;
}

export interface Timers {
  /** Calls back once after at least `ms`; the returned function takes it back. */
  after(ms: number, callback: () => void): () => void;
}

/** A text socket, as WebSocket has it. */
export interface Socket {
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export interface SocketEvents {
  onOpen(): void;
  onText(text: string): void;
  /** Closed or failed; called once. */
  onClose(code: number, reason: string): void;
}

export type OpenSocket = (url: string, events: SocketEvents) => Socket;

export const browserClock: DeviceClock = { nowMs: () => performance.now() };

export const browserTimers: Timers = {
  after(ms, callback) {
    const id = setTimeout(callback, ms);
    return () => clearTimeout(id);
  },
};

export const browserSocket: OpenSocket = (url, events) => {
  const ws = new WebSocket(url);
  let over = false;
  const end = (code: number, reason: string) => {
    if (over) return;
    over = true;
    events.onClose(code, reason);
  };
  ws.onopen = () => events.onOpen();
  ws.onmessage = (e) => {
    if (typeof e.data === "string") events.onText(e.data);
  };
  ws.onclose = (e) => end(e.code, e.reason);
  return {
    send(text) {
      if (ws.readyState === WebSocket.OPEN) ws.send(text);
    },
    close(code, reason) {
      ws.close(code, reason);
      end(code ?? 1005, reason ?? "");
    },
  };
};
