import type { Member, QueueItem, Right, Role, RoomState } from "@tutti/sync";

type People = Pick<RoomState, "members" | "host">;

const ranks: Readonly<Record<Role, number>> = { listener: 0, dj: 1, host: 2 };

/** What each right lets somebody do, in the order in which tables of rights list them. */
export const rightWords: readonly (readonly [Right, string])[] = [
  ["play", "play and pause"],
  ["seek", "move within a track"],
  ["skip", "skip to another track"],
  ["volume", "change the room’s volume"],
  ["add", "add tracks"],
  ["reorder", "change the order"],
  ["remove", "remove tracks of others"],
  ["invite", "invite people"],
  ["kick", "put people out"],
];

/** What a member is now, standing in for an absent host included; null for a stranger. */
export function roleOf(state: People | null, memberId: string | null): Role | null {
  const member = state?.members.find((other) => other.id === memberId);
  return member ? (member.id === state?.host ? "host" : member.role) : null;
}

/** Whose room it is, here or not. */
export function isOwner(state: People | null, memberId: string | null): boolean {
  return state?.members.some((member) => member.id === memberId && member.role === "host") ?? false;
}

/** Whether a member has a right; in an open room everybody has every one. The server decides: this only greys what it would refuse. */
export function mayDo(right: Right, state: RoomState | null, memberId: string | null): boolean {
  if (!state?.room.rules) return true;
  const role = roleOf(state, memberId);
  return role !== null && ranks[role] >= ranks[state.room.rules.rights[right]];
}

/** Why a member may not do what takes all of these rights; null when they may. */
export function refusalText(rights: readonly Right[], state: RoomState | null, memberId: string | null): string | null {
  const missing = rights.find((right) => !mayDo(right, state, memberId));
  if (missing === undefined) return null;
  const who = state?.room.rules?.rights[missing] === "host" ? "the host" : "a DJ";
  return `In this room it takes ${who} to ${rightWords.find(([right]) => right === missing)?.[1]}.`;
}

/** What buttons, keys of the keyboard and media keys do alike. */
export type Doing = "toggle" | "stop" | "skip" | "seek" | "volume";

/** The rights that it takes to do something now. */
export function rightsFor(doing: Doing, state: RoomState | null): readonly Right[] {
  switch (doing) {
    case "toggle":
      // An empty queue is started with the library, which takes more than pressing play.
      return state?.queue.length === 0 ? ["play", "skip", "add"] : ["play"];
    case "stop":
      return ["play"];
    default:
      return [doing];
  }
}

/** What it takes to remove an item: one's own, while it does not sound, is taken back by the right to add. */
export function rightToRemove(item: QueueItem, sounding: string | null, memberId: string | null): Right {
  return memberId !== null && item.addedById === memberId && item.id !== sounding ? "add" : "remove";
}

/** Whether one member may put out another: those below oneself, never whose room it is. */
export function mayExpel(state: RoomState | null, memberId: string | null, other: Member): boolean {
  if (!state?.room.rules || other.id === memberId || other.role === "host" || !mayDo("kick", state, memberId)) return false;
  const [mine, theirs] = [roleOf(state, memberId), roleOf(state, other.id)];
  return isOwner(state, memberId) || (mine !== null && theirs !== null && ranks[theirs] < ranks[mine]);
}
