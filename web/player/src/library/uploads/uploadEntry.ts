import type { UploadDetail } from "../../server/uploads.ts";

/**
 * How far a file is. parted: the server has a part of it, but this page not the file: it was loaded again, or another browser sent it.
 * failed: the line broke for good; it can go on. refused: the server does not want it.
 */
export type UploadState = "waiting" | "sending" | "paused" | "parted" | "checking" | "accepted" | "failed" | "refused";

export interface UploadEntry {
  /** The page's own. */
  readonly key: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** When the file was last changed, ms since the Unix epoch; null: not known. */
  readonly modifiedMs: number | null;
  readonly sentBytes: number;
  readonly state: UploadState;
  /** The server's; null before it knows of it. */
  readonly id: string | null;
  /** What went wrong, for people. */
  readonly error: string | null;
  readonly trackId: string | null;
}

/** How many are sent at once: the line is the limit, and the server decodes each when it is whole. */
export const atOnce = 2;

/** The entries that are to be begun now. */
export function startable(entries: readonly UploadEntry[]): readonly UploadEntry[] {
  const busy = entries.filter(({ state }) => state === "sending" || state === "checking").length;
  return entries.filter(({ state }) => state === "waiting").slice(0, Math.max(0, atOnce - busy));
}

/**
 * The entry that a chosen file goes on with, or that has it under way; undefined for a new one. Name and size alone do not make it the same file: one that was changed since
 * would end as half of each.
 */
export function continued(
  entries: readonly UploadEntry[],
  file: { readonly name: string; readonly size: number; readonly lastModified: number },
): UploadEntry | undefined {
  return entries.find(
    ({ state, name, sizeBytes, modifiedMs }) =>
      state !== "accepted" && state !== "refused" && name === file.name && sizeBytes === file.size && modifiedMs === file.lastModified,
  );
}

/** Whether somebody has to do something before it goes on: such a file is begun again when it is chosen again. */
export function stands({ state }: UploadEntry): boolean {
  return state === "parted" || state === "failed" || state === "paused";
}

/** What the server has parts of and this page does not send. */
export function parted(known: readonly UploadEntry[], onServer: readonly UploadDetail[]): readonly UploadEntry[] {
  return onServer
    .filter(({ id, state }) => state === "receiving" && !known.some((entry) => entry.id === id))
    .map(({ id, name, sizeBytes, modifiedMs, receivedBytes }) => ({
      key: id,
      id,
      name,
      sizeBytes,
      modifiedMs,
      sentBytes: receivedBytes,
      state: "parted",
      error: null,
      trackId: null,
    }));
}

/** The words of a numbered refusal, number and all; null for an answer that is none. */
export function refusalText(body: string): string | null {
  try {
    const { code, detail, title } = JSON.parse(body) as { code?: number; detail?: string; title?: string };
    const words = detail ?? title;
    return words && code ? `${words} (${code})` : (words ?? null);
  } catch {
    return null;
  }
}

/** The id at the end of an upload's address. */
export function idOf(address: string | null): string | null {
  return /\/([0-9a-f]{32})$/.exec(address ?? "")?.[1] ?? null;
}

const units = ["B", "kB", "MB", "GB", "TB"];

/** 3,4 million bytes as people write them: 3.4 MB. */
export function bytesText(bytes: number): string {
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const size = bytes / 1000 ** step;
  return `${step > 0 && size < 10 ? size.toFixed(1) : Math.round(size)} ${units[step]}`;
}
