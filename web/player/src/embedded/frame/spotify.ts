/**
 * Spotify's player, driven as ours. One account sounds in one place only, so each device needs somebody's own. A track is got ready by playing it
 * for a moment without a sound: only the Web API can start one, and that takes its time.
 */
import type { PlayerEvents, PlayerState } from "@tutti/sync";
import { said } from "../../look/said.ts";
import type { FramedPlayer, SpotifyConfig } from "../frameMessages.ts";
import { SignInNeeded, type SpotifyTokens } from "../spotifyTokens.ts";
import { loadScript, sharedNowMs } from "./frameSide.ts";
import { SpotifyAccess } from "./spotifyAccess.ts";
import type { SpotifyPlayer, SpotifyState } from "./spotifyApi.ts";
import { SpotifyCard } from "./spotifyCard.ts";

const lookMs = 200;
/** An end is told as a halt at the beginning; so near the end it is one, s. */
const endSeconds = 3;
/** Spotify's servers may not know a device that has only just come. */
const tries = 3;
const betweenTriesMs = 800;
const notPlayable = 5209;
const unavailable = 5210;
const blocked = 5211;
const signInNeeded = 5212;
const subscriptionNeeded = 5213;

export async function openSpotify(
  config: SpotifyConfig,
  place: HTMLElement,
  events: PlayerEvents,
  keep: (tokens: SpotifyTokens | null) => void,
): Promise<FramedPlayer> {
  if (!isSecureContext) throw new Error("Spotify plays over https only, or on this very machine at 127.0.0.1");
  return new FramedSpotify(config, new SpotifyAccess(config, config.tokens, keep), new SpotifyCard(place), events);
}

class FramedSpotify implements FramedPlayer {
  readonly rates = [1];
  #player: SpotifyPlayer | null = null;
  #device: Promise<string> | null = null;
  #wanted: { readonly id: string; readonly seconds: number } | null = null;
  #warming = false;
  #level = 1;
  #durationSeconds = 0;
  #lastSeconds = 0;
  #told: PlayerState = "loading";

  constructor(
    private readonly config: SpotifyConfig,
    private readonly access: SpotifyAccess,
    private readonly card: SpotifyCard,
    private readonly events: PlayerEvents,
  ) {
    card.onPress = () => void this.#player?.activateElement().then(() => this.#player?.resume());
    this.#look();
  }

  load(id: string, seconds: number): void {
    this.#wanted = { id, seconds };
    this.#tell("loading");
    void this.#begin();
  }

