import { type LoadPage, Pages } from "./pages.ts";

/** A long list as a view reads it: what it reads changes when pages arrive. */
export class LongList<T> {
  #revision = $state(0);
  readonly #pages: Pages<T>;

  constructor(load: LoadPage<T>) {
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

/** What a list of rows takes of a long list: `<TrackList {...rowsOf(list)} …>`. */
export function rowsOf<T>(list: LongList<T>) {
  return {
    count: list.total ?? 0,
    track: (index: number) => list.item(index),
    take: (first: number, end: number) => list.take(first, end),
    onshow: (first: number, end: number) => list.show(first, end),
  };
}
