import type { RoomState } from "@tutti/sync";
import type { AuthState } from "../server/auth.ts";

/** What somebody finds who opens a room's link. */
export interface Sharing {
  /** In words; null: there is nothing to say, the link is all that it takes. */
  readonly text: string | null;
  /** Whether an invitation would let in people whom the link alone does not. */
  readonly needsInvitation: boolean;
}

/** What a room's own link is good for: docs/protocol.md §4a, the door. */
export function sharing(rules: RoomState["room"]["rules"], mode: AuthState["mode"]): Sharing {
  if (rules?.kind !== "shared") {
    return mode === "accounts"
      ? { text: "Whoever has an account here comes in by it.", needsInvitation: false }
      : { text: null, needsInvitation: false };
  }
  if (rules.locked) return { text: "The room is locked: nobody new comes in, by this link or any other.", needsInvitation: false };
  if (rules.password)
    return { text: "Whoever opens it is asked for the room’s password. An invitation needs none.", needsInvitation: true };
  if (!rules.public)
    return { text: "The room is private: this link is for those who are in it already. Others need an invitation.", needsInvitation: true };
  return mode === "accounts"
    ? { text: "Whoever has an account here comes in by it. Others need an invitation.", needsInvitation: true }
    : { text: null, needsInvitation: false };
}