  play(fromSeconds: number | null): void {
    this.#warming = false;
    void this.#do(async (player) => {
      await player.setVolume(this.#level);
      if (fromSeconds !== null) await player.seek(Math.round(fromSeconds * 1000));
      await player.resume();
    });
  }

  pause(): void {
    void this.#do((player) => player.pause());
  }

  seek(seconds: number): void {
    void this.#do((player) => player.seek(Math.round(seconds * 1000)));
  }

  setRate(): void {
    // Spotify plays at its own.
  }

  setVolume(level: number): void {
    this.#level = level;
    if (!this.#warming) void this.#do((player) => player.setVolume(level));
  }

  /** Somebody has signed in, or out, on another page. */
  setTokens(tokens: SpotifyTokens | null): void {
    const isNew = tokens !== null && !this.access.isThere;
    this.access.set(tokens);
    if (isNew && this.#wanted) void this.#begin();
  }

  /** Starts the wanted track unheard; it is halted when it plays. */
  async #begin(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    try {
      this.#warming = true;
      await this.access.token();
      this.card.wait();
      this.#device ??= this.#connect();
      const device = await this.#device;
      await this.#player?.setVolume(0);
      await this.#start(device, wanted.id, wanted.seconds);
    } catch (error) {
      if (this.#wanted === wanted) this.#fail(error);
    }
  }

  async #connect(): Promise<string> {
    // What could not connect, or was sent away, makes room for another try.
    this.#player?.disconnect();
    this.#player = null;
    if (!window.Spotify) {
      await new Promise<void>((resolve, reject) => {
        window.onSpotifyWebPlaybackSDKReady = resolve;
        loadScript(this.config.script, "Spotify").catch(reject);
      });
    }
    const api = window.Spotify;
    if (!api) throw new Error("Spotify’s player is not what it was");
    const player = new api.Player({
      name: `Tutti (${location.host})`,
      volume: 0,
      getOAuthToken: (give) => void this.access.token().then(give, (error: unknown) => this.#fail(error)),
    });
    this.#player = player;
    return new Promise((resolve, reject) => {
      player.addListener("ready", ({ device_id }) => resolve(device_id));
      player.addListener("player_state_changed", (state) => this.#take(state));
      player.addListener("autoplay_failed", () => this.#fail(new Trouble(blocked, "the browser wants a press on the player first")));
      player.addListener("initialization_error", () =>
        reject(new Trouble(unavailable, "this browser cannot play Spotify: it lacks protected media")),
      );
      player.addListener("authentication_error", () => {
        this.access.doubt();
        reject(new Trouble(signInNeeded, "somebody has to sign in to Spotify on this device (/spotify/signin)"));
      });
      player.addListener("account_error", () => reject(new Trouble(subscriptionNeeded, "Spotify plays for Premium accounts only")));
      player.addListener("playback_error", ({ message }) => this.#fail(new Trouble(notPlayable, `Spotify could not play it: ${message}`)));
      void player.connect().then((connected) => connected || reject(new Error("Spotify’s player could not connect")));
    });
  }

  async #start(device: string, id: string, seconds: number): Promise<void> {
    for (let left = tries; ; left--) {
      const answer = await fetch(`${this.config.api}/v1/me/player/play?device_id=${encodeURIComponent(device)}`, {
        method: "PUT",
        headers: { authorization: `Bearer ${await this.access.token()}`, "content-type": "application/json" },
        body: JSON.stringify({ uris: [`spotify:track:${id}`], position_ms: Math.round(seconds * 1000) }),
      });
      if (answer.ok) return;
      if (answer.status === 403) throw await restriction(answer);
      if (answer.status === 401) this.access.doubt();
      if (left <= 1) throw new Trouble(unavailable, `Spotify answered ${answer.status}`);
      await new Promise((go) => setTimeout(go, betweenTriesMs));
    }
  }

  #take(state: SpotifyState | null): void {
    const track = state?.track_window.current_track;
    if (!state || !track) {
      // Another device has taken this account's sound.
      if (this.#told === "playing")
        this.#fail(new Trouble(unavailable, "this Spotify account sounds elsewhere now: it can in one place only"));
      return;
    }
    if (track.id !== this.#wanted?.id && track.linked_from?.id !== this.#wanted?.id) return;
    this.#durationSeconds = state.duration / 1000;
    if (this.#warming) this.#warm(state);
    else this.#tell(this.#meaningOf(state));
  }

  #warm(state: SpotifyState): void {
    if (state.loading) return;
    if (!state.paused) {
      void this.#do((player) => player.pause());
      return;
    }
    this.#warming = false;
    const { name, artists } = state.track_window.current_track ?? { name: "", artists: [] };
    const artist = artists.map((a) => a.name).join(", ");
    this.card.show(name, artist);
    const words = { ...(name && { title: name.slice(0, 200) }), ...(artist && { artist: artist.slice(0, 200) }) };
    this.events.onLoaded({ durationMicros: Math.round(state.duration * 1000), ...words });
    void this.#do(async (player) => {
      await player.seek(Math.round((this.#wanted?.seconds ?? 0) * 1000));
      await player.setVolume(this.#level);
      this.#tell("held");
    });
  }

  #meaningOf({ paused, loading, position }: SpotifyState): PlayerState {
    if (loading) return "waiting";
    if (!paused) return "playing";
    return position === 0 && this.#told === "playing" && this.#lastSeconds > this.#durationSeconds - endSeconds ? "ended" : "held";
  }

  #look(): void {
    setTimeout(() => this.#look(), lookMs);
    if (this.#warming || this.#told === "loading" || this.#told === "ended") return;
    const askedMs = sharedNowMs();
    void this.#player?.getCurrentState().then((state) => {
      if (!state || state.position / 1000 === this.#lastSeconds) return;
      this.#lastSeconds = state.position / 1000;
      // It was read somewhere between asking and being told.
      this.events.onPlace(this.#lastSeconds, (askedMs + sharedNowMs()) / 2);
    });
  }

  #tell(state: PlayerState): void {
    if (this.#told === state) return;
    this.#told = state;
    this.events.onState(state, sharedNowMs());
    if (state === "ended") this.events.onPlace(this.#durationSeconds, sharedNowMs());
  }

  async #do(what: (player: SpotifyPlayer) => Promise<void>): Promise<void> {
    if (!this.#player) return;
    try {
      await what(this.#player);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#told = "loading";
    const trouble =
      error instanceof Trouble
        ? error
        : error instanceof SignInNeeded
          ? new Trouble(signInNeeded, error.message)
          : new Trouble(unavailable, said(error));
    if (trouble.code === signInNeeded) this.card.askToSignIn();
    else this.card.complain(trouble.message, trouble.code === blocked);
    // What could not connect is connected anew at the next try.
    if (trouble.code !== blocked && trouble.code !== notPlayable) this.#device = null;
    this.events.onFault(trouble.code, trouble.message);
  }
}

class Trouble extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

async function restriction(answer: Response): Promise<Trouble> {
  const reason = await answer.json().then(
    (body: { error?: { reason?: string } }) => body.error?.reason,
    () => undefined,
  );
  return reason === "PREMIUM_REQUIRED"
    ? new Trouble(subscriptionNeeded, "Spotify plays for Premium accounts only")
    : new Trouble(notPlayable, "Spotify does not let it be played here");
}
