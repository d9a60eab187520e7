/**
 * Signing in to Spotify without a secret (OAuth 2.0 with PKCE: RFC 7636), and what comes of it: tokens that stay in this browser. Wall-clock
 * times in ms.
 */

export interface SpotifyTokens {
  readonly access: string;
  readonly refresh: string;
  readonly expiresAtMs: number;
}

/** Where people sign in, and as whose guest. */
export interface SpotifyAccounts {
  readonly clientId: string;
  readonly accounts: string;
}

/** What has to be remembered between going to Spotify and coming back. */
export interface SpotifyErrand {
  readonly verifier: string;
  readonly state: string;
}

/** What a player for web pages needs (Web Playback SDK, "Authenticating with Spotify"), and starting a track by the Web API. */
const scopes = "streaming user-read-email user-read-private user-modify-playback-state user-read-playback-state";
const tokensKey = "tutti.spotify";
const errandKey = "tutti.spotify.errand";

/** Spotify's word is not good any more: somebody has to sign in again. */
export class SignInNeeded extends Error {}

export function callbackAddress(): string {
  return `${location.origin}/spotify/callback`;
}

export function newErrand(): SpotifyErrand {
  const random = (bytes: number) => base64Url(crypto.getRandomValues(new Uint8Array(bytes)));
  return { verifier: random(48), state: random(16) };
}

/** RFC 7636 §4.2. Needs a secure context. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/** Where to go to sign in. */
export async function signInAddress({ clientId, accounts }: SpotifyAccounts, errand: SpotifyErrand, redirect: string): Promise<string> {
  const query = new URLSearchParams({
    ...{ response_type: "code", client_id: clientId, scope: scopes, redirect_uri: redirect, state: errand.state },
    ...{ code_challenge_method: "S256", code_challenge: await challengeOf(errand.verifier) },
  });
  return `${accounts}/authorize?${query}`;
}

/** Spotify's answer on the way back: its code, or why there is none. */
export function codeOf(search: string, errand: SpotifyErrand | null): string {
  const query = new URLSearchParams(search);
  if (!errand || query.get("state") !== errand.state)
    throw new Error("This answer of Spotify’s belongs to no sign-in from here. Start again.");
  const code = query.get("code");
  if (!code) throw new Error(query.get("error") === "access_denied" ? "You did not allow it." : "Spotify gave no answer that can be used.");
  return code;
}

export function exchange(at: SpotifyAccounts, code: string, errand: SpotifyErrand, redirect: string): Promise<SpotifyTokens> {
  return ask(at, { grant_type: "authorization_code", code, redirect_uri: redirect, code_verifier: errand.verifier });
}

/** @throws SignInNeeded when the sign-in was taken back */
export async function refreshed(at: SpotifyAccounts, tokens: SpotifyTokens): Promise<SpotifyTokens> {
  return ask(at, { grant_type: "refresh_token", refresh_token: tokens.refresh }, tokens.refresh);
}

async function ask({ clientId, accounts }: SpotifyAccounts, fields: Record<string, string>, refresh = ""): Promise<SpotifyTokens> {
  const body = new URLSearchParams({ ...fields, client_id: clientId });
  const answer = await fetch(`${accounts}/api/token`, { method: "POST", body });
  if (answer.status === 400 || answer.status === 401) throw new SignInNeeded("Spotify does not know this sign-in any more");
  if (!answer.ok) throw new Error(`Spotify answered ${answer.status}`);
  const said = (await answer.json()) as { access_token: string; expires_in: number; refresh_token?: string };
  return { access: said.access_token, refresh: said.refresh_token ?? refresh, expiresAtMs: Date.now() + said.expires_in * 1000 };
}

export function readTokens(): SpotifyTokens | null {
  return read<SpotifyTokens>(tokensKey);
}

export function keepTokens(tokens: SpotifyTokens | null): void {
  keep(tokensKey, tokens);
}

/** Tells when another page of this browser has signed in or out. Returns what ends it. */
export function onTokens(listener: (tokens: SpotifyTokens | null) => void): () => void {
  const hear = (event: StorageEvent) => event.key === tokensKey && listener(readTokens());
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}

export function keepErrand(errand: SpotifyErrand | null): void {
  keep(errandKey, errand);
}

export function readErrand(): SpotifyErrand | null {
  return read<SpotifyErrand>(errandKey);
}

function read<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as T | null;
  } catch {
    return null;
  }
}

function keep(key: string, value: unknown): void {
  if (value === null) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(value));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
