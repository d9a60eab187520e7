import { readJsonFrom } from "./api.ts";

/** How far the server is with reading the music folder. */
export interface ScanProgress {
  readonly running: boolean;
  /** Files found so far. */
  readonly total: number;
  /** Files read so far. */
  readonly done: number;
  /** Files that could not be read. */
  readonly skipped: number;
}

export function fetchScan(): Promise<ScanProgress> {
  return readJsonFrom("/api/library/scan");
}
