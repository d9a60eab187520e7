/** The messages of docs/protocol.md as types. Times: `…Micros` is server time in µs unless the name says otherwise. */

/** A service whose tracks each device plays in that service's own player. */
export type EmbeddedService = "youtube" | "spotify";

export interface EmbeddedRef {
  readonly service: EmbeddedService;
  readonly id: string;
  /** The service's place at which the track begins, µs; missing: 0. */
  readonly startMicros?: number;
}

export interface TrackSummary {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  /** Length in µs; exact once the item's media has `samples`. */
  readonly durationMicros: number;
  readonly coverUrl: string | null;
  /** Has no length, and its place is the server time itself: internet radio. */
  readonly live?: boolean;
  /** Where a service has it, whose own player plays it on each device. */
  readonly embedded?: EmbeddedRef;
}

/** Where an item's sound is: FLAC segments under /media/{key}/flac/{n}. */
export interface MediaInfo {
  readonly key: string;
  readonly sampleRate: number;
  readonly segmentSamples: number;
  /** Length in samples; null until the track has been decoded to its end once. */
  readonly samples: number | null;
}

export interface Fault {
  readonly code: number;
  readonly name: string;
  readonly message: string;
}

export interface QueueItem {
  readonly id: string;
  readonly addedBy: string;
  /** The member who added it; null where there are no members. */
  readonly addedById: string | null;
  readonly track: TrackSummary;
  readonly media: MediaInfo | null;
  readonly fault: Fault | null;
  /** What a station says it plays. */
  readonly streamTitle?: string;
  /** What makes it as loud as the others while the room levels, dB; missing: 0. */
  readonly gainDb?: number;
  /** How long before the end of the item before it this one begins, µs; missing: 0. */
  readonly overlapMicros?: number;
}

/** The timing vector: from `atMicros` on, `itemId` is at `positionMicros` and moves with `rate`. */
export interface Timeline {
  readonly itemId: string | null;
  readonly positionMicros: number;
  readonly rate: 0 | 1;
  readonly atMicros: number;
}

export interface Pending {
  readonly itemId: string;
  readonly positionMicros: number;
  readonly rate: 0 | 1;
  readonly sinceMicros: number;
  readonly deadlineMicros: number;
}

export type Status = "stopped" | "preparing" | "playing" | "paused";

export type Role = "listener" | "dj" | "host";

export type Right = "play" | "seek" | "skip" | "volume" | "add" | "reorder" | "remove" | "invite" | "kick";

/** How a room with members is held (docs/protocol.md §4a). */
export interface RoomRules {
  readonly kind: "shared" | "personal";
  readonly public: boolean;
  readonly locked: boolean;
  readonly password: boolean;
  /** For each right the least role that has it. */
  readonly rights: Readonly<Record<Right, Role>>;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly guest: boolean;
  readonly role: Role;
  readonly sinceMicros: number;
}

/** What goes out beneath the current item, from the timeline's own instant on (docs/protocol.md §4b). */
export interface Outgoing {
  readonly itemId: string;
  readonly positionMicros: number;
  readonly fadeMicros: number;
}

export interface RoomState {
  /** Without rules everybody may do everything. */
  readonly room: { readonly code: string; readonly name: string; readonly rules: RoomRules | null };
  readonly members: readonly Member[];
  /** The member who is host now, standing in for an absent one included. */
  readonly host: string | null;
  readonly epoch: string;
  readonly version: number;
  readonly status: Status;
  readonly timeline: Timeline;
  readonly pending: Pending | null;
  /** 0 to 100. */
  readonly volume: number;
  readonly leader: string | null;
  readonly queue: readonly QueueItem[];
  /** Whether each item's `gainDb` is applied; missing: true. */
  readonly levelling?: boolean;
  /** For how long tracks that follow each other are heard together, s; missing: 0. */
  readonly crossfadeSeconds?: number;
  readonly outgoing?: Outgoing | null;
}

export type OutputState = "off" | "starting" | "on";

/** What a device says of itself, every `reportIntervalMs`. */
export interface DeviceReport {
  readonly output: OutputState;
  /** What sounds minus what the timeline says, ms; + = ahead. */
  readonly syncErrorMs: number | null;
  readonly bufferMs: number;
  readonly rttMs: number;
  readonly rttJitterMs: number;
  readonly offsetMicros: number;
  readonly offsetErrorMicros: number;
  readonly outputLatencyMs: number | null;
  readonly ratePpm: number;
  readonly dropouts: number;
  /** The service whose own player sounds: the sync error is what that player says of itself. */
  readonly embedded?: EmbeddedService;
}

export type DeviceKind = "browser" | "app" | "speaker" | "control";

/** From `atMicros` on the device sounds, or is silent; before, what was said earlier holds. */
export interface SoundSwitch {
  readonly on: boolean;
  readonly atMicros: number;
}

