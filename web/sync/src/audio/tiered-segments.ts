/** Segments of either tier under one roof: the engine asks for the exact ones and gets, sample for sample at their places, what the link can carry. */
import type { SegmentPorts } from "./segments.ts";
import { ownSamples, type TierSwitch } from "./tier.ts";

/** The sound of one segment, ms (docs/protocol.md §8: 96,000 samples). */
const SEGMENT_MS = 2000;
/** Where live sound is (docs/protocol.md §8a). */
const LIVE = "/media/live-";
/** How every Ogg stream begins (RFC 3533 §6). */
const OGG = [0x4f, 0x67, 0x67, 0x53];

export function tieredSegments(ports: SegmentPorts, tiers: TierSwitch): SegmentPorts {
  return {
    now: () => ports.now(),
    async fetch(path, signal) {
      const tier = tiers.tier;
      const startMs = ports.now();
      const bytes = await ports.fetch(tier === "opus" ? path.replace("/flac/", "/opus/") : path, signal);
      // A live segment may not have been there yet: how long it took says nothing of the link.
      if (!path.startsWith(LIVE)) tiers.took(tier, ports.now() - startMs, SEGMENT_MS);
      return bytes;
    },
    async decode(bytes) {
      const start = new Uint8Array(bytes, 0, Math.min(OGG.length, bytes.byteLength));
      if (!OGG.every((byte, i) => start[i] === byte)) return ports.decode(bytes);
      try {
        return ownSamples(await ports.decode(bytes));
      } catch (error) {
        // Not every browser knows Opus in Ogg; the next try brings the exact segment.
        tiers.giveUpThin();
        throw error;
      }
    },
  };
}
