import type { Role } from "@tutti/sync";
import type { Invite } from "../../server/people.ts";

export const roleWords: Readonly<Record<Role, string>> = { listener: "Listener", dj: "DJ", host: "Host" };

/** How long an invitation may be good: seconds, 0 for ever. */
export const lives: readonly (readonly [number, string])[] = [
  [3_600, "an hour"],
  [86_400, "a day"],
  [7 * 86_400, "a week"],
  [30 * 86_400, "a month"],
  [0, "until it is revoked"],
];

/** For whom and how long an invitation is still good: "2 more people, 3 more days". */
export function inviteText({ usesLeft, expiresMicros }: Pick<Invite, "usesLeft" | "expiresMicros">, nowMicros: number): string {
  const who = usesLeft === null ? "any number of people" : usesLeft === 1 ? "1 more person" : `${usesLeft} more people`;
  return expiresMicros === null ? who : `${who}, ${leftText(expiresMicros - nowMicros)}`;
}

function leftText(micros: number): string {
  const minutes = Math.max(1, Math.round(micros / 60e6));
  if (minutes < 60) return minutes === 1 ? "1 more minute" : `${minutes} more minutes`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return hours === 1 ? "1 more hour" : `${hours} more hours`;
  return `${Math.round(hours / 24)} more days`;
}

export function crossfadeText(seconds: number): string {
  return seconds === 0 ? "off" : seconds === 1 ? "1 second" : `${seconds} seconds`;
}
