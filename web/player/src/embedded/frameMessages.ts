/** What the room's page and the document around a service's player say to each other. Device times are those of `performance.timeOrigin + now()`, ms. */
import type { EmbeddedPlayer, PlayerEvents } from "@tutti/sync";
import type { SpotifyAccounts, SpotifyTokens } from "./spotifyTokens.ts";

type Calls = Omit<EmbeddedPlayer, "rates" | "show" | "close">;

/** To the player: first what it needs to open, then calls. */
export type ToFrame =
  | { readonly tutti: "open"; readonly config: unknown }
  | { readonly tutti: "call"; readonly name: keyof Calls | "setTokens"; readonly args: readonly unknown[] };

/** From the player: that it is there at all, that it can play, or why it cannot; then events. */
export type ToPage =
  | { readonly tutti: "there" }
  | { readonly tutti: "opened"; readonly rates: readonly number[] }
  | { readonly tutti: "refused"; readonly message: string }
  | { readonly tutti: "keep"; readonly tokens: SpotifyTokens | null }
  | { readonly tutti: "event"; readonly name: keyof PlayerEvents; readonly args: readonly unknown[] };

/** What YouTube's player needs (`GET /api/players`). */
export interface YouTubeConfig {
  readonly script: string;
  readonly frames: string;
}

/** What Spotify's player needs: the same, and who has signed in. */
export interface SpotifyConfig extends SpotifyAccounts {
  readonly script: string;
  readonly api: string;
  readonly tokens: SpotifyTokens | null;
}

/** A service's player inside its own document; it is shown and closed with that. */
export type FramedPlayer = Omit<EmbeddedPlayer, "show" | "close"> & { setTokens?(tokens: SpotifyTokens | null): void };
