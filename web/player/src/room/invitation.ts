import { ApiError } from "../server/api.ts";
import type { AuthState } from "../server/auth.ts";
import { joinRoom } from "../server/rooms.ts";

/** What is wrong with an invitation itself: revoked, expired, used up (docs/protocol.md §9). */
const spent: ReadonlySet<number> = new Set([2110, 2111, 2112]);

/** The token of an invitation in an address: it stands behind the hash sign, which browsers send to no server. Null: there is none. */
export function invitationIn(hash: string): string | null {
  return new URLSearchParams(hash.slice(1)).get("invite");
}

/** An address of this site, with the invitation that is in the present one. */
export function withInvitation(path: string, hash: string): string {
  return invitationIn(hash) === null ? path : path + hash;
}

export function isSpent(error: unknown): boolean {
  return error instanceof ApiError && spent.has(error.code);
}

/** The part of the browser's window that is used. */
export interface AddressBar {
  readonly location: Pick<Location, "hash" | "pathname" | "search">;
  readonly history: Pick<History, "replaceState">;
}

/** Takes the invitation out of the address: it has done its work, or is good for nothing. */
export function dropInvitation({ location, history }: AddressBar): void {
  history.replaceState(null, "", location.pathname + location.search);
}

/**
 * Shows the invitation in the address before the room is opened, for those whom the room would let in without a look at it: who is signed in, and its own guests.
 * Everybody else shows it at the door, with a name. Answers with what is wrong with it; null when nothing is.
 */
export async function showInvitation(
  code: string,
  auth: Pick<AuthState, "caller" | "guestOf"> | null,
  bar: AddressBar = window,
  join: typeof joinRoom = joinRoom,
): Promise<string | null> {
  const invite = invitationIn(bar.location.hash);
  const known = auth !== null && (auth.caller.kind === "account" || auth.guestOf.includes(code));
  if (invite === null || !known) return null;
  try {
    await join(code, { invite });
    dropInvitation(bar);
    return null;
  } catch (error) {
    // Any other refusal is the room's own, and it says it again.
    if (!isSpent(error)) return null;
    dropInvitation(bar);
    return (error as ApiError).message;
  }
}
