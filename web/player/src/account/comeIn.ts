import { fetchAuth, type AuthState } from "../server/auth.ts";

/** Where somebody has to go first; null: may come in. An invitation stands behind the `#` and is for the room to judge. */
export function detourOf(auth: AuthState, path: string, hash: string): string | null {
  const stranger = auth.mode === "accounts" && auth.caller.kind === "anonymous" && hash.length < 2;
  return stranger ? `/signin?next=${encodeURIComponent(path)}` : null;
}

/** Ends when this browser may see the page; else the sign-in takes its place, and this never ends. */
export async function comeIn(): Promise<void> {
  let auth: AuthState;
  try {
    auth = await fetchAuth();
  } catch {
    // The page has its own words for a server that cannot be reached.
    return;
  }
  const detour = detourOf(auth, location.pathname + location.search, location.hash);
  if (detour === null) return;
  location.replace(detour);
  await new Promise<never>(() => {});
}
