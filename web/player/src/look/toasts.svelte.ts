/** Short messages that come and go. */
export interface Toast {
  readonly id: number;
  readonly level: "info" | "warning" | "error";
  readonly text: string;
}

const shown = 4;
const stayMs = { info: 4_000, warning: 8_000, error: 10_000 } as const;

export class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #lastId = 0;

  /** Shows a message; the same text again only renews its stay. */
  add(level: Toast["level"], text: string): void {
    const id = ++this.#lastId;
    this.list = [...this.list.filter((toast) => toast.text !== text), { id, level, text }].slice(-shown);
    setTimeout(() => this.dismiss(id), stayMs[level]);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}
