import { readJsonFrom, sendJsonTo } from "./api.ts";
import type { OwnDevice } from "./ownDevices.ts";
import type { RoomSummary } from "./rooms.ts";

/** Who asks, and how one gets in here. */
export interface AuthState {
  readonly mode: "open" | "accounts";
  /** Whether the administrator is still to be made. */
  readonly setUp: boolean;
  /** `link`: an account is made with a link from the administrator. */
  readonly signUp: "open" | "link";
  readonly caller: {
    readonly kind: "account" | "guest" | "anonymous";
    readonly name: string | null;
    readonly administrator: boolean;
    /** Administrators, and those whom they gave the right. */
    readonly mayUpload: boolean;
    /** A guest's room; of several the one that they joined last. */
    readonly room: string | null;
  };
  /** The rooms in which who asks is a guest. */
  readonly guestOf: readonly string[];
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly administrator: boolean;
}

/** A sign-in of a browser or an app, or a personal access token. Times in µs since the Unix epoch. */
export interface Credential {
  readonly id: string;
  readonly kind: "browser" | "bearer" | "token";
  readonly name: string;
  readonly createdMicros: number;
  readonly usedMicros: number;
  readonly expiresMicros: number | null;
  /** Whether it is the one that this page uses. */
  readonly current: boolean;
}

/** An account as the administrator sees it. Times in µs since the Unix epoch. */
export interface AccountLine {
  readonly id: string;
  readonly name: string;
  readonly administrator: boolean;
  /** Whether it was given the right to upload; administrators need none. */
  readonly mayUpload: boolean;
  /** Null: it is signed in nowhere. */
  readonly usedMicros: number | null;
}

/** A sign-up link that nobody has used yet. Times in µs since the Unix epoch. */
export interface SignUpLink {
  readonly id: string;
  readonly createdMicros: number;
  readonly expiresMicros: number;
}

export interface Dashboard {
  readonly account: Account;
  readonly sessions: readonly Credential[];
  readonly tokens: readonly Credential[];
  readonly devices: readonly OwnDevice[];
  /** Shared rooms that the account belongs to. */
  readonly rooms: readonly RoomSummary[];
}

export const fetchAuth = (): Promise<AuthState> => readJsonFrom("/auth");
export const fetchDashboard = (): Promise<Dashboard> => readJsonFrom("/auth/dashboard");
export const signIn = (name: string, password: string): Promise<unknown> => sendJsonTo("POST", "/auth/login", { name, password });
export const signUp = (name: string, password: string, link: string | null): Promise<unknown> =>
  sendJsonTo("POST", "/auth/signup", { name, password, link });
export const setUp = (code: string, name: string, password: string): Promise<unknown> =>
  sendJsonTo("POST", "/auth/setup", { code, name, password });
export const signOut = (): Promise<void> => sendJsonTo("POST", "/auth/logout");
export const changePassword = (password: string, newPassword: string): Promise<void> =>
  sendJsonTo("POST", "/auth/password", { password, newPassword });
export const deleteAccount = (password: string): Promise<void> => sendJsonTo("DELETE", "/auth/account", { password });
/** `days`: its life; null: until it is revoked. */
export const createToken = (name: string, days: number | null): Promise<{ readonly token: string }> =>
  sendJsonTo("POST", "/auth/tokens", { name, ...(days === null ? {} : { days }) });
export const endSession = (id: string): Promise<void> => sendJsonTo("DELETE", `/auth/sessions/${id}`);
export const revokeToken = (id: string): Promise<void> => sendJsonTo("DELETE", `/auth/tokens/${id}`);
export const createSignUpLink = (): Promise<{ readonly url: string }> => sendJsonTo("POST", "/auth/signup-links");
export const fetchSignUpLinks = async (): Promise<readonly SignUpLink[]> =>
  (await readJsonFrom<{ readonly links: readonly SignUpLink[] }>("/auth/signup-links")).links;
export const deleteSignUpLink = (id: string): Promise<void> => sendJsonTo("DELETE", `/auth/signup-links/${id}`);
export const fetchAccounts = (): Promise<{ readonly accounts: readonly AccountLine[] }> => readJsonFrom("/auth/accounts");
export const createResetLink = (accountId: string): Promise<{ readonly url: string; readonly expiresMicros: number }> =>
  sendJsonTo("POST", `/auth/accounts/${accountId}/reset-link`);
export const setMayUpload = (accountId: string, mayUpload: boolean): Promise<void> =>
  sendJsonTo("PATCH", `/auth/accounts/${accountId}`, { mayUpload });
export const resetPassword = (link: string, password: string): Promise<unknown> => sendJsonTo("POST", "/auth/reset", { link, password });
