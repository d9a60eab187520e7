/**
 * The decoded sound at hand: fetches FLAC segments, decodes them, keeps the ones that are or will be needed.
 * Knows nothing of time; the engine says what it wants, most urgent first.
 */
import type { MediaInfo } from "../messages.ts";

/** One decoded segment: two channels of exactly the segment's length. */
export type Pcm = readonly [Float32Array, Float32Array];

export interface SegmentAddress {
  readonly media: MediaInfo;
  readonly index: number;
}

export interface SegmentPorts {
  /** GET; resolves with the bytes or rejects. */
  fetch(path: string, signal: AbortSignal): Promise<ArrayBuffer>;
  /** Decodes a whole FLAC stream at 48 kHz. */
  decode(bytes: ArrayBuffer): Promise<Pcm>;
  /** Device clock, ms. */
  now(): number;
}

type Entry =
  | { readonly state: "loading"; readonly abort: AbortController; readonly triesBefore: number }
  | { readonly state: "ready"; readonly pcm: Pcm; usedMs: number }
  | { readonly state: "failed"; readonly retryMs: number; readonly tries: number };

const MOST_AT_ONCE = 3;
const MOST_KEPT = 24;
/** Failures after which a segment counts as lost; it is still asked for now and then, since the server may come back. */
const TRIES = 4;
const LONGEST_WAIT_MS = 8_000;

export class SegmentStore {
  private readonly entries = new Map<string, Entry>();
  private loading = 0;

  /** @param onChange called when a segment became ready or failed for good */
  constructor(
    private readonly ports: SegmentPorts,
    private readonly onChange: (address: SegmentAddress, failure: string | null) => void,
  ) {}

  private static key(a: SegmentAddress): string {
    return `${a.media.key}/${a.index}`;
  }

  /** The segment's sound; null while it is not here; "lost" when it cannot be had. */
  get(address: SegmentAddress): Pcm | "lost" | null {
    const entry = this.entries.get(SegmentStore.key(address));
    if (!entry) return null;
    if (entry.state === "loading") return entry.triesBefore >= TRIES ? "lost" : null;
    if (entry.state === "failed") return entry.tries >= TRIES ? "lost" : null;
    entry.usedMs = this.ports.now();
    return entry.pcm;
  }

  /** Loads what is missing of the wanted segments, in this order; forgets the longest unused beyond the limit. */
  want(addresses: readonly SegmentAddress[]): void {
    const wanted = new Set(addresses.map(SegmentStore.key));
    for (const [key, entry] of this.entries) {
      if (entry.state === "loading" && !wanted.has(key)) entry.abort.abort();
    }
    for (const address of addresses) {
      if (this.loading >= MOST_AT_ONCE) break;
      const entry = this.entries.get(SegmentStore.key(address));
      const again = entry?.state === "failed" && this.ports.now() >= entry.retryMs;
      if (!entry || again) this.load(address, again ? entry.tries : 0);
    }
    this.evict(wanted);
  }

  private load(address: SegmentAddress, triesBefore: number): void {
    const key = SegmentStore.key(address);
    const abort = new AbortController();
    this.entries.set(key, { state: "loading", abort, triesBefore });
    this.loading++;
    this.ports
      .fetch(`/media/${address.media.key}/flac/${address.index}`, abort.signal)
      .then((bytes) => this.ports.decode(bytes))
      .then((pcm) => {
        this.entries.set(key, { state: "ready", pcm, usedMs: this.ports.now() });
        this.onChange(address, null);
      })
      .catch((reason: unknown) => {
        if (abort.signal.aborted) {
          this.entries.delete(key);
          return;
        }
        const tries = triesBefore + 1;
        const text = reason instanceof Error ? reason.message : String(reason);
        const waitMs = Math.min(LONGEST_WAIT_MS, 250 * 2 ** tries);
        this.entries.set(key, { state: "failed", retryMs: this.ports.now() + waitMs, tries });
        if (tries === TRIES) this.onChange(address, text);
      })
      .finally(() => {
        this.loading--;
      });
  }

  private evict(wanted: ReadonlySet<string>): void {
    const ready: [string, Entry & { state: "ready" }][] = [];
    for (const [key, entry] of this.entries) {
      if (entry.state === "ready") ready.push([key, entry]);
      else if (entry.state === "failed" && !wanted.has(key)) this.entries.delete(key);
    }
    const idle = ready.filter(([key]) => !wanted.has(key)).sort((a, b) => a[1].usedMs - b[1].usedMs);
    for (const [key] of idle.slice(0, Math.max(0, ready.length - MOST_KEPT))) this.entries.delete(key);
  }

  clear(): void {
    for (const e of this.entries.values()) if (e.state === "loading") e.abort.abort();
    this.entries.clear();
  }
}
