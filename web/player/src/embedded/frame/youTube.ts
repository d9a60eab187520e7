/** YouTube's player, driven as ours. A track is got ready by playing it for a moment without a sound: only then is it fetched and its length known. */
import type { PlayerEvents, PlayerState } from "@tutti/sync";
import type { FramedPlayer, YouTubeConfig } from "../frameMessages.ts";
import { loadScript, sharedNowMs } from "./frameSide.ts";
import { type YouTubeApi, type YouTubePlayer, youTubeState } from "./youTubeApi.ts";

/** How often the place is asked for, ms; YouTube's own answer changes some four times a second, or is carried on in between. */
const playingLookMs = 25;
const heldLookMs = 200;
/** Longest that getting ready may take before it is left to the start itself. */
const warmUpMs = 5_000;
/** Longest wait for a start to be heard before the browser is taken to forbid it. */
const startMs = 6_000;
const notPlayable = 5209;
const unavailable = 5210;
const blocked = 5211;

/** What YouTube's error numbers mean (reference, onError); all else: the player itself. */
const troubles: Readonly<Record<number, readonly [code: number, message: string]>> = {
  2: [notPlayable, "YouTube knows no such video"],
  100: [notPlayable, "the video is gone or private"],
  101: [notPlayable, "its owner lets it be played on YouTube only, or not in this country"],
  150: [notPlayable, "its owner lets it be played on YouTube only, or not in this country"],
  153: [unavailable, "YouTube was not told where it is embedded"],
};

export async function openYouTube({ script, frames }: YouTubeConfig, place: HTMLElement, events: PlayerEvents): Promise<FramedPlayer> {
  const api = await loadApi(script);
  const box = document.createElement("div");
  place.append(box);
  return new Promise((resolve) => {
    let framed: FramedYouTube | null = null;
    const player = new api.Player(box, {
      host: frames,
      width: "100%",
      height: "100%",
      // Whoever wants to pause does so for the room; the player's own keys and buttons would pause this device only.
      playerVars: { autoplay: 0, controls: 0, disablekb: 1, fs: 0, playsinline: 1, rel: 0, origin: location.origin },
      events: {
        onReady: () => resolve((framed = new FramedYouTube(player, events))),
        onStateChange: ({ data }) => framed?.onState(data),
        onError: ({ data }) => framed?.onError(data),
        onAutoplayBlocked: () => framed?.onBlocked(),
      },
    });
  });
}

/** The script that is given out loads another one, which calls when it is there. */
function loadApi(script: string): Promise<YouTubeApi> {
  return new Promise((resolve, reject) => {
    window.onYouTubeIframeAPIReady = () => (window.YT ? resolve(window.YT) : reject(new Error("YouTube’s player is not what it was")));
    loadScript(script, "YouTube").catch(reject);
  });
}

class FramedYouTube implements FramedPlayer {
  readonly rates = [0.75, 1, 1.25];
  #warming: ReturnType<typeof setTimeout> | null = null;
  #starting: ReturnType<typeof setTimeout> | null = null;
  #startSeconds = 0;
  #videoId = "";
  #level = 1;
  #told = "";
  #lastPlace = Number.NaN;

  constructor(
    private readonly player: YouTubePlayer,
    private readonly events: PlayerEvents,
  ) {
    this.#look();
  }

  load(id: string, seconds: number): void {
    this.#end("starting");
    this.#videoId = id;
    this.#startSeconds = seconds;
    this.#tell("loading");
    this.player.mute();
    this.player.setPlaybackRate(1);
    this.player.loadVideoById({ videoId: id, startSeconds: seconds });
    this.#end("warming");
    this.#warming = setTimeout(() => this.#giveUpWarming(), warmUpMs);
  }

