import { type AuthState, fetchAuth } from "../server/auth.ts";
import { joinRoom } from "../server/rooms.ts";

const real = { fetchAuth, joinRoom };

/**
 * Signs in or up. Whoever was a guest of a room until then joins it with their account at once, while the guest's pass is at hand: role, queue items and
 * history there stay theirs.
 */
export async function keepingGuest(enter: () => Promise<unknown>, server: typeof real = real): Promise<void> {
  const before: AuthState | null = await server.fetchAuth().catch(() => null);
  await enter();
  const room = before?.caller.kind === "guest" ? before.caller.room : null;
  // The room may be closed by now, or may not want them back: they are signed in all the same.
  if (room !== null) await server.joinRoom(room, {}).catch(() => {});
}
