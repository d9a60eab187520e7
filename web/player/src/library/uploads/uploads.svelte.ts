import { said } from "../../look/said.ts";
import { DetailedError, Upload } from "tus-js-client";
import { cancelUpload, fetchUpload, fetchUploads, type UploadList } from "../../server/uploads.ts";
import type { Library } from "../library.svelte.ts";
import { continued, idOf, parted, refusalText, stands, startable, type UploadEntry } from "./uploadEntry.ts";

/** A line that breaks is tried again so often; then the upload waits to be resumed by hand, ms. */
const retriesMs = [500, 2_000, 5_000, 15_000, 30_000];
/** An accepted file is in the library after the next scan: asked for this often. */
const settlePollMs = 1_000;
const settlePolls = 30;

/** Files on their way into the library, by tus: a broken line, a pause or a reload costs nothing that has arrived. */
export class Uploads {
  entries = $state.raw<readonly UploadEntry[]>([]);
  room = $state.raw<Omit<UploadList, "uploads"> | null>(null);
  /** Why the server's own list is not known. */
  trouble = $state("");
  readonly #library: Library;
  readonly #under = new Map<string, Upload>();
  #lastKey = 0;
  #stopped = false;

  constructor(library: Library) {
    this.#library = library;
    void this.look();
  }

  /** Asks the server what it has parts of, and how much room there is. */
  async look(): Promise<void> {
    try {
      const { uploads, ...room } = await fetchUploads();
      this.room = room;
      this.trouble = "";
      this.entries = [
        ...this.entries.filter(({ state }) => state !== "parted"),
        ...parted(
          this.entries.filter(({ state }) => state !== "parted"),
          uploads,
        ),
      ];
    } catch (error) {
      this.trouble = said(error);
    }
  }

  /** Takes files in; one that the server has a part of goes on from there. */
  add(files: Iterable<File>): void {
    for (const file of files) {
      const known = continued(this.entries, file);
      if (known && !stands(known)) continue;
      const key = known?.key ?? `new ${++this.#lastKey}`;
      const address = known?.id ? `${endpoint()}/${known.id}` : null;
      this.#under.set(key, this.#upload(key, file, address));
      if (known) this.#change(key, { state: "waiting", error: null });
      else
        this.entries = [
          ...this.entries,
          {
            key,
            id: null,
            name: file.name,
            sizeBytes: file.size,
            modifiedMs: file.lastModified,
            sentBytes: 0,
            state: "waiting",
            error: null,
            trackId: null,
          },
        ];
    }
    this.#startNext();
  }

  async pause(key: string): Promise<void> {
    await this.#under.get(key)?.abort();
    this.#change(key, { state: "paused" });
    this.#startNext();
  }

  resume(key: string): void {
    this.#change(key, { state: "waiting", error: null });
    this.#startNext();
  }

  /** Gives one up, here and on the server. */
  async cancel(key: string): Promise<void> {
    const entry = this.entries.find((one) => one.key === key);
    await this.#under.get(key)?.abort();
    this.#forget(key);
    const unfinished = entry?.id && entry.state !== "accepted" && entry.state !== "checking" ? entry.id : null;
    // One that the server has thrown away already is gone all the same.
    if (unfinished) await cancelUpload(unfinished).catch(() => {});
    await this.look();
    this.#startNext();
  }

  /** Takes what has ended off the list. */
  tidy(): void {
    for (const { key, state } of this.entries) if (state === "accepted") this.#forget(key);
  }

  stop(): void {
    this.#stopped = true;
    for (const upload of this.#under.values()) void upload.abort();
  }

  #upload(key: string, file: File, address: string | null): Upload {
    const upload = new Upload(file, {
      endpoint: endpoint(),
      ...(address ? { uploadUrl: address } : {}),
      metadata: { filename: file.name, lastmodified: `${file.lastModified}` },
      retryDelays: retriesMs,
      // The server itself knows what is unfinished: nothing needs to be kept in this browser.
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => this.#change(key, { id: idOf(upload.url) }),
      onProgress: (sentBytes, sizeBytes) => this.#change(key, { sentBytes, state: sentBytes < sizeBytes ? "sending" : "checking" }),
      onSuccess: () => void this.#settle(key),
      onError: (error) => this.#fail(key, error),
    });
    return upload;
  }

  #startNext(): void {
    if (this.#stopped) return;
    for (const { key } of startable(this.entries)) {
      this.#change(key, { state: "sending" });
      this.#under.get(key)?.start();
    }
  }

  #fail(key: string, error: Error): void {
    const body = error instanceof DetailedError ? error.originalResponse?.getBody() : undefined;
    const status = (error instanceof DetailedError && error.originalResponse?.getStatus()) || 0;
    const refused = status >= 400 && status < 500;
    const text =
      (body && refusalText(body)) ||
      (status > 0 ? `The server answered ${status}.` : "The server cannot be reached. What has arrived is kept.");
    this.#change(key, refused ? { state: "refused", error: text, id: null } : { state: "failed", error: text });
    void this.look();
    this.#startNext();
  }

  async #settle(key: string): Promise<void> {
    this.#change(key, { state: "accepted" });
    this.#startNext();
    void this.look();
    const id = this.entries.find((one) => one.key === key)?.id;
    for (let poll = 0; id && poll < settlePolls && !this.#stopped; poll++) {
      await new Promise((done) => setTimeout(done, settlePollMs));
      const trackId = (await fetchUpload(id).catch(() => null))?.trackId ?? null;
      if (trackId === null) continue;
      this.#change(key, { trackId });
      this.#library.lookAgain();
      return;
    }
  }

  #forget(key: string): void {
    this.#under.delete(key);
    this.entries = this.entries.filter((one) => one.key !== key);
  }

  #change(key: string, part: Partial<UploadEntry>): void {
    this.entries = this.entries.map((one) => (one.key === key ? { ...one, ...part } : one));
  }
}

function endpoint(): string {
  return new URL("/api/uploads", location.href).href;
}