  play(fromSeconds: number | null): void {
    if (this.#warming !== null) this.#end("warming");
    this.#sound();
    if (fromSeconds !== null) this.player.seekTo(fromSeconds, true);
    this.player.playVideo();
    this.#end("starting");
    this.#starting = setTimeout(() => this.onBlocked(), startMs);
  }

  pause(): void {
    this.#end("starting");
    this.player.pauseVideo();
  }

  seek(seconds: number): void {
    this.player.seekTo(seconds, true);
  }

  setRate(rate: number): void {
    this.player.setPlaybackRate(rate);
  }

  setVolume(level: number): void {
    this.#level = level;
    this.player.setVolume(Math.round(level * 100));
    if (this.#warming === null) this.#sound();
  }

  onState(state: number): void {
    if (this.#warming !== null) {
      // Fetched and playing, unheard: that was what it was for.
      if (state === youTubeState.playing) this.player.pauseVideo();
      else if (state === youTubeState.paused) this.#isWarm();
      return;
    }
    if (state === youTubeState.playing) {
      this.#end("starting");
      this.#describe();
    }
    this.#tell(meaningOf(state));
  }

  onError(error: number): void {
    this.#end("warming");
    this.#end("starting");
    const [code, message] = troubles[error] ?? [unavailable, `YouTube’s player has failed (${error})`];
    this.events.onFault(code, message);
  }

  /** The browser wants a press before it lets the page sound. */
  onBlocked(): void {
    if (this.#warming !== null) return this.#giveUpWarming();
    if (this.#starting === null) return;
    this.#end("starting");
    this.events.onFault(blocked, "the browser wants a press on the picture first");
  }

  #isWarm(): void {
    this.#end("warming");
    if (!this.#describe()) return;
    this.player.seekTo(this.#startSeconds, true);
    this.#sound();
    this.#tell("held");
  }

  /** It could not be played unheard: it is got ready as far as can be. */
  #giveUpWarming(): void {
    this.#end("warming");
    this.player.cueVideoById({ videoId: this.#videoId, startSeconds: this.#startSeconds });
    this.#sound();
  }

  /** Says what the video is; false when it is not for us. */
  #describe(): boolean {
    const { title, author, isLive } = this.player.getVideoData?.() ?? {};
    if (isLive) {
      this.events.onFault(notPlayable, "a live stream of YouTube’s has no place that devices could share");
      this.player.pauseVideo();
      return false;
    }
    const durationMicros = Math.round(this.player.getDuration() * 1e6);
    if (durationMicros >= 1e6) this.events.onLoaded({ durationMicros, ...words("title", title), ...words("artist", author) });
    return true;
  }

  #sound(): void {
    if (this.#level > 0) this.player.unMute();
    else this.player.mute();
  }

  #tell(state: PlayerState): void {
    const name = `${this.#videoId} ${state}`;
    if (this.#told === name) return;
    this.#told = name;
    this.#lastPlace = Number.NaN;
    this.events.onState(state, sharedNowMs());
  }

  /** The place, each time that YouTube says another one. */
  #look(): void {
    const playing = this.player.getPlayerState() === youTubeState.playing;
    if (this.#warming === null) {
      const seconds = this.player.getCurrentTime();
      if (seconds !== this.#lastPlace) this.events.onPlace(seconds, sharedNowMs());
      this.#lastPlace = seconds;
    }
    setTimeout(() => this.#look(), playing ? playingLookMs : heldLookMs);
  }

  #end(what: "warming" | "starting"): void {
    if (what === "warming") {
      if (this.#warming !== null) clearTimeout(this.#warming);
      this.#warming = null;
    } else {
      if (this.#starting !== null) clearTimeout(this.#starting);
      this.#starting = null;
    }
  }
}

function meaningOf(state: number): PlayerState {
  switch (state) {
    case youTubeState.playing:
      return "playing";
    case youTubeState.paused:
    case youTubeState.cued:
      return "held";
    case youTubeState.ended:
      return "ended";
    default:
      return "waiting";
  }
}

/** Only what the server takes: something, and not too much of it. */
function words<Name extends string>(name: Name, text: string | undefined): { readonly [key in Name]?: string } {
  const clean = text
    ?.replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, 200);
  return clean ? ({ [name]: clean } as { [key in Name]: string }) : {};
}
