import { type AuthState, fetchAuth } from "../server/auth.ts";
import { joinRoom } from "../server/rooms.ts";

const real = { fetchAuth, joinRoom };

/**
 * Signs in or up. Whoever was a guest of rooms until then joins them with their account at once, while the guest's passes are at hand: role, queue items
 * and history there stay theirs.
 */
export async function keepingGuest(enter: () => Promise<unknown>, server: typeof real = real): Promise<void> {
  const before: AuthState | null = await server.fetchAuth().catch(() => null);
  await enter();
  // A room may be closed by now, or may not want them back: they are signed in all the same.
  await Promise.all((before?.guestOf ?? []).map((room) => server.joinRoom(room, {}).catch(() => {})));
}
