import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SpotifyAccess } from "../../src/embedded/frame/spotifyAccess.ts";
import { challengeOf, codeOf, exchange, newErrand, refreshed, SignInNeeded, signInAddress } from "../../src/embedded/spotifyTokens.ts";

const at = { clientId: "client", accounts: "https://accounts.example" };
const errand = { verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", state: "state-1" };
const tokens = (expiresAtMs: number) => ({ access: "a1", refresh: "r1", expiresAtMs });
const answers = (status: number, body: unknown) =>
  vi.fn(async (_url: string, _init: RequestInit) => new Response(JSON.stringify(body), { status }));

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("signing in to Spotify", () => {
  it("makes the challenge of RFC 7636, appendix B", async () => {
    expect(await challengeOf(errand.verifier)).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  });

  it("makes verifiers that the RFC allows, each another", () => {
    const made = newErrand();
    expect(made.verifier).toMatch(/^[A-Za-z0-9_-]{43,128}$/);
    expect(newErrand().verifier).not.toBe(made.verifier);
  });

  it("leads to Spotify with what it asks for", async () => {
    const address = new URL(await signInAddress(at, errand, "https://here.example/spotify/callback"));
    expect(address.origin + address.pathname).toBe("https://accounts.example/authorize");
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      ...{ client_id: "client", response_type: "code", redirect_uri: "https://here.example/spotify/callback", state: "state-1" },
      ...{ code_challenge_method: "S256", code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" },
    });
  });

  it("takes the code of its own errand alone", () => {
    expect(codeOf("?code=c&state=state-1", errand)).toBe("c");
    expect(() => codeOf("?code=c&state=other", errand)).toThrow("no sign-in from here");
    expect(() => codeOf("?code=c&state=state-1", null)).toThrow("no sign-in from here");
    expect(() => codeOf("?error=access_denied&state=state-1", errand)).toThrow("did not allow");
  });

  it("exchanges the code with its verifier", async () => {
    const fetch = answers(200, { access_token: "a", refresh_token: "r", expires_in: 3600 });
    vi.stubGlobal("fetch", fetch);
    expect(await exchange(at, "c", errand, "https://here.example/cb")).toEqual({ access: "a", refresh: "r", expiresAtMs: 4_600_000 });
    expect(Object.fromEntries(fetch.mock.calls[0]?.[1].body as URLSearchParams)).toEqual({
      ...{
        grant_type: "authorization_code",
        code: "c",
        client_id: "client",
        redirect_uri: "https://here.example/cb",
        code_verifier: errand.verifier,
      },
    });
  });

  it("keeps the refresh token where the answer has no other", async () => {
    vi.stubGlobal("fetch", answers(200, { access_token: "a2", expires_in: 10 }));
    expect(await refreshed(at, tokens(0))).toMatchObject({ access: "a2", refresh: "r1" });
  });
});

describe("a token for playing", () => {
  it("is given as long as it is good, and renewed once for all who ask", async () => {
    const fetch = answers(200, { access_token: "a2", expires_in: 3600 });
    vi.stubGlobal("fetch", fetch);
    const kept: unknown[] = [];
    const access = new SpotifyAccess(at, tokens(1_100_000), (t) => kept.push(t));
    expect(await access.token()).toBe("a1");
    vi.advanceTimersByTime(50_000);
    expect(await Promise.all([access.token(), access.token()])).toEqual(["a2", "a2"]);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(kept).toEqual([{ access: "a2", refresh: "r1", expiresAtMs: 4_650_000 }]);
    access.doubt();
    await access.token();
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it("is asked of people when Spotify has taken it back, or none was ever there", async () => {
    vi.stubGlobal("fetch", answers(400, { error: "invalid_grant" }));
    const kept: unknown[] = [];
    const access = new SpotifyAccess(at, tokens(0), (t) => kept.push(t));
    await expect(access.token()).rejects.toThrow(SignInNeeded);
    expect([kept, access.isThere]).toEqual([[null], false]);
    await expect(access.token()).rejects.toThrow(SignInNeeded);
    access.set(tokens(2_000_000));
    expect(await access.token()).toBe("a1");
  });

  it("outlives a network that fails", async () => {
    vi.stubGlobal("fetch", vi.fn().mockRejectedValueOnce(new TypeError("offline")));
    const access = new SpotifyAccess(at, tokens(0), () => {});
    await expect(access.token()).rejects.toThrow("offline");
    expect(access.isThere).toBe(true);
  });
});
