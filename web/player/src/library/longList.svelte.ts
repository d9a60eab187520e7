import { type LoadPage, Pages } from "./pages.ts";

/** The rows of a list as a view draws them: each is there when it was fetched, and is fetched when it comes into view. */
export interface Rows<T> {
  /** Another one for another list. */
  readonly key: string;
  /** Null until the first answer. */
  readonly total: number | null;
  /** Another number when an index may mean another row than before. */
  readonly version: number;
  item(index: number): T | undefined;
  /** Says which rows are in view: from `first` to before `end`. */
  show(first: number, end: number): void;
  /** Rows, whether they were in view or not. */
  take(first: number, end: number): Promise<readonly T[]>;
}

/** A long list as a view reads it: what it reads changes when pages arrive. */
export class LongList<T> implements Rows<T> {
  readonly key: string;
  #revision = $state(0);
  readonly #pages: Pages<T>;

  constructor(key: string, load: LoadPage<T>) {
    this.key = key;
    this.#pages = new Pages(load, () => this.#revision++);
    this.#pages.restart();
  }

  get total(): number | null {
    void this.#revision;
    return this.#pages.total;
  }

  get error(): Error | null {
    void this.#revision;
    return this.#pages.error;
  }

  get version(): number {
    void this.#revision;
    return this.#pages.version;
  }

  item(index: number): T | undefined {
    void this.#revision;
    return this.#pages.item(index);
  }

  show(first: number, end: number): void {
    void this.#revision;
    this.#pages.show(first, end);
  }

  take(first: number, end: number): Promise<readonly T[]> {
    return this.#pages.take(first, end);
  }

  restart(): void {
    this.#pages.restart();
  }

  stop(): void {
    this.#pages.stop();
  }
}

/** Rows that are all there. */
export function rowsOf<T>(key: string, all: readonly T[]): Rows<T> {
  return {
    key,
    total: all.length,
    version: 0,
    item: (index) => all[index],
    show: () => {},
    take: (first, end) => Promise.resolve(all.slice(first, end)),
  };
}
