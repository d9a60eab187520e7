import { describe, expect, it } from "vitest";
import { dropIndex, liftedPx, moveBy, moveTo, sidestep } from "../../src/queue/queueOrder.ts";
import { FakeSession, fakeItem } from "../standin/fakeSession.ts";

const queue = [0, 1, 2, 3].map((n) => fakeItem(n));

describe("queue order", () => {
  it("moves an item by places and to a place", () => {
    expect(moveBy(queue, "q1", 1)).toEqual({ type: "queueMove", itemId: "q1", toIndex: 2 });
    expect(moveTo(queue, "q3", 0)).toEqual({ type: "queueMove", itemId: "q3", toIndex: 0 });
  });

  it("does not move out of the queue, nowhere, or what is not there", () => {
    expect(moveBy(queue, "q0", -1)).toBeNull();
    expect(moveBy(queue, "q3", 1)).toBeNull();
    expect(moveTo(queue, "q2", 2)).toBeNull();
    expect(moveBy(queue, "q9", 1)).toBeNull();
  });

  it("drops where the row is nearest and inside the queue", () => {
    expect(dropIndex(1, 29, 60, 4)).toBe(1);
    expect(dropIndex(1, 31, 60, 4)).toBe(2);
    expect(dropIndex(1, -500, 60, 4)).toBe(0);
    expect(dropIndex(1, 5000, 60, 4)).toBe(3);
  });

  it("shows a dragged row where the pointer is, within the list", () => {
    expect(liftedPx(1, 40, 60, 4)).toBe(40);
    expect(liftedPx(1, -500, 60, 4)).toBe(-60);
    expect(liftedPx(1, 5000, 60, 4)).toBe(120);
  });

  it("lets the rows between step aside to where the move will put them", async () => {
    for (let from = 0; from < 4; from++)
      for (let to = 0; to < 4; to++) {
        const session = new FakeSession({ room: "HOME", device: { id: "me", name: "Me", kind: "browser" } }, () => 0, queue);
        const command = moveTo(queue, `q${from}`, to);
        if (command) await session.command(command);
        const after = session.view.state?.queue.map((item) => item.id) ?? [];
        for (let i = 0; i < 4; i++) if (i !== from) expect(after.indexOf(`q${i}`)).toBe(i + sidestep(i, from, to));
      }
  });
});
