import type { ConnectionView } from "@tutti/sync";

/** What is said about the connection above the page; null when there is nothing to say. */
export interface Banner {
  readonly kind: "quiet" | "trouble" | "ended";
  readonly text: string;
}

const missing = 2001;
const atDoor: ReadonlySet<number> = new Set([2103, 2104, 2107, 2108, 6001, 6008]);
const out: ReadonlySet<number> = new Set([2105, 2106, 2114]);
const signedOut: ReadonlySet<number> = new Set([6004, 6005, 6006]);

/** WebSocket status and name with which the server closes the elder of two sockets of one device (docs/protocol.md §2). */
export function isReplaced(connection: ConnectionView): boolean {
  return connection.error?.name === "replaced";
}

export function isRoomMissing(connection: ConnectionView): boolean {
  return connection.error?.code === missing;
}

/**
 * Whoever stands at the door of a room with members: not joined yet, it is locked, or an invitation or the password is wanted (docs/protocol.md §4a); where accounts are
 * asked for also whoever has none, or is a guest of another room: an invitation lets them in.
 */
export function isAtDoor(connection: ConnectionView): boolean {
  return connection.status === "closed" && atDoor.has(connection.error?.code ?? 0);
}

/** Whoever has to stay outside: put out, banned, or the room was closed. There is nothing to do but to go elsewhere. */
export function isOut(connection: ConnectionView): boolean {
  return connection.status === "closed" && out.has(connection.error?.code ?? 0);
}

/** Whoever came in with what is no longer good: signed out elsewhere, or too long ago. */
export function isSignedOut(connection: ConnectionView): boolean {
  return connection.status === "closed" && signedOut.has(connection.error?.code ?? 0);
}

/** Whether a refusal with this code is said by a page of its own. */
export function hasOwnPage(code: number): boolean {
  return code === missing || atDoor.has(code) || out.has(code);
}

/** `sinceViewMs`: how long ago the view was made, for the count-down of its `retryInMs`. */
export function bannerOf(connection: ConnectionView, sinceViewMs: number): Banner | null {
  switch (connection.status) {
    case "open":
      return null;
    case "connecting":
      return { kind: "quiet", text: "Connecting…" };
    case "reconnecting": {
      const seconds = Math.ceil(Math.max(0, (connection.retryInMs ?? 0) - sinceViewMs) / 1000);
      return { kind: "trouble", text: seconds > 0 ? `The connection was lost. Next try in ${seconds} s.` : "Connecting again…" };
    }
    case "closed":
      if (isReplaced(connection)) return { kind: "ended", text: "This device is now open in another tab." };
      return { kind: "ended", text: connection.error?.message ?? "The connection was closed." };
  }
}
