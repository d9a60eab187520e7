import { readJsonFrom, sendJsonTo } from "./api.ts";

/** How far the server is with reading the music folder. */
export interface ScanProgress {
  readonly running: boolean;
  readonly phase: "idle" | "makingDemo" | "finding" | "reading" | "grouping" | "covers" | "tidying";
  /** 1 to `phases` while a scan runs; else 0. */
  readonly phaseNumber: number;
  readonly phases: number;
  readonly phaseDone: number;
  /** 0 while that is not known. */
  readonly phaseTotal: number;
  /** Audio files found so far. */
  readonly found: number;
  /** Of those, how many have been looked at. */
  readonly done: number;
  /** Of those, how many were opened, being new or changed. */
  readonly read: number;
  /** Of those, how many cannot be read. */
  readonly skipped: number;
  /** Tracks whose file was not there, once the scan is done. */
  readonly missing: number;
  /** Why the last scan could not be done as a whole; null when it could. */
  readonly problem: string | null;
  /** Grows with every scan that changed the library. */
  readonly changes: number;
}

export function fetchScan(): Promise<ScanProgress> {
  return readJsonFrom("/api/library/scan");
}

/** Has the music folders looked through again; for administrators. */
export const startScan = (): Promise<void> => sendJsonTo("POST", "/api/library/scan");

export function isScanning(scan: ScanProgress | null): boolean {
  return scan?.running === true;
}

/**
 * Another text when lists that were asked for before may hold something else now. A scan that finds everything as it was leaves it as it
 * is; one that reads files changes it often while there are few of them, and seldom later.
 */
export function contentsMark(scan: ScanProgress): string {
  if (!scan.running || scan.read === 0) return `${scan.changes}`;
  const step = scan.read < 1_000 ? 100 : 5_000;
  return `${scan.changes} ${scan.phase} ${step} ${Math.floor(scan.read / step)}`;
}

/** What is being done, in words: which part of how many, and how far that is. */
export function scanText(scan: ScanProgress): string {
  const words = phaseText(scan);
  return scan.phaseNumber > 0 && words ? `${scan.phaseNumber}/${scan.phases} ${words}` : words;
}

function phaseText({ phase, found, done, phaseDone, phaseTotal }: ScanProgress): string {
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
      return phaseTotal > 0 ? `Putting albums together: ${count(phaseDone)} of ${count(phaseTotal)}` : "Putting albums together…";
    case "covers":
      return "Looking at covers…";
    case "tidying":
      return "Tidying up…";
  }
}
