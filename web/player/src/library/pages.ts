import { asError } from "../look/said.ts";

/** A part of a long list, and how long the whole is. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

export type LoadPage<T> = (offset: number, limit: number, signal?: AbortSignal) => Promise<Page<T>>;

export const pageSize = 100;
/** Pages kept in memory; the ones longest unused are dropped first. */
const keptPages = 30;
/** Pages asked for at the same time. What is wanted beyond them waits, and is forgotten when something else comes into view. */
const atOnce = 2;
/** The most that REST gives at once. */
const largestPage = 1_000;

/** Any row of a list of any length, fetched a page at a time when it comes into view. */
export class Pages<T> {
  readonly #load: LoadPage<T>;
  readonly #changed: () => void;
  readonly #pages = new Map<number, readonly T[]>();
  readonly #underWay = new Set<number>();
  #wanted: readonly number[] = [];
  #abort = new AbortController();
  #total: number | null = null;
  #error: Error | null = null;
  #version = 0;

  constructor(load: LoadPage<T>, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
  }

  /** Entries of the whole list; null until the first answer. */
  get total(): number | null {
    return this.#total;
  }

  get error(): Error | null {
    return this.#error;
  }

  /** Grows when the list was answered afresh: an index may mean another entry than before. */
  get version(): number {
    return this.#version;
  }

  /** Asks for the list afresh. What is shown stays until the first answer; answers to what was asked before are thrown away. */
  restart(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#underWay.clear();
    this.#wanted = [];
    this.#error = null;
    void this.#fetch(0, true);
  }

  item(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /** Sees to it that the entries from `first` to before `end` are there or on their way. */
  show(first: number, end: number): void {
    if (this.#total === null || this.#error) return;
    const last = Math.min(end, this.#total) - 1;
    const wanted: number[] = [];
    for (let page = Math.floor(Math.max(0, first) / pageSize); page <= Math.floor(last / pageSize); page++) {
      const have = this.#pages.get(page);
      if (have) {
        this.#pages.delete(page);
        this.#pages.set(page, have);
      } else {
        wanted.push(page);
      }
    }
    this.#wanted = wanted;
    this.#fetchWanted();
  }

  /** The entries from `first` to before `end`, whether they were in view or not. */
  async take(first: number, end: number): Promise<readonly T[]> {
    const taken: T[] = [];
    for (let at = first; at < end; at++) {
      const known = this.item(at);
      if (known !== undefined) {
        taken.push(known);
        continue;
      }
      const { items } = await this.#load(at, Math.min(largestPage, end - at));
      taken.push(...items);
      at += items.length - 1;
      if (items.length === 0) break;
    }
    return taken;
  }

  stop(): void {
    this.#abort.abort();
  }

  #fetchWanted(): void {
    for (const page of this.#wanted) {
      if (this.#underWay.size >= atOnce) return;
      if (!this.#pages.has(page)) void this.#fetch(page, false);
    }
  }

  async #fetch(page: number, afresh: boolean): Promise<void> {
    if (this.#underWay.has(page)) return;
    this.#underWay.add(page);
    const { signal } = this.#abort;
    try {
      const answer = await this.#load(page * pageSize, pageSize, signal);
      if (signal.aborted) return;
      if (afresh) {
        this.#pages.clear();
        this.#version++;
      }
      this.#pages.set(page, answer.items);
      this.#total = answer.total;
      for (const oldest of this.#pages.keys()) {
        if (this.#pages.size <= keptPages) break;
        this.#pages.delete(oldest);
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#error = asError(error);
    }
    this.#underWay.delete(page);
    if (!this.#error) this.#fetchWanted();
    this.#changed();
  }
}
