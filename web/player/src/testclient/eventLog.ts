import type { LogEntry } from "@tutti/sync";

export interface LoggedEntry extends LogEntry {
  readonly number: number;
}

/** The newest messages, bounded; while paused new ones are counted and dropped from view only when the bound is reached. */
export class EventLog {
  readonly #bound: number;
  #entries: LoggedEntry[] = [];
  #shown: readonly LoggedEntry[] | null = null;
  #count = 0;

  constructor(bound: number) {
    this.#bound = bound;
  }

  /** All that were ever added. */
  get count(): number {
    return this.#count;
  }

  get paused(): boolean {
    return this.#shown !== null;
  }

  add(entry: LogEntry): void {
    this.#entries.push({ ...entry, number: ++this.#count });
    // Cut in batches, not at each message: a splice of the whole array per probe would be the log's main cost.
    if (this.#entries.length > this.#bound * 1.25) this.#entries = this.#entries.slice(-this.#bound);
  }

  /** Holds what is shown; messages go on being kept. */
  pause(): void {
    this.#shown = [...this.#entries];
  }

  resume(): void {
    this.#shown = null;
  }

  clear(): void {
    this.#entries = [];
    if (this.#shown) this.#shown = [];
  }

  /** The newest `limit` that hold the text in type or frame (`-word` leaves out that kind), newest first. */
  view(filter: string, limit: number): readonly LoggedEntry[] {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const found: LoggedEntry[] = [];
    const from = this.#shown ?? this.#entries;
    for (let i = from.length - 1; i >= 0 && found.length < limit; i--) {
      const entry = from[i];
      if (entry && words.every((word) => matches(entry, word))) found.push(entry);
    }
    return found;
  }
}

function matches(entry: LoggedEntry, word: string): boolean {
  const without = word.startsWith("-") && word.length > 1;
  const wanted = without ? word.slice(1) : word;
  const ofKind = entry.type.toLowerCase().includes(wanted) || entry.direction === wanted;
  // Left out is a kind of message, not what one says: the snapshot's settings speak of probes too.
  return without ? !ofKind : ofKind || entry.text.toLowerCase().includes(wanted);
}
