/** The parts of a room's settings that there are for somebody. */
import { isHandedOn } from "../../home/roomCode.ts";

export type SettingsTab = "People" | "Invite" | "Sound" | "Room" | "Rights";

/** @param shared it has members @param mayInvite whether who looks may invite */
export function settingsTabs(code: string, shared: boolean, mayInvite: boolean): readonly SettingsTab[] {
  if (shared) return mayInvite ? ["People", "Invite", "Sound", "Room", "Rights"] : ["People", "Sound", "Room", "Rights"];
  // Home and one's own room are always there: they are neither renamed nor closed.
  return isHandedOn(code) ? ["Sound", "Room"] : ["Sound"];
}
