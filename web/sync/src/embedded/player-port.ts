/**
 * A service's own player on this device, as the rest of us drives it. Places are the service's own, in s from its beginning; device times
 * (performance.now() of this page) in ms.
 */
import type { EmbeddedService, LoadedFacts } from "../messages.ts";

/**
 * `loading`: asked for a track, not there yet. `held`: has it and stands still. `waiting`: should play but does not: it fetches, or shows
 * something else first.
 */
export type PlayerState = "loading" | "held" | "playing" | "waiting" | "ended";

export interface PlayerEvents {
  onState(state: PlayerState, atMs: number): void;
  /** A fresh reading of the place. A reading may be older than it says, never newer. */
  onPlace(seconds: number, atMs: number): void;
  onLoaded(facts: LoadedFacts): void;
  /** The track, or all of it, cannot be played here; by number (docs/protocol.md §9). */
  onFault(code: number, message: string): void;
}

export interface EmbeddedPlayer {
  /** Rates that it can play at. */
  readonly rates: readonly number[];
  /** Gets a track ready from a place, without a sound. */
  load(id: string, seconds: number): void;
  /** @param fromSeconds null: where it stands */
  play(fromSeconds: number | null): void;
  pause(): void;
  seek(seconds: number): void;
  setRate(rate: number): void;
  /** Amplitude, 0 to 1. */
  setVolume(level: number): void;
  /** Whether people see it: only while it has something to play. */
  show(shown: boolean): void;
  close(): void;
}

/** Opens a service's player. Rejects when there can be none here, with words for people. */
export type OpenPlayer = (service: EmbeddedService, events: PlayerEvents) => Promise<EmbeddedPlayer>;

/** What a device tells the room of embedded tracks. */
export interface DeckNews {
  ready(itemId: string, positionMicros: number): void;
  loaded(itemId: string, facts: LoadedFacts): void;
  fault(itemId: string, code: number, message: string): void;
}

/** One look at the world. */
export interface DeckMoment {
  /** Device time. */
  readonly nowMs: number;
  /** Server time that this device's sound should be at; null while unknown. */
  readonly nowMicros: number | null;
  /** Amplitude, 0 to 1. */
  readonly level: number;
}

export interface DeckView {
  /** The service whose player the timeline is in. */
  readonly service: EmbeddedService;
  readonly sounding: boolean;
  /** What the player says minus what the timeline says, ms; null while it cannot be told. */
  readonly syncErrorMs: number | null;
}
