import type { Range } from "../selection.ts";

/** A move as the server takes it: `to` is the index that the first of them has afterwards. */
export interface Move {
  readonly from: number;
  readonly count: number;
  readonly to: number;
}

/** Brings entries in a row before the entry at `before`; null when they are there already. */
export function moveBefore({ first, end }: Range, before: number): Move | null {
  if (first <= before && before <= end) return null;
  return { from: first, count: end - first, to: before < first ? before : before - (end - first) };
}

/** Removals that each leave the indexes of the next ones as they are: the last range first. */
export function removals(ranges: readonly Range[]): readonly { readonly index: number; readonly count: number }[] {
  return [...ranges].reverse().map(({ first, end }) => ({ index: first, count: end - first }));
}

/** The name that an M3U file gives itself; null without one. */
export function m3uName(text: string): string | null {
  return /^#PLAYLIST:[ \t]*(.*\S)/m.exec(text)?.[1] ?? null;
}

/** Whether every word typed begins a word of a name, whatever case and accents. */
export function nameMatches(name: string, typed: string): boolean {
  const words = wordsOf(name);
  const wanted = wordsOf(typed);
  return wanted.length > 0 && wanted.every((beginning) => words.some((word) => word.startsWith(beginning)));
}

function wordsOf(text: string): readonly string[] {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
