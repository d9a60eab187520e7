import { readJsonFrom } from "./api.ts";

export interface RoomSummary {
  readonly code: string;
  readonly name: string;
  readonly status: string;
  /** Devices that are connected. */
  readonly devices: number;
  /** Title of what plays, or null. */
  readonly nowPlaying: string | null;
}

export async function fetchRooms(): Promise<readonly RoomSummary[]> {
  return (await readJsonFrom<{ readonly rooms: readonly RoomSummary[] }>("/api/rooms")).rooms;
}
