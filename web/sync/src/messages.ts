/** The messages of docs/protocol.md as types. Times: `…Micros` is server time in µs unless the name says otherwise. */

export interface TrackSummary {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  /** Length in µs; exact once the item's media has `samples`. */
  readonly durationMicros: number;
  readonly coverUrl: string | null;
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
  readonly track: TrackSummary;
  readonly media: MediaInfo | null;
  readonly fault: Fault | null;
  /** What makes it as loud as the others while the room levels, dB; missing: 0. */
  readonly gainDb?: number;
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

export interface RoomState {
  readonly room: { readonly code: string; readonly name: string };
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
}

export type DeviceKind = "browser" | "app" | "speaker" | "control";

export interface Device {
  readonly id: string;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly connected: boolean;
  readonly joinedMicros: number;
  readonly report: DeviceReport | null;
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
  | { readonly type: "queueAdd"; readonly trackIds: readonly string[]; readonly at?: "end" | "next" | number }
  | { readonly type: "queueRemove"; readonly itemIds: readonly string[] }
  | { readonly type: "queueMove"; readonly itemId: string; readonly toIndex: number };

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

/** What a device sends, commands apart. */
export type ClientMessage =
  | {
      readonly type: "hello";
      readonly protocol: 1;
      readonly room: string;
      readonly device: { readonly id: string; readonly name: string; readonly kind: DeviceKind };
      readonly handover?: string;
    }
  | { readonly type: "probe"; readonly id: number; readonly t0: number }
  | { readonly type: "ready"; readonly itemId: string; readonly positionMicros: number }
  | ({ readonly type: "report" } & DeviceReport)
  | { readonly type: "fault"; readonly itemId: string; readonly code: number; readonly message: string }
  | { readonly type: "rename"; readonly name: string }
  | { readonly type: "resync" | "bye" }
  | (Command & { readonly id: number });
