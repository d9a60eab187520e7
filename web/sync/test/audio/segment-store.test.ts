import { beforeEach, describe, expect, it } from "vitest";
import { type Pcm, type SegmentAddress, SegmentStore } from "../../src/audio/segments.ts";
import type { MediaInfo } from "../../src/messages.ts";
import { settle } from "../world/settle.ts";

const media: MediaInfo = { key: "k", sampleRate: 48_000, segmentSamples: 4, samples: null };
const segment = (index: number): SegmentAddress => ({ media, index });
const range = (from: number, until: number) => Array.from({ length: until - from }, (_, i) => segment(from + i));

interface Request {
  readonly index: number;
  readonly signal: AbortSignal;
  succeed(): Promise<void>;
  fail(reason: string): Promise<void>;
}

let nowMs: number;
let requests: Request[];
let changes: string[];
let store: SegmentStore;

beforeEach(() => {
  nowMs = 0;
  requests = [];
  changes = [];
  store = new SegmentStore(
    {
      now: () => nowMs,
      fetch: (path, signal) =>
        new Promise((resolve, reject) => {
          const index = Number(path.replace("/media/k/flac/", ""));
          const end = (finish: () => void) => {
            requests = requests.filter((r) => r.signal !== signal);
            finish();
            return settle();
          };
          signal.addEventListener("abort", () => end(() => reject(new Error("aborted"))));
          requests.push({
            index,
            signal,
            succeed: () => end(() => resolve(new Uint8Array([index]).buffer)),
            fail: (reason) => end(() => reject(new Error(reason))),
          });
        }),
      decode: async (bytes): Promise<Pcm> => {
        const value = new Uint8Array(bytes)[0] as number;
        if (value === 99) throw new Error("not FLAC");
        return [new Float32Array(4).fill(value), new Float32Array(4).fill(-value)];
      },
    },
    (address, failure) => changes.push(`${address.index}: ${failure ?? "ready"}`),
  );
});

const underway = () => requests.map((r) => r.index);
const request = (index: number): Request => {
  const found = requests.find((r) => r.index === index);
  if (!found) throw new Error(`${index} is not being fetched`);
  return found;
};

describe("fetching", () => {
  it("takes the wanted ones in order, three at once", async () => {
    store.want(range(0, 6));
    expect(underway()).toEqual([0, 1, 2]);
    store.want(range(0, 6));
    expect(underway()).toEqual([0, 1, 2]);
    await request(1).succeed();
    store.want(range(0, 6));
    expect(underway()).toEqual([0, 2, 3]);
  });

  it("hands out what has come, and nothing before", async () => {
    store.want([segment(7)]);
    expect(store.get(segment(7))).toBeNull();
    await request(7).succeed();
    expect(store.get(segment(7))).toEqual([new Float32Array(4).fill(7), new Float32Array(4).fill(-7)]);
    expect(changes).toEqual(["7: ready"]);
  });

  it("does not fetch the same twice", async () => {
    store.want([segment(7)]);
    await request(7).succeed();
    store.want([segment(7)]);
    expect(underway()).toEqual([]);
  });

  it("drops what is not wanted any more, and fetches it anew when it is", async () => {
    store.want(range(0, 3));
    store.want(range(50, 53));
    await settle();
    store.want(range(50, 53));
    expect(underway()).toEqual([50, 51, 52]);
    store.want([segment(0)]);
    await settle();
    store.want([segment(0)]);
    expect(underway()).toEqual([0]);
    expect(changes).toEqual([]);
  });
});

describe("a segment that does not come", () => {
  /** Fails until given up; the waits between the tries, ms. */
  async function failUntilLost(index: number): Promise<number[]> {
    const waits: number[] = [];
    let lastMs = nowMs;
    while (store.get(segment(index)) !== "lost") {
      store.want([segment(index)]);
      if (underway().includes(index)) {
        waits.push(nowMs - lastMs);
        lastMs = nowMs;
        await request(index).fail("503");
      } else nowMs += 10;
    }
    return waits;
  }

  it("is tried four times, each wait twice the last, and then called lost", async () => {
    const waits = await failUntilLost(5);
    expect(waits).toEqual([0, 500, 1000, 2000]);
    expect(changes).toEqual(["5: 503"]);
  });

  it("one that cannot be decoded is the same", async () => {
    store.want([segment(99)]);
    await request(99).succeed();
    expect(store.get(segment(99))).toBeNull();
    nowMs += 500;
    store.want([segment(99)]);
    expect(underway()).toEqual([99]);
  });

  it("is had after all when a later try succeeds", async () => {
    store.want([segment(5)]);
    await request(5).fail("offline");
    nowMs += 600;
    store.want([segment(5)]);
    await request(5).succeed();
    expect(store.get(segment(5))).not.toBeNull();
    expect(changes).toEqual(["5: ready"]);
  });

  it("a lost one is asked for again after a while: the server may be back", async () => {
    await failUntilLost(5);
    nowMs += 4_000;
    store.want([segment(5)]);
    expect(underway()).toEqual([5]);
    expect(store.get(segment(5))).toBe("lost");
    await request(5).succeed();
    expect(store.get(segment(5))).toEqual([new Float32Array(4).fill(5), new Float32Array(4).fill(-5)]);
  });

  it("is complained of once, however often it fails", async () => {
    await failUntilLost(5);
    for (let i = 0; i < 5; i++) {
      nowMs += 60_000;
      store.want([segment(5)]);
      await request(5).fail("503");
    }
    expect(changes).toEqual(["5: 503"]);
  });

  it("does not keep the others from being fetched", async () => {
    store.want(range(0, 6));
    for (const i of [0, 1, 2]) await request(i).fail("503");
    store.want(range(0, 6));
    expect(underway()).toEqual([3, 4, 5]);
  });
});

describe("memory", () => {
  it("is bounded: the longest unused go first, the wanted ones stay", async () => {
    for (let i = 0; i < 40; i++) {
      nowMs += 1000;
      store.want([segment(i)]);
      await request(i).succeed();
      store.get(segment(0));
    }
    store.want([segment(3)]);
    const kept = range(0, 40).filter((a) => store.get(a) !== null);
    expect(kept.length).toBeLessThanOrEqual(24);
    expect(kept.map((a) => a.index)).toContain(0);
    expect(kept.map((a) => a.index)).toContain(39);
    expect(kept.map((a) => a.index)).not.toContain(5);
  });

  it("is not eaten by failures", async () => {
    for (let i = 0; i < 40; i++) {
      store.want([segment(i)]);
      await request(i).fail("404");
    }
    store.want([segment(50)]);
    await request(50).succeed();
    store.want([segment(51)]);
    expect(store.get(segment(50))).not.toBeNull();
  });

  it("clear lets go of everything", async () => {
    store.want(range(0, 2));
    await request(0).succeed();
    store.clear();
    await settle();
    expect(store.get(segment(0))).toBeNull();
    expect(underway()).toEqual([]);
  });
});
