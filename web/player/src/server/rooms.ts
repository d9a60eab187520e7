import type { Role } from "@tutti/sync";
import { readJsonFrom, sendJsonTo, type Track } from "./api.ts";

export interface RoomSummary {
  readonly code: string;
  readonly name: string;
  readonly status: "stopped" | "preparing" | "playing" | "paused";
  /** The current track, or null without any. */
  readonly track: Omit<Track, "playable"> | null;
  /** Devices that are connected. */
  readonly devices: number;
  readonly kind: "open" | "shared" | "personal";
  /** What the person here is in it; null for no member. */
  readonly role: Role | null;
}

/** The rooms that the person here may see: their own first, then Home. */
export async function fetchRooms(): Promise<readonly RoomSummary[]> {
  return (await readJsonFrom<{ readonly rooms: readonly RoomSummary[] }>("/api/rooms")).rooms;
}

/** Addresses of the server for other devices in the network, the likeliest first. */
export async function fetchAddresses(): Promise<readonly string[]> {
  return (await readJsonFrom<{ readonly addresses: readonly string[] }>("/api/server")).addresses;
}

/** What stands between the person here and a room. */
export interface Door {
  /** Null for a private room. */
  readonly name: string | null;
  /** Null for an open room. */
  readonly kind: "shared" | "personal" | null;
  readonly needs: "nothing" | "name" | "password" | "invite" | "unlocking";
}

export function fetchDoor(code: string): Promise<Door> {
  return readJsonFrom(`/api/rooms/${encodeURIComponent(code)}/door`);
}

/** Comes in: the server notes a guest's identity in a cookie. */
export function joinRoom(
  code: string,
  shown: { readonly name?: string; readonly password?: string; readonly invite?: string },
): Promise<unknown> {
  return sendJsonTo("POST", `/api/rooms/${encodeURIComponent(code)}/join`, shown);
}
