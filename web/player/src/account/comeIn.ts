import { fetchAuth, type AuthState } from "../server/auth.ts";

/** The room of one's own devices: where somebody who is signed in is at home. */
const ownRoom = "/r/MINE";

/**
 * Where somebody has to go first; null: may come in. An invitation stands behind the `#` and is for the room to judge; `#/` is a
 * place in its library. Each device of an account joins the others by itself: the front door leads there.
 */
export function detourOf(auth: AuthState, path: string, hash: string): string | null {
  if (auth.caller.kind === "account") return path === "/" ? ownRoom : null;
  const invited = hash.length > 1 && !hash.startsWith("#/");
  const stranger = auth.mode === "accounts" && auth.caller.kind === "anonymous" && !invited;
  return stranger || path.toUpperCase() === ownRoom.toUpperCase() ? `/signin?next=${encodeURIComponent(path)}` : null;
}

/** Who is here, when this browser may see the page; null when the server does not say. Else another page takes its place, and this never ends. */
export async function comeIn(): Promise<AuthState | null> {
  let auth: AuthState;
  try {
    auth = await fetchAuth();
  } catch {
    // The page has its own words for a server that cannot be reached.
    return null;
  }
  const detour = detourOf(auth, location.pathname + location.search, location.hash);
  if (detour === null) return auth;
  location.replace(detour);
  return await new Promise<never>(() => {});
}
