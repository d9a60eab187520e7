import { readJsonFrom } from "./api.ts";

/** How far the server is with reading the music folder. */
export interface ScanProgress {
  readonly running: boolean;
  readonly phase: "idle" | "makingDemo" | "finding" | "reading" | "grouping" | "covers" | "tidying";
  /** Audio files found so far. */
  readonly found: number;
  /** Of those, how many have been looked at. */
  readonly done: number;
  /** Of those, how many cannot be read. */
  readonly skipped: number;
  /** Why the last scan could not be done as a whole; null when it could. */
  readonly problem: string | null;
}

export function fetchScan(): Promise<ScanProgress> {
  return readJsonFrom("/api/library/scan");
}

export function isScanning(scan: ScanProgress | null): boolean {
  return scan?.running === true;
}

/** What is being done, in words. */
export function scanText({ phase, found, done }: ScanProgress): string {
  const count = (n: number) => n.toLocaleString("en");
  switch (phase) {
    case "idle":
      return "";
    case "makingDemo":
      return "Making a few demo pieces…";
    case "finding":
      return found > 0 ? `Looking through the music folder: ${count(found)} found` : "Looking through the music folder…";
    case "reading":
      return `Reading the music folder: ${count(done)} of ${count(found)}`;
    case "grouping":
      return "Putting albums together…";
    case "covers":
      return "Looking at covers…";
    case "tidying":
      return "Tidying up…";
  }
}
