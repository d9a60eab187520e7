import { describe, expect, it } from "vitest";
import { invitationIn, showInvitation, withInvitation } from "../../src/room/invitation.ts";
import { sharing } from "../../src/room/share.ts";
import { ApiError } from "../../src/server/api.ts";
import type { AuthState } from "../../src/server/auth.ts";
import { originForOthers } from "../../src/server/origin.ts";

type Known = Pick<AuthState, "caller" | "guestOf">;
const stranger: Known = { caller: { kind: "anonymous", name: null, administrator: false, mayUpload: false, room: null }, guestOf: [] };
const ann: Known = { caller: { ...stranger.caller, kind: "account", name: "Ann" }, guestOf: [] };
const gus: Known = { caller: { ...stranger.caller, kind: "guest", name: "Gus", room: "ABC234" }, guestOf: ["ABC234", "K7WQ3M"] };

describe("an invitation in the address", () => {
  it.each([
    ["#invite=abc-_1", "abc-_1"],
    ["#/albums/a1", null],
    ["#a-sign-up-link", null],
    ["", null],
  ])("is found: %s", (hash, token) => {
    expect(invitationIn(hash)).toBe(token);
    expect(withInvitation("/signin?next=%2Fr%2FK7WQ3M", hash)).toBe(`/signin?next=%2Fr%2FK7WQ3M${token ? hash : ""}`);
  });

  const show = async (caller: Known | null, hash: string, refusal?: Error) => {
    const done: string[] = [];
    const bar = {
      location: { hash, pathname: "/r/K7WQ3M", search: "?x=1" },
      history: { replaceState: (_: unknown, __: string, url?: string | URL | null) => void done.push(`${url}`) },
    };
    const said = await showInvitation("K7WQ3M", caller, bar, (code, shown) => {
      done.push(`join ${code} ${JSON.stringify(shown)}`);
      return refusal ? Promise.reject(refusal) : Promise.resolve();
    });
    return [...done, said];
  };
  const shown = 'join K7WQ3M {"invite":"abc"}';

  it.each([
    ["who is signed in", ann],
    ["a guest of the room", gus],
  ])("is shown before the room is opened by %s, and leaves the address", async (_, caller) => {
    expect(await show(caller, "#invite=abc")).toEqual([shown, "/r/K7WQ3M?x=1", null]);
  });

  it.each([
    ["a stranger", stranger, "#invite=abc"],
    ["a guest of another room", { ...gus, guestOf: ["ABC234"] }, "#invite=abc"],
    ["nobody knows whom", null, "#invite=abc"],
    ["somebody without one", ann, "#/albums"],
  ] as const)("is for the door to ask for: %s", async (_, caller, hash) => {
    expect(await show(caller, hash)).toEqual([null]);
  });

  it("that is good no more is told of and leaves the address; any other trouble is the room's to tell", async () => {
    expect(await show(ann, "#invite=abc", new ApiError(403, 2111, "It has expired."))).toEqual([shown, "/r/K7WQ3M?x=1", "It has expired."]);
    expect(await show(ann, "#invite=abc", new ApiError(403, 2104, "Locked."))).toEqual([shown, null]);
    expect(await show(ann, "#invite=abc", new ApiError(0, 0, "The server cannot be reached."))).toEqual([shown, null]);
  });
});

describe("a room's own link", () => {
  const rights = {} as never;
  const rules = { kind: "shared", public: true, locked: false, password: false, rights } as const;
  it.each([
    ["an open room", null, "open", null, false],
    ["an open room where accounts are asked for", null, "accounts", /account/, false],
    ["a public room", rules, "open", null, false],
    ["a public room where accounts are asked for", rules, "accounts", /invitation/, true],
    ["a private room", { ...rules, public: false }, "open", /private/, true],
    ["a room with a password", { ...rules, public: false, password: true }, "open", /password/, true],
    ["a locked room", { ...rules, locked: true, password: true }, "open", /locked/, false],
  ] as const)("%s", (_, held, mode, words, needsInvitation) => {
    const found = sharing(held, mode);
    expect(found.needsInvitation).toBe(needsInvitation);
    if (words === null) expect(found.text).toBeNull();
    else expect(found.text).toMatch(words);
  });
});

describe("where others find the server", () => {
  it.each([
    ["kitchen.local", ["http://192.168.1.2:3000"], "http://kitchen.local:3000"],
    ["localhost", ["http://192.168.1.2:3000/", "http://10.0.0.2:3000/"], "http://192.168.1.2:3000"],
    ["127.0.0.1", [], "http://127.0.0.1:3000"],
  ])("opened as %s", async (hostname, addresses, origin) => {
    const place = { hostname, origin: `http://${hostname}:3000` };
    expect(await originForOthers(place, () => Promise.resolve(addresses))).toBe(origin);
    expect(await originForOthers(place, () => Promise.reject(new Error("gone")))).toBe(place.origin);
  });
});
