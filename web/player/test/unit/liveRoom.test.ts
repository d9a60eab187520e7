import { expect, it, vi } from "vitest";
import { LiveRoom } from "../../src/room/liveRoom.svelte.ts";
import { FakeSession } from "../standin/fakeSession.ts";

vi.mock("@tutti/sync", async (original) => ({
  ...(await original<object>()),
  openRoom: (options: ConstructorParameters<typeof FakeSession>[0]) => new FakeSession(options, () => 0),
}));

it.each([
  [2106, "kicked"],
  [4001, "replaced"],
])("falls silent when the room is over for this device: %i %s", (code, name) => {
  const profile = { id: "me", name: "Me", gain: 1, muted: false };
  const room = new LiveRoom("K7WQ3M", { profile, save() {} });
  room.join();
  const session = room.session as FakeSession;
  session.change({ connection: { status: "reconnecting", attempt: 1, retryInMs: 100, error: null } });
  expect(room.joined).toBe(true);
  session.change({ connection: { status: "closed", attempt: 0, retryInMs: null, error: { code, name, message: "" } } });
  expect(room.joined).toBe(false);
});
