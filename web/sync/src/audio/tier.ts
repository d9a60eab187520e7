/**
 * Which copy of the segments a device takes: the exact one, or the thin one for weak links (docs/protocol.md §8). Pure.
 */
import type { Pcm } from "./segments.ts";

export type Tier = "flac" | "opus";

/** What the listener wants: by hand one of the two, or as the link allows. */
export type TierChoice = "auto" | Tier;

const LEAD = 3840;
const TAIL = 960;

/** A link that needs more than this share of a segment's time to fetch it is thin; it is not any more below half of it, reckoned for FLAC. */
const THIN_SHARE = 0.5;
/** A thin segment has about this share of the other's bytes. */
const THIN_SIZE = 1 / 6;
/** Segments that the judgement looks back on. */
const MEMORY = 4;

/** The segment's own samples out of what a thin one was decoded to. */
export function ownSamples([left, right]: Pcm): Pcm {
  const decoded = left.length;
  const length = decoded >= 2 * LEAD + TAIL ? decoded - LEAD - TAIL : Math.floor(decoded >= 3 * TAIL ? (decoded - TAIL) / 2 : decoded / 3);
  const lead = Math.min(LEAD, length);
  return [left.subarray(lead, lead + length), right.subarray(lead, lead + length)];
}

/** Chooses segment by segment. */
export class TierSwitch {
  private shares: number[] = [];
  private thin = false;
  private broken = false;
  choice: TierChoice = "auto";

  get tier(): Tier {
    if (this.broken || this.choice === "flac") return "flac";
    return this.choice === "opus" || this.thin ? "opus" : "flac";
  }

  /** A segment of so much sound came in so much time, both ms. */
  took(tier: Tier, fetchMs: number, soundMs: number): void {
    this.shares.push((fetchMs / soundMs) * (tier === "opus" ? 1 / THIN_SIZE : 1));
    if (this.shares.length > MEMORY) this.shares.shift();
    // The second slowest: one hiccup is no weak link.
    const typical = [...this.shares].sort((a, b) => b - a)[1] ?? 0;
    this.thin = this.thin ? typical > THIN_SHARE / 2 : typical > THIN_SHARE;
  }

  /** This browser cannot decode thin segments. */
  giveUpThin(): void {
    this.broken = true;
  }
}
