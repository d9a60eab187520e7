/** The part of YouTube's IFrame Player API that is used (developers.google.com/youtube/iframe_api_reference). Places in s. */

export const youTubeState = { unstarted: -1, ended: 0, playing: 1, paused: 2, buffering: 3, cued: 5 } as const;

export interface YouTubePlayer {
  loadVideoById(video: { readonly videoId: string; readonly startSeconds: number }): void;
  cueVideoById(video: { readonly videoId: string; readonly startSeconds: number }): void;
  playVideo(): void;
  pauseVideo(): void;
  seekTo(seconds: number, allowSeekAhead: boolean): void;
  setPlaybackRate(rate: number): void;
  getAvailablePlaybackRates(): readonly number[];
  setVolume(percent: number): void;
  mute(): void;
  unMute(): void;
  getPlayerState(): number;
  getCurrentTime(): number;
  getDuration(): number;
  /** Not in the reference, but there since ever; may be missing. */
  getVideoData?(): { readonly title?: string; readonly author?: string; readonly isLive?: boolean } | undefined;
}

interface PlayerOptions {
  readonly host: string;
  readonly width: string;
  readonly height: string;
  readonly playerVars: Readonly<Record<string, string | number>>;
  readonly events: {
    onReady(): void;
    onStateChange(event: { readonly data: number }): void;
    onError(event: { readonly data: number }): void;
    onAutoplayBlocked(): void;
  };
}

export interface YouTubeApi {
  readonly Player: new (place: HTMLElement, options: PlayerOptions) => YouTubePlayer;
}

declare global {
  interface Window {
    YT?: YouTubeApi;
    onYouTubeIframeAPIReady?: () => void;
  }
}
