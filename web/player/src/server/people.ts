import type { Right, Role } from "@tutti/sync";
import { readJsonFrom, sendJsonTo } from "./api.ts";

/** How a room is to be held; what is left out stays. */
export interface SettingsChange {
  readonly name?: string;
  readonly public?: boolean;
  readonly locked?: boolean;
  /** Empty takes it away. */
  readonly password?: string;
  /** The least role that has the right. */
  readonly rights?: Partial<Readonly<Record<Right, Role>>>;
}

/** An invitation that is good. Times in µs since the Unix epoch. */
export interface Invite {
  readonly id: string;
  readonly role: Role;
  readonly madeBy: string;
  readonly madeMicros: number;
  /** Null: never. */
  readonly expiresMicros: number | null;
  readonly uses: number;
  /** Null: any number. */
  readonly usesLeft: number | null;
}

export interface InviteWish {
  readonly role: Role;
  /** 0: for ever. */
  readonly expiresSeconds: number;
  /** Left out: any number. */
  readonly uses?: number;
}

export interface Ban {
  readonly id: string;
  readonly name: string;
  readonly atMicros: number;
}

const at = (code: string) => `/api/rooms/${encodeURIComponent(code)}`;
const person = (code: string, memberId: string) => `${at(code)}/participants/${encodeURIComponent(memberId)}`;

export const holdRoom = (code: string, change: SettingsChange): Promise<void> => sendJsonTo("PATCH", `${at(code)}/settings`, change);

/** Ends the room for good. */
export const closeRoom = (code: string): Promise<void> => sendJsonTo("DELETE", at(code));

/** As host: the room is theirs then. */
export const setRole = (code: string, memberId: string, role: Role): Promise<void> => sendJsonTo("PATCH", person(code, memberId), { role });

/** Puts somebody out, with a ban for good; oneself: leaves the room. */
export const expel = (code: string, memberId: string, ban: boolean): Promise<void> =>
  sendJsonTo("DELETE", `${person(code, memberId)}?ban=${ban}`);

/** Belongs to the room no longer; its host closes it, or gives it away first. */
export async function leaveRoom(code: string): Promise<void> {
  const { me } = await readJsonFrom<{ readonly me: string | null }>(`${at(code)}/participants`);
  if (me !== null) await expel(code, me, false);
}

export const fetchBans = async (code: string): Promise<readonly Ban[]> =>
  (await readJsonFrom<{ readonly banned: readonly Ban[] }>(`${at(code)}/bans`)).banned;

export const pardon = (code: string, memberId: string): Promise<void> =>
  sendJsonTo("DELETE", `${at(code)}/bans/${encodeURIComponent(memberId)}`);

export const fetchInvites = async (code: string): Promise<readonly Invite[]> =>
  (await readJsonFrom<{ readonly invites: readonly Invite[] }>(`${at(code)}/invites`)).invites;

/** The link is shown this once. */
export const makeInvite = (code: string, wish: InviteWish): Promise<{ readonly url: string }> =>
  sendJsonTo("POST", `${at(code)}/invites`, wish);

export const revokeInvite = (code: string, id: string): Promise<void> =>
  sendJsonTo("DELETE", `${at(code)}/invites/${encodeURIComponent(id)}`);
