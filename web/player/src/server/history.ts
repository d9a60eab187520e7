import { readJsonFrom, type Track } from "./api.ts";

/** Something that was played in a room. */
export interface HistoryLine {
  /** When it began to sound, µs of server time, which counts from the Unix epoch. */
  readonly atMicros: number;
  readonly addedBy: string;
  readonly track: Omit<Track, "playable">;
}

/** The most that a room remembers. */
const most = 500;

/** What was played in a room, newest first. */
export async function fetchHistory(code: string): Promise<readonly HistoryLine[]> {
  return (await readJsonFrom<{ readonly history: readonly HistoryLine[] }>(`/api/rooms/${encodeURIComponent(code)}/history?limit=${most}`))
    .history;
}
