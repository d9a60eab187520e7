/** The right to play for somebody who signed in: a token that is still good, whenever one is asked for. */
import { refreshed, type SpotifyAccounts, SignInNeeded, type SpotifyTokens } from "../spotifyTokens.ts";

/** A token is renewed so long before its end, ms. */
const marginMs = 60_000;

export class SpotifyAccess {
  #tokens: SpotifyTokens | null;
  #renewing: Promise<SpotifyTokens> | null = null;

  constructor(
    private readonly at: SpotifyAccounts,
    tokens: SpotifyTokens | null,
    /** Called with tokens that have changed, null when they are good for nothing any more. */
    private readonly keep: (tokens: SpotifyTokens | null) => void,
  ) {
    this.#tokens = tokens;
  }

  get isThere(): boolean {
    return this.#tokens !== null;
  }

  set(tokens: SpotifyTokens | null): void {
    this.#tokens = tokens;
  }

  /** @throws SignInNeeded */
  async token(): Promise<string> {
    const tokens = this.#tokens;
    if (!tokens) throw new SignInNeeded("somebody has to sign in to Spotify on this device (/spotify/signin)");
    if (tokens.expiresAtMs - marginMs > Date.now()) return tokens.access;
    this.#renewing ??= this.#renew(tokens).finally(() => (this.#renewing = null));
    return (await this.#renewing).access;
  }

  /** What was given is refused: the next one is a new one. */
  doubt(): void {
    if (this.#tokens) this.#tokens = { ...this.#tokens, expiresAtMs: 0 };
  }

  async #renew(tokens: SpotifyTokens): Promise<SpotifyTokens> {
    try {
      this.#tokens = await refreshed(this.at, tokens);
    } catch (error) {
      if (error instanceof SignInNeeded) {
        this.#tokens = null;
        this.keep(null);
      }
      throw error;
    }
    this.keep(this.#tokens);
    return this.#tokens;
  }
}
