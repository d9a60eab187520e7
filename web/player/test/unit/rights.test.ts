import type { Member, Right, Role, RoomState } from "@tutti/sync";
import { describe, expect, it } from "vitest";
import { isOwner, mayDo, mayExpel, refusalText, rightToRemove, rightWords, roleOf } from "../../src/room/rights.ts";
import { inviteText } from "../../src/room/settings/words.ts";
import { fakeItem, fakeState } from "../standin/fakeSession.ts";

const member = (id: string, role: Role): Member => ({ id, name: id, guest: id.startsWith("g-"), role, sinceMicros: 0 });
const members = [member("a-ann", "host"), member("a-dee", "dj"), member("a-dan", "dj"), member("g-lou", "listener")];
const rights: Readonly<Record<Right, Role>> = {
  play: "dj",
  seek: "dj",
  skip: "dj",
  volume: "host",
  add: "listener",
  reorder: "dj",
  remove: "dj",
  invite: "listener",
  kick: "dj",
};
const open = fakeState("HOME", []);

function shared(host = "a-ann"): RoomState {
  const rules = { kind: "shared", public: true, locked: false, password: false, rights } as const;
  return { ...open, room: { ...open.room, rules }, members, host };
}

describe("rights", () => {
  it.each([
    ["a-ann", ["play", "volume", "add"], ["play", "volume", "add"]],
    ["a-dee", ["play", "volume", "add"], ["play", "add"]],
    ["g-lou", ["play", "volume", "add"], ["add"]],
    ["a-stranger", ["play", "add"], []],
    [null, ["play", "add"], []],
  ] as const)("%s may do what the table says", (id, asked, may) => {
    expect(asked.filter((right) => mayDo(right, shared(), id))).toEqual(may);
  });

  it("are everybody's in an open room, and before the room has answered", () => {
    expect(rightWords.every(([right]) => mayDo(right, open, null) && mayDo(right, null, null))).toBe(true);
  });

  it("are the host's for who stands in", () => {
    expect([roleOf(shared("a-dee"), "a-dee"), mayDo("volume", shared("a-dee"), "a-dee")]).toEqual(["host", true]);
    expect([isOwner(shared("a-dee"), "a-dee"), isOwner(shared("a-dee"), "a-ann")]).toEqual([false, true]);
  });

  it("say whom it takes, by the first that is missing", () => {
    expect(refusalText(["add"], shared(), "g-lou")).toBeNull();
    expect(refusalText(["add", "skip", "volume"], shared(), "g-lou")).toBe("In this room it takes a DJ to skip to another track.");
    expect(refusalText(["volume"], shared(), "a-dee")).toBe("In this room it takes the host to change the room’s volume.");
  });

  it("have words for each of them", () => {
    expect(rightWords.map(([right]) => right).toSorted()).toEqual(Object.keys(rights).toSorted());
  });
});

describe("taking back", () => {
  const mine = fakeItem(1, { addedById: "g-lou" });
  it.each([
    ["one's own", mine, "q0", "g-lou", "add"],
    ["one's own that sounds", mine, "q1", "g-lou", "remove"],
    ["another's", mine, "q0", "a-dee", "remove"],
    ["nobody's, as nobody", fakeItem(1), "q0", null, "remove"],
  ] as const)("%s", (_, item, sounding, id, right) => expect(rightToRemove(item, sounding, id)).toBe(right));
});

describe("putting out", () => {
  it.each([
    ["the host everybody else", shared(), "a-ann", ["a-dee", "a-dan", "g-lou"]],
    ["a DJ those below", shared(), "a-dee", ["g-lou"]],
    ["a DJ who stands in: not whose room it is", shared("a-dee"), "a-dee", ["a-dan", "g-lou"]],
    ["the owner also who stands in", shared("a-dee"), "a-ann", ["a-dee", "a-dan", "g-lou"]],
    ["a listener nobody", shared(), "g-lou", []],
    ["a stranger nobody", shared(), null, []],
  ] as const)("%s", (_, state, me, out) => {
    expect(members.filter((other) => mayExpel(state, me, other)).map(({ id }) => id)).toEqual(out);
  });

  it("is nothing for open rooms", () => {
    expect(mayExpel(open, "a-ann", member("g-lou", "listener"))).toBe(false);
  });
});

describe("invitations", () => {
  it.each([
    [null, null, "any number of people"],
    [1, 30 * 60e6, "1 more person, 30 more minutes"],
    [2, 60 * 60e6, "2 more people, 1 more hour"],
    [null, 47 * 3600e6, "any number of people, 47 more hours"],
    [3, 7 * 86400e6, "3 more people, 7 more days"],
    [3, 1, "3 more people, 1 more minute"],
  ] as const)("left: %s, µs: %s", (usesLeft, expiresMicros, text) => expect(inviteText({ usesLeft, expiresMicros }, 0)).toBe(text));
});
