/** Commands that the room has not answered yet. */
import type { Command } from "./messages.ts";
import { CommandError } from "./session.ts";
import type { Timers } from "./transport/ports.ts";

interface Waiting {
  resolve(version: number): void;
  reject(error: CommandError): void;
  readonly cancel: () => void;
}

const TIMEOUT_MS = 10_000;

export class PendingCommands {
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();

  /** @param send false when there is no connection */
  constructor(
    private readonly send: (command: Command & { readonly id: number }) => boolean,
    private readonly timers: Timers,
  ) {}

  /** Sends a command. Resolves with the version that holds its effect; rejects with a `CommandError`. */
  ask(command: Command): Promise<number> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      if (!this.send({ ...command, id })) {
        reject(new CommandError(0, "offline", "Not connected to the server."));
        return;
      }
      const cancel = this.timers.after(TIMEOUT_MS, () => this.refuse(id, new CommandError(0, "timeout", "The server did not answer.")));
      this.waiting.set(id, { resolve, reject, cancel });
    });
  }

  accept(id: number, version: number): void {
    this.take(id)?.resolve(version);
  }

  refuse(id: number, error: CommandError): void {
    this.take(id)?.reject(error);
  }

  refuseAll(error: CommandError): void {
    for (const id of [...this.waiting.keys()]) this.refuse(id, error);
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.cancel();
    return waiting;
  }
}
