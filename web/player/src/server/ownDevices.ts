import type { DeviceChange, DeviceKind, OutputState } from "@tutti/sync";
import { sendJsonTo } from "./api.ts";

/** A device of the account, wherever it is. */
export interface OwnDevice {
  readonly id: string;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly icon: string | null;
  readonly state: "playing" | "silent" | "away";
  readonly output: OutputState;
  /** Where it is; null while away. */
  readonly room: { readonly code: string; readonly name: string } | null;
  readonly volume: number;
  readonly muted: boolean;
  readonly trimMs: number;
}

/** The personal room knows all devices of its account; one that is elsewhere hears of a change in the room that it is in. */
const devicesAt = (device: OwnDevice) => `/api/rooms/${device.room?.code ?? "MINE"}/devices`;

export const setOwnDevice = (device: OwnDevice, change: DeviceChange): Promise<void> =>
  sendJsonTo("PATCH", `${devicesAt(device)}/${encodeURIComponent(device.id)}`, change);

/** In the room that it is in, it alone of one's own devices sounds from now on. */
export const soundOnlyThere = (device: OwnDevice): Promise<void> =>
  sendJsonTo("POST", `${devicesAt(device)}/onlyHere`, { deviceId: device.id });

export const forgetDevice = (device: OwnDevice): Promise<void> =>
  sendJsonTo("DELETE", `/api/rooms/MINE/devices/${encodeURIComponent(device.id)}`);

/** What a device does, in words: whether it sounds, and where. */
export function whereText({ state, output, room }: Pick<OwnDevice, "state" | "output" | "room">): string {
  if (state === "away" || room === null) return "Away";
  const does = state === "silent" ? "Silent" : output === "on" ? "Sound on" : "No sound yet";
  return `${does} · ${room.name}`;
}
