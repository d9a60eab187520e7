import { describe, expect, it } from "vitest";
import type { Pcm, SegmentPorts } from "../../src/audio/segments.ts";
import { ownSamples, TierSwitch } from "../../src/audio/tier.ts";
import { tieredSegments } from "../../src/audio/tiered-segments.ts";

/** What the server makes of a segment: its first samples backwards, itself, its last samples backwards. */
function padded(own: readonly number[]): Pcm {
  const lead = own.slice(0, 3840).reverse();
  const tail = own.slice(-960).reverse();
  const all = new Float32Array([...lead, ...own, ...tail]);
  return [all, all];
}

describe("a thin segment's own samples", () => {
  it.each([96_000, 48_000, 3841, 3840, 3839, 961, 960, 959, 2, 1])("are found for a length of %i", (length) => {
    const own = Array.from({ length }, (_, i) => i + 1);
    expect([...ownSamples(padded(own))[0]]).toEqual(own);
  });
});

describe("the choice of a tier", () => {
  const soMany = (tiers: TierSwitch, times: number, ms: number) => {
    for (let i = 0; i < times; i++) tiers.took(tiers.tier, ms, 2000);
  };

  it("is the exact one while the link carries it", () => {
    const tiers = new TierSwitch();
    soMany(tiers, 10, 300);
    expect(tiers.tier).toBe("flac");
  });

  it("is not changed by one hiccup", () => {
    const tiers = new TierSwitch();
    soMany(tiers, 3, 100);
    soMany(tiers, 1, 5000);
    expect(tiers.tier).toBe("flac");
  });

  it("becomes the thin one when the link is weak, and the exact one again when it is not", () => {
    const tiers = new TierSwitch();
    soMany(tiers, 2, 1500);
    expect(tiers.tier).toBe("opus");
    soMany(tiers, 8, 200);
    expect(tiers.tier).toBe("opus");
    soMany(tiers, 4, 20);
    expect(tiers.tier).toBe("flac");
  });

  it("can be made by hand", () => {
    const tiers = new TierSwitch();
    tiers.choice = "opus";
    expect(tiers.tier).toBe("opus");
    tiers.choice = "flac";
    soMany(tiers, 4, 3000);
    expect(tiers.tier).toBe("flac");
  });
});

describe("segments of two tiers", () => {
  const ogg = new Uint8Array([0x4f, 0x67, 0x67, 0x53, 0]).buffer;
  const flac = new Uint8Array([0x66, 0x4c, 0x61, 0x43]).buffer;
  const asked: string[] = [];
  const ports = (decode: SegmentPorts["decode"]): SegmentPorts => ({
    now: () => 0,
    fetch: (path) => Promise.resolve(void asked.push(path)).then(() => flac),
    decode,
  });

  it("are asked for at the tier's address and cut to their own samples", async () => {
    const tiers = new TierSwitch();
    tiers.choice = "opus";
    const segments = tieredSegments(
      ports(() => Promise.resolve(padded([1, 2, 3]))),
      tiers,
    );
    await segments.fetch("/media/k-3/flac/7", new AbortController().signal);
    expect(asked).toEqual(["/media/k-3/opus/7"]);
    expect([...(await segments.decode(ogg))[0]]).toEqual([1, 2, 3]);
    expect((await segments.decode(flac))[0]).toHaveLength(9);
  });

  it("say nothing of the link while they are live", async () => {
    const tiers = new TierSwitch();
    let now = 0;
    const slow = () => {
      now += 5_000;
      return now;
    };
    const segments = tieredSegments({ ...ports(() => Promise.reject(new Error("not asked"))), now: slow }, tiers);
    for (let i = 0; i < 10; i++) await segments.fetch(`/media/live-93-1a2b3c4d/flac/${i}`, new AbortController().signal);
    expect(tiers.tier).toBe("flac");
    for (let i = 0; i < 10; i++) await segments.fetch(`/media/k-3/flac/${i}`, new AbortController().signal);
    expect(tiers.tier).toBe("opus");
  });

  it("are the exact ones for good where the thin ones cannot be decoded", async () => {
    const tiers = new TierSwitch();
    tiers.choice = "opus";
    const segments = tieredSegments(
      ports(() => Promise.reject(new Error("no Opus here"))),
      tiers,
    );
    await expect(segments.decode(ogg)).rejects.toThrow("no Opus here");
    expect(tiers.tier).toBe("flac");
  });
});
