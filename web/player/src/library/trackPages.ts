import type { Track, TrackPage } from "../server/api.ts";

export type LoadPage = (query: string, offset: number, limit: number, signal: AbortSignal) => Promise<TrackPage>;

export const pageSize = 100;
/** Pages kept in memory; the ones longest unused are dropped first. */
const keptPages = 30;

/**
 * The library as the list needs it: any row of any number of tracks, fetched a page at a time when it comes into view. One search is in
 * force; answers to an older one are thrown away.
 */
export class TrackPages {
  readonly #load: LoadPage;
  readonly #changed: () => void;
  readonly #pages = new Map<number, readonly Track[]>();
  readonly #underWay = new Set<number>();
  #abort = new AbortController();
  #query = "";
  #total: number | null = null;
  #error: Error | null = null;

  constructor(load: LoadPage, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
  }

  get query(): string {
    return this.#query;
  }

  /** Tracks that match; null until the first answer. */
  get total(): number | null {
    return this.#total;
  }

  get error(): Error | null {
    return this.#error;
  }

  /** Starts another search, or the same one afresh. What is shown stays until the first answer. */
  search(query: string): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#query = query;
    this.#underWay.clear();
    this.#error = null;
    void this.#fetch(0, true);
  }

  track(index: number): Track | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /** Sees to it that the rows from `first` to before `end` are there or on their way. */
  show(first: number, end: number): void {
    if (this.#total === null || this.#error) return;
    const last = Math.min(end, this.#total) - 1;
    for (let page = Math.floor(Math.max(0, first) / pageSize); page <= Math.floor(last / pageSize); page++) {
      const have = this.#pages.get(page);
      if (have) {
        this.#pages.delete(page);
        this.#pages.set(page, have);
      } else {
        void this.#fetch(page, false);
      }
    }
  }

  stop(): void {
    this.#abort.abort();
  }

  async #fetch(page: number, afresh: boolean): Promise<void> {
    if (this.#underWay.has(page)) return;
    this.#underWay.add(page);
    const { signal } = this.#abort;
    try {
      const answer = await this.#load(this.#query, page * pageSize, pageSize, signal);
      if (signal.aborted) return;
      if (afresh) this.#pages.clear();
      this.#pages.set(page, answer.tracks);
      this.#total = answer.total;
      for (const oldest of this.#pages.keys()) {
        if (this.#pages.size <= keptPages) break;
        this.#pages.delete(oldest);
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#error = error instanceof Error ? error : new Error(String(error));
    }
    this.#underWay.delete(page);
    this.#changed();
  }
}
