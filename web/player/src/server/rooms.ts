import { readJsonFrom, type Track } from "./api.ts";

export interface RoomSummary {
  readonly code: string;
  readonly name: string;
  readonly status: "stopped" | "preparing" | "playing" | "paused";
  /** The current track, or null without any. */
  readonly track: Omit<Track, "playable"> | null;
  /** Devices that are connected. */
  readonly devices: number;
}

/** The rooms that are open, Home first. */
export async function fetchRooms(): Promise<readonly RoomSummary[]> {
  return (await readJsonFrom<{ readonly rooms: readonly RoomSummary[] }>("/api/rooms")).rooms;
}

/** Addresses of the server for other devices in the network, the likeliest first. */
export async function fetchAddresses(): Promise<readonly string[]> {
  return (await readJsonFrom<{ readonly addresses: readonly string[] }>("/api/server")).addresses;
}
