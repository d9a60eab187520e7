/** Room states for tests: short to write, complete to read. */
import type { EmbeddedRef, Fault, MediaInfo, QueueItem, RoomState, Timeline } from "../../src/messages.ts";

export const SEGMENT_SAMPLES = 96_000;

export interface ItemShape {
  readonly id: string;
  readonly samples: number;
  /** Length known so far: exact (default), only estimated, or media not asked for yet. */
  readonly media?: "exact" | "estimated" | "none";
  readonly faulty?: boolean;
  readonly live?: boolean;
  readonly overlapMicros?: number;
  readonly embedded?: EmbeddedRef;
}

const fault: Fault = { code: 5002, name: "trackUnreadable", message: "cannot be read" };

export function item({ id, samples, media = "exact", faulty = false, live = false, overlapMicros = 0, embedded }: ItemShape): QueueItem {
  const info: MediaInfo = {
    key: `key-${id}`,
    sampleRate: 48_000,
    segmentSamples: SEGMENT_SAMPLES,
    samples: media === "exact" && !live ? samples : null,
  };
  return {
    id,
    addedBy: "test",
    addedById: null,
    track: {
      id: `track-${id}`,
      title: id,
      artist: "",
      album: "",
      durationMicros: live ? 9e15 : Math.round(samples / 0.048),
      coverUrl: null,
      ...(live && { live }),
      ...(embedded && { embedded }),
    },
    media: media === "none" ? null : info,
    fault: faulty ? fault : null,
    overlapMicros,
  };
}

export function playing(itemId: string, positionMicros: number, atMicros: number): Timeline {
  return { itemId, positionMicros, rate: 1, atMicros };
}

export function held(itemId: string | null, positionMicros: number, atMicros: number): Timeline {
  return { itemId, positionMicros, rate: 0, atMicros };
}

export function room(timeline: Timeline, queue: readonly QueueItem[], version = 1, epoch = "e1"): RoomState {
  const status = timeline.rate === 1 ? "playing" : "paused";
  return {
    room: { code: "HOME", name: "Home", rules: null },
    members: [],
    host: null,
    epoch,
    version,
    status,
    timeline,
    pending: null,
    volume: 100,
    leader: null,
    queue,
  };
}
