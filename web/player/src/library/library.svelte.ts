import { ApiError } from "../server/api.ts";
import { type AuthState, fetchAuth } from "../server/auth.ts";
import { contentsMark, fetchScan, isScanning, type ScanProgress } from "../server/scan.ts";
import { Loaded } from "./loaded.svelte.ts";
import { LongList } from "./longList.svelte.ts";
import { Navigation } from "./navigation.svelte.ts";
import type { LoadPage } from "./pages.ts";
import type { Uploads } from "./uploads/uploads.svelte.ts";

const scanPollMs = 1_000;
const idlePollMs = 20_000;
/** Lists and answers that are kept, so that Back shows at once what was there. */
const kept = 16;

interface Kept {
  readonly what: { readonly error: Error | null; restart(): void; stop(): void };
  contents: string | null;
}

/** The library panel's state: where in it somebody is, the lists that were looked at, and the scan that may still be filling them. */
export class Library {
  readonly navigation = new Navigation(window);
  scan = $state.raw<ScanProgress | null>(null);
  /** Who is here; null until the server has said it. */
  caller = $state.raw<AuthState["caller"] | null>(null);
  /** Files that were dropped on the library and are to be uploaded. */
  dropped = $state.raw<readonly File[]>([]);
  /** Once the page of uploads was opened. */
  uploads: Uploads | null = null;
  /** Another one when the library holds something else than before. */
  #contents = $state.raw<string | null>(null);
  readonly #kept = new Map<string, Kept>();
  #poll: ReturnType<typeof setTimeout> | undefined;
  /** Looks that were begun: only the newest goes on. */
  #looks = 0;

  constructor() {
    void this.#watchScan();
    fetchAuth().then(
      ({ caller }) => (this.caller = caller),
      // Without an answer nothing is offered that needs one.
      () => {},
    );
  }

  get mayUpload(): boolean {
    return this.caller?.mayUpload === true;
  }

  /** A list by its key, asked for afresh when the library has changed since. To be read inside `$derived`. */
  list<T>(key: string, load: LoadPage<T>): LongList<T> {
    return this.#keep(key, () => new LongList(key, load));
  }

  /** The same for a single answer; it is asked for by its id, now and whenever it may have changed. */
  loaded<T>(kind: string, load: (id: string) => Promise<T>, id = ""): Loaded<T> {
    return this.#keep(`${kind} ${id}`.trim(), () => new Loaded(() => load(id)));
  }

  /** Has everything asked for afresh that begins with one of these, because it was changed from here. */
  changed(...beginnings: readonly string[]): void {
    for (const [key, entry] of this.#kept) if (beginnings.some((text) => key.startsWith(text))) entry.what.restart();
  }

  /** Looks at once whether something has come. */
  lookAgain(): void {
    clearTimeout(this.#poll);
    void this.#watchScan();
  }

  stop(): void {
    this.#looks++;
    clearTimeout(this.#poll);
    this.navigation.stop();
    this.uploads?.stop();
    for (const { what } of this.#kept.values()) what.stop();
  }

  #keep<W extends Kept["what"]>(key: string, make: () => W): W {
    const contents = this.#contents;
    const known = this.#kept.get(key);
    this.#kept.delete(key);
    const entry = known ?? { what: make(), contents };
    this.#kept.set(key, entry);
    if (entry.contents !== contents) {
      entry.contents = contents;
      entry.what.restart();
    }
    for (const [oldest, { what }] of this.#kept) {
      if (this.#kept.size <= kept) break;
      what.stop();
      this.#kept.delete(oldest);
    }
    return entry.what as W;
  }

  #hold(contents: string): void {
    // What was asked for before the first word of the scan is as good as what is asked for after it.
    if (this.#contents === null) for (const entry of this.#kept.values()) entry.contents = contents;
    this.#contents = contents;
  }

  async #watchScan(): Promise<void> {
    const look = ++this.#looks;
    const now = document.hidden ? this.scan : await fetchScan().catch(() => null);
    if (look !== this.#looks) return;
    this.scan = now;
    if (now) {
      this.#hold(contentsMark(now));
      // The server is there: what it did not answer is asked for again.
      for (const { what } of this.#kept.values()) if (what.error instanceof ApiError && what.error.passes) what.restart();
    }
    this.#poll = setTimeout(() => void this.#watchScan(), isScanning(now) ? scanPollMs : idlePollMs);
  }
}
