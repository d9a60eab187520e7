import { describe, expect, it } from "vitest";
import { detourOf } from "../../src/account/comeIn.ts";
import { keepingGuest } from "../../src/account/keepingGuest.ts";
import { agoText } from "../../src/account/when.ts";
import { routeOf } from "../../src/pages/route.ts";
import { whereText } from "../../src/server/ownDevices.ts";
import { sendJsonTo } from "../../src/server/api.ts";
import type { AuthState } from "../../src/server/auth.ts";

const stranger = { kind: "anonymous", name: null, administrator: false, mayUpload: false, room: null } as const;
const guest = { kind: "guest", name: "Gus", administrator: false, mayUpload: false, room: "K7WQ3M" } as const;
const ann = { kind: "account", name: "Ann", administrator: false, mayUpload: false, room: null } as const;
const auth = (mode: AuthState["mode"], caller: AuthState["caller"]): AuthState => ({
  mode,
  setUp: false,
  signUp: "link",
  caller,
  guestOf: caller.kind === "guest" ? ["K7WQ3M", "N4PZ8R"] : [],
});

describe("coming in", () => {
  it.each([
    ["a stranger, open", auth("open", stranger), "", null],
    ["a stranger, accounts", auth("accounts", stranger), "", "/signin?next=%2Fr%2FABC234%3Fx%3D1"],
    ["a stranger with an invitation", auth("accounts", stranger), "#secret", null],
    ["a stranger with a link into the library", auth("accounts", stranger), "#/albums", "/signin?next=%2Fr%2FABC234%3Fx%3D1"],
    ["somebody signed in", auth("accounts", ann), "", null],
    ["a guest", auth("accounts", guest), "", null],
  ] as const)("%s", (_, state, hash, detour) => {
    expect(detourOf(state, "/r/ABC234?x=1", hash)).toBe(detour);
  });
});

describe("the front door", () => {
  it.each([
    ["leads who is signed in to their devices", ann, "/", "/r/MINE"],
    ["keeps the list of rooms for them too", ann, "/rooms", null],
    ["asks others for an account before", stranger, "/r/mine", "/signin?next=%2Fr%2Fmine"],
    ["guests too", guest, "/r/MINE", "/signin?next=%2Fr%2FMINE"],
    ["is the front page of whoever comes without a name", stranger, "/", null],
  ] as const)("%s", (_, caller, path, detour) => {
    expect(detourOf(auth("open", caller), path, "")).toBe(detour);
  });
});

describe("whoever was a guest", () => {
  const signIn = async (caller: AuthState["caller"] | null, refused?: Error) => {
    const done: string[] = [];
    const server = {
      fetchAuth: () => (caller ? Promise.resolve(auth("open", caller)) : Promise.reject(new Error("unreachable"))),
      joinRoom: (code: string, shown: object) => Promise.reject(new Error(`${done.push(`join ${code} ${JSON.stringify(shown)}`)}`)),
    };
    const enter = () => (refused ? Promise.reject(refused) : Promise.resolve(done.push("enter")));
    await keepingGuest(enter, server).catch((error: Error) => done.push(error.message));
    return done;
  };

  it("joins those rooms with the account, once in", async () => {
    expect(await signIn(guest)).toEqual(["enter", "join K7WQ3M {}", "join N4PZ8R {}"]);
  });

  it("does so only when let in", async () => {
    expect(await signIn(guest, new Error("wrong"))).toEqual(["wrong"]);
  });

  it("is nobody else", async () => {
    expect([await signIn(stranger), await signIn(null)]).toEqual([["enter"], ["enter"]]);
  });
});

describe("my devices", () => {
  const room = { code: "MINE", name: "My devices" };
  it.each([
    ["playing", "on", room, "Sound on · My devices"],
    ["playing", "off", room, "No sound yet · My devices"],
    ["silent", "on", room, "Silent · My devices"],
    ["away", "off", null, "Away"],
  ] as const)("%s, output %s", (state, output, at, text) => {
    expect(whereText({ state, output, room: at })).toBe(text);
  });
});

describe("addresses", () => {
  it.each([
    ["?next=/r/HOME", "/r/HOME"],
    ["?next=%2Faccount", "/account"],
    ["", "/"],
    ["?next=https://evil.example/", "/"],
    ["?next=//evil.example/", "/"],
    ["?next=/\\evil.example/", "/"],
    ["?next=javascript:alert(1)", "/"],
  ])("signing in or up leads on within this site: %s", (search, next) => {
    expect(routeOf("/signin", search)).toEqual({ page: "signIn", next });
    expect(routeOf("/signup", search)).toEqual({ page: "signUp", next });
  });

  it.each([
    ["/signup", "signUp"],
    ["/setup", "setUp"],
    ["/account", "account"],
    ["/rooms", "rooms"],
    ["/account/more", "unknown"],
  ])("%s", (path, page) => {
    expect(routeOf(path, "").page).toBe(page);
  });
});

describe("last use", () => {
  const now = 1_795_000_000_000_000;
  it.each([
    [0, "now"],
    [9, "now"],
    [10, "10 minutes ago"],
    [75, "an hour ago"],
    [60 * 23, "23 hours ago"],
    [60 * 30, "yesterday"],
    [60 * 24 * 8, "8 days ago"],
  ])("%i minutes", (minutes, text) => {
    expect(agoText(now - minutes * 60e6, now)).toBe(text);
  });
});

describe("calls that change something", () => {
  it("send JSON and take an empty answer", async () => {
    const calls: [string, RequestInit | undefined][] = [];
    const fetcher = async (url: string, init?: RequestInit) => {
      calls.push([url, init]);
      return new Response(null, { status: 204 });
    };
    await expect(sendJsonTo("DELETE", "/auth/account", { password: "x" }, fetcher)).resolves.toBeUndefined();
    expect(calls[0]?.[1]).toMatchObject({ method: "DELETE", body: '{"password":"x"}', headers: { "content-type": "application/json" } });
  });

  it("tell the numbered refusal", async () => {
    const problem = { code: 6002, name: "wrongCredentials", detail: "Name or password is wrong." };
    const fetcher = async () => new Response(JSON.stringify(problem), { status: 401 });
    await expect(sendJsonTo("POST", "/auth/login", {}, fetcher)).rejects.toMatchObject({
      status: 401,
      code: 6002,
      message: problem.detail,
    });
  });
});
