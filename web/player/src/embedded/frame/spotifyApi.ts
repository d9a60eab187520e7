/** The part of Spotify's Web Playback SDK that is used (developer.spotify.com/documentation/web-playback-sdk/reference). Places in ms. */

export interface SpotifyState {
  readonly paused: boolean;
  readonly loading?: boolean;
  readonly position: number;
  readonly duration: number;
  readonly track_window: { readonly current_track: SpotifyTrack | null };
}

export interface SpotifyTrack {
  readonly id: string | null;
  readonly name: string;
  readonly artists: readonly { readonly name: string }[];
  /** The track that was asked for, where this one stands in for it. */
  readonly linked_from?: { readonly id: string | null };
}

type Trouble = "initialization_error" | "authentication_error" | "account_error" | "playback_error";

export interface SpotifyPlayer {
  connect(): Promise<boolean>;
  disconnect(): void;
  addListener(event: "ready" | "not_ready", listener: (device: { readonly device_id: string }) => void): void;
  addListener(event: "player_state_changed", listener: (state: SpotifyState | null) => void): void;
  addListener(event: "autoplay_failed", listener: () => void): void;
  addListener(event: Trouble, listener: (error: { readonly message: string }) => void): void;
  getCurrentState(): Promise<SpotifyState | null>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  seek(positionMs: number): Promise<void>;
  setVolume(level: number): Promise<void>;
  activateElement(): Promise<void>;
}

declare global {
  interface Window {
    Spotify?: {
      readonly Player: new (options: {
        readonly name: string;
        readonly volume: number;
        getOAuthToken(give: (token: string) => void): void;
      }) => SpotifyPlayer;
    };
    onSpotifyWebPlaybackSDKReady?: () => void;
  }
}