/** What a device keeps in every room. */
export interface DeviceSettings {
  readonly name: string;
  /** Name of a picture; null: that of its kind. */
  readonly icon: string | null;
  /** The device's own, 0 to 100, on top of the room's. */
  readonly volume: number;
  readonly muted: boolean;
  /** How much later its sound comes out than its clock says, ms. */
  readonly trimMs: number;
}

export interface Device extends DeviceSettings {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly connected: boolean;
  readonly joinedMicros: number;
  readonly report: DeviceReport | null;
  readonly sound: SoundSwitch;
  /** Whose it is; null: of nobody in particular. */
  readonly memberId: string | null;
}

export interface Settings {
  readonly probeIntervalMs: number;
  readonly reportIntervalMs: number;
  readonly bufferSeconds: number;
  readonly driftToleranceMs: number;
  readonly spliceThresholdMs: number;
  readonly recueThresholdMs: number;
}

export type Command =
  | {
      readonly type: "play";
      readonly trackId?: string;
      readonly trackIds?: readonly string[];
      readonly startIndex?: number;
      readonly positionMicros?: number;
    }
  | { readonly type: "pause" | "resume" | "stop" | "next" | "previous" | "queueClear" }
  | { readonly type: "seek"; readonly positionMicros: number }
  | { readonly type: "changeTrack"; readonly itemId?: string; readonly trackId?: string }
  | { readonly type: "volume"; readonly volume: number }
  | { readonly type: "levelling"; readonly on: boolean }
  | { readonly type: "crossfade"; readonly seconds: number }
  | { readonly type: "queueAdd"; readonly trackIds: readonly string[]; readonly at?: "end" | "next" | number }
  | { readonly type: "queueRemove"; readonly itemIds: readonly string[] }
  | { readonly type: "queueMove"; readonly itemId: string; readonly toIndex: number }
  | ({ readonly type: "deviceSet"; readonly deviceId?: string } & DeviceChange)
  | { readonly type: "everywhere" }
  | { readonly type: "onlyHere"; readonly deviceId?: string }
  | { readonly type: "handOver"; readonly to: string; readonly from?: string };

/** What is to change of a device; what is left out stays. */
export interface DeviceChange {
  readonly name?: string;
  /** Empty: that of its kind. */
  readonly icon?: string;
  readonly volume?: number;
  readonly muted?: boolean;
  readonly trimMs?: number;
  /** Whether it follows without sound in this room. */
  readonly silent?: boolean;
}

export type ServerMessage =
  | {
      readonly type: "snapshot";
      readonly deviceId: string;
      readonly serverMicros: number;
      readonly settings: Settings;
      readonly state: RoomState;
      readonly seal: string;
      readonly devices: readonly Device[];
    }
  | { readonly type: "state"; readonly seal: string; readonly state: RoomState }
  | { readonly type: "devices"; readonly devices: readonly Device[] }
  | { readonly type: "deviceJoined"; readonly device: Device }
  | { readonly type: "deviceLeft"; readonly deviceId: string }
  | { readonly type: "probeReply"; readonly id: number; readonly t0: number; readonly t1: number; readonly t2: number }
  | { readonly type: "ack"; readonly id: number; readonly version: number }
  | { readonly type: "refused"; readonly id: number; readonly error: Fault }
  | {
      readonly type: "notice";
      readonly level: "info" | "warning" | "error";
      readonly code: number;
      readonly name: string;
      readonly message: string;
      readonly atMicros: number;
    }
  | { readonly type: "error"; readonly code: number; readonly name: string; readonly message: string; readonly id?: number };

/** What a service's player says of a track that it has loaded. */
export interface LoadedFacts {
  /** The whole length that the service has, µs. */
  readonly durationMicros: number;
  readonly title?: string;
  readonly artist?: string;
}

/** How a device names itself, and what it remembers of its settings. */
export interface DeviceIdentity {
  readonly id: string;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly icon?: string;
  readonly volume?: number;
  readonly muted?: boolean;
  readonly trimMs?: number;
}

/** What a device sends, commands apart. */
export type ClientMessage =
  | {
      readonly type: "hello";
      readonly protocol: 1;
      readonly room: string;
      readonly device: DeviceIdentity;
      readonly handover?: string;
    }
  | { readonly type: "probe"; readonly id: number; readonly t0: number }
  | { readonly type: "ready"; readonly itemId: string; readonly positionMicros: number }
  | ({ readonly type: "report" } & DeviceReport)
  | ({ readonly type: "loaded"; readonly itemId: string } & LoadedFacts)
  | { readonly type: "fault"; readonly itemId: string; readonly code: number; readonly message: string }
  | { readonly type: "rename"; readonly name: string }
  | { readonly type: "resync" | "bye" }
  | (Command & { readonly id: number });
