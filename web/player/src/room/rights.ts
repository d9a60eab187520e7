import type { Right, Role, RoomState } from "@tutti/sync";

const ranks: Readonly<Record<Role, number>> = { listener: 0, dj: 1, host: 2 };

/** What a member is now, standing in for an absent host included; null for a stranger. */
export function roleOf(state: Pick<RoomState, "members" | "host"> | null, memberId: string | null): Role | null {
  const member = state?.members.find((other) => other.id === memberId);
  return member ? (member.id === state?.host ? "host" : member.role) : null;
}

/** Whether a member has a right; in an open room everybody has every one. The server decides: this only greys what it would refuse. */
export function mayDo(right: Right, state: RoomState | null, memberId: string | null): boolean {
  if (!state?.room.rules) return true;
  const role = roleOf(state, memberId);
  return role !== null && ranks[role] >= ranks[state.room.rules.rights[right]];
}
