/** Serves segments of telling sound after a while, as the network does; fails or stalls on command. */
import type { Pcm, SegmentPorts } from "../../src/audio/segments.ts";
import { SEGMENT_SAMPLES, tellingSegment } from "./track.ts";
import type { VirtualTime } from "./virtual-time.ts";

export interface SegmentTrack {
  readonly key: string;
  readonly samples: number;
  /** Place told by the first sample: lets one track go on where another ended. */
  readonly firstPlace?: number;
  /** Device time at which a segment is there at the earliest, ms: of what is live, the future is not. */
  readonly thereMs?: (index: number) => number;
}

const segmentPath = /^\/media\/(.+)\/flac\/(\d+)$/;

export class SegmentServer implements SegmentPorts {
  latencyMs = 30;
  /** False: the server cannot be reached. */
  reachable = true;
  readonly served: string[] = [];
  private readonly tracks = new Map<string, SegmentTrack>();

  constructor(
    private readonly time: VirtualTime,
    tracks: readonly SegmentTrack[],
  ) {
    for (const track of tracks) this.tracks.set(track.key, track);
  }

  now(): number {
    return this.time.nowMs();
  }

  fetch(path: string, signal: AbortSignal): Promise<ArrayBuffer> {
    return new Promise((resolve, reject) => {
      const [, key, index] = segmentPath.exec(path) ?? [];
      const waitMs = (this.tracks.get(key ?? "")?.thereMs?.(Number(index)) ?? 0) - this.time.nowMs();
      const cancel = this.time.page.after(this.latencyMs + Math.max(0, waitMs), () => {
        if (!this.reachable) return reject(new Error("unreachable"));
        this.served.push(path);
        resolve(new TextEncoder().encode(path).buffer);
      });
      signal.addEventListener("abort", () => {
        cancel();
        reject(new Error("aborted"));
      });
    });
  }

  async decode(bytes: ArrayBuffer): Promise<Pcm> {
    const [, key, index] = segmentPath.exec(new TextDecoder().decode(bytes)) ?? [];
    const track = this.tracks.get(key ?? "");
    const first = Number(index) * SEGMENT_SAMPLES;
    if (!track || first >= track.samples) throw new Error("404");
    return tellingSegment((track.firstPlace ?? 0) + first, Math.min(SEGMENT_SAMPLES, track.samples - first));
  }
}
