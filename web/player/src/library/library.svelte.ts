import { debounced } from "../look/debounced.ts";
import { fetchTracks, type Track } from "../server/api.ts";
import { fetchScan, isScanning, type ScanProgress } from "../server/scan.ts";
import { TrackPages } from "./trackPages.ts";

const typingMs = 180;
const scanPollMs = 1_000;
/** The most that one `queueAdd` may carry (docs/protocol.md §5). */
export const addableAtOnce = 500;

/** The library panel's state: search, pages, and the scan that may still be filling it. */
export class Library {
  query = $state("");
  scan = $state.raw<ScanProgress | null>(null);
  #revision = $state(0);
  readonly #pages = new TrackPages(fetchTracks, () => this.#revision++);
  readonly #searchSoon = debounced(typingMs, () => this.#pages.search(this.query.trim()));
  #poll: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  readonly total = $derived.by(() => (void this.#revision, this.#pages.total));
  readonly error = $derived.by(() => (void this.#revision, this.#pages.error));
  /** The search that the rows shown belong to. */
  readonly searched = $derived.by(() => (void this.#revision, this.#pages.query));

  constructor() {
    this.#pages.search("");
    void this.#watchScan();
  }

  type(query: string): void {
    this.query = query;
    this.#searchSoon();
  }

  clear(): void {
    this.query = "";
    this.#searchSoon.cancel();
    this.#pages.search("");
  }

  retry(): void {
    this.#pages.search(this.query.trim());
  }

  track(index: number): Track | undefined {
    void this.#revision;
    return this.#pages.track(index);
  }

  show(first: number, end: number): void {
    void this.#revision;
    this.#pages.show(first, end);
  }

  /** Ids of all that the search found, up to what one command may carry. */
  async foundIds(): Promise<readonly string[]> {
    const { tracks } = await fetchTracks(this.query.trim(), 0, addableAtOnce);
    return tracks.filter((track) => track.playable).map((track) => track.id);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#poll);
    this.#searchSoon.cancel();
    this.#pages.stop();
  }

  async #watchScan(): Promise<void> {
    const before = this.scan;
    const now = await fetchScan().catch(() => null);
    if (this.#stopped) return;
    this.scan = now;
    // What the scan has found so far is worth showing while the list is short, and all of it at the end.
    const ended = isScanning(before) && !isScanning(now);
    if (ended || (isScanning(now) && (this.total ?? 0) < 50)) this.#pages.search(this.query.trim());
    if (isScanning(now)) this.#poll = setTimeout(() => void this.#watchScan(), scanPollMs);
  }
}
