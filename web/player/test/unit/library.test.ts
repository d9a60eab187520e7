import { describe, expect, it, vi } from "vitest";
import { type Page, Pages, pageSize } from "../../src/library/pages.ts";
import { debounced } from "../../src/look/debounced.ts";
import { columnsIn, rowWindow } from "../../src/look/rowWindow.ts";
import { ApiError, createRoom, fetchTracks } from "../../src/server/api.ts";
import { contentsMark, isScanning, type ScanProgress, scanText } from "../../src/server/scan.ts";

interface Asked {
  readonly offset: number;
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
  answer(total: number, name?: string): Promise<void>;
  fail(): Promise<void>;
}

function longList() {
  const asked: Asked[] = [];
  const changed = vi.fn();
  const pages = new Pages<string>((offset, limit, signal) => {
    const { promise, resolve, reject } = withResolvers<Page<string>>();
    const settled = () => promise.then(noop, noop).then(noop);
    asked.push({
      offset,
      limit,
      signal,
      answer: (total, name = "") => {
        const count = Math.max(0, Math.min(limit, total - offset));
        resolve({ total, items: Array.from({ length: count }, (_, i) => `${name}${offset + i}`) });
        return settled();
      },
      fail: () => {
        reject(new Error("down"));
        return settled();
      },
    });
    return promise;
  }, changed);
  return { asked, changed, pages, at: (i: number) => asked[i] as Asked };
}

const noop = () => {};

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

describe("pages of a list", () => {
  it("knows nothing until the first page, then the total and its rows", async () => {
    const { pages, at, changed } = longList();
    pages.restart();
    expect(pages.total).toBeNull();
    await at(0).answer(12_000);
    expect(pages.total).toBe(12_000);
    expect(pages.item(99)).toBe("99");
    expect(pages.item(100)).toBeUndefined();
    expect(changed).toHaveBeenCalledOnce();
  });

  it("fetches a page once when its rows come into view", async () => {
    const { pages, at, asked } = longList();
    pages.restart();
    await at(0).answer(12_000);
    pages.show(5_050, 5_075);
    pages.show(5_055, 5_080);
    expect(asked.map((ask) => ask.offset)).toEqual([0, 5_000]);
    await at(1).answer(12_000);
    expect(pages.item(5_060)).toBe("5060");
  });

  it("fetches both pages at a seam and none past the end", async () => {
    const { pages, at, asked } = longList();
    pages.restart();
    await at(0).answer(250);
    pages.show(90, 900);
    expect(asked.map((ask) => ask.offset)).toEqual([0, 100, 200]);
  });

  it("asks for what is in view now, not for all that was passed on the way", async () => {
    const { pages, at, asked } = longList();
    pages.restart();
    await at(0).answer(100_000);
    for (let row = 1_000; row <= 90_000; row += 1_000) pages.show(row, row + 20);
    expect(asked.map((ask) => ask.offset)).toEqual([0, 1_000, 2_000]);
    await at(1).answer(100_000);
    await at(2).answer(100_000);
    expect(asked.slice(3).map((ask) => ask.offset)).toEqual([90_000]);
  });

  it("keeps what is shown until it is answered afresh, and throws late answers away", async () => {
    const { pages, at } = longList();
    pages.restart();
    await at(0).answer(300);
    pages.restart();
    pages.restart();
    expect(at(1).signal?.aborted).toBe(true);
    await at(1).answer(7);
    expect(pages.total).toBe(300);
    expect(pages.version).toBe(1);
    await at(2).answer(2, "new ");
    expect(pages.version).toBe(2);
    expect(pages.total).toBe(2);
    expect(pages.item(0)).toBe("new 0");
  });

  it("shows a failure and recovers when asked again", async () => {
    const { pages, at } = longList();
    pages.restart();
    await at(0).fail();
    expect(pages.error?.message).toBe("down");
    pages.restart();
    await at(1).answer(1);
    expect(pages.error).toBeNull();
    expect(pages.total).toBe(1);
  });

  it("drops the pages longest unused", async () => {
    const { pages, at } = longList();
    pages.restart();
    await at(0).answer(12_000);
    for (let page = 1; page <= 30; page++) {
      pages.show(page * pageSize, page * pageSize + 1);
      await at(page).answer(12_000);
    }
    expect(pages.item(0)).toBeUndefined();
    expect(pages.item(30 * pageSize)).toBeDefined();
  });

  it("gives a range that was never in view, a thousand at a time, and asks for nothing that it has", async () => {
    const { pages, at, asked } = longList();
    pages.restart();
    await at(0).answer(1_500);
    const taken = pages.take(98, 1_300);
    await at(1).answer(1_500);
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    await at(2).answer(1_500);
    expect(asked.slice(1).map((ask) => [ask.offset, ask.limit])).toEqual([
      [100, 1_000],
      [1_100, 200],
    ]);
    expect(await taken).toEqual(Array.from({ length: 1_202 }, (_, i) => `${98 + i}`));
  });
});

describe("row window", () => {
  it.each([
    [0, 600, { first: 0, end: 16 }],
    [6_000, 600, { first: 94, end: 116 }],
    [719_400, 600, { first: 11_984, end: 12_000 }],
    [-80, 600, { first: 0, end: 16 }],
    [0, 0, { first: 0, end: 6 }],
  ])("scrolled to %d px", (top, view, window) => expect(rowWindow(top, view, 60, 12_000)).toEqual(window));
});

describe("columns", () => {
  it.each([
    [490, 3],
    [360, 2],
    [120, 2],
    [1_300, 10],
  ])("%d px hold %d", (width, columns) => expect(columnsIn(width, 128)).toBe(columns));
});

describe("debounced", () => {
  it("calls once, with the last", () => {
    vi.useFakeTimers();
    const call = vi.fn();
    const soon = debounced(100, call);
    soon("a");
    soon("ab");
    vi.advanceTimersByTime(100);
    soon("abc");
    soon.cancel();
    vi.advanceTimersByTime(1000);
    expect(call.mock.calls).toEqual([["ab"]]);
    vi.useRealTimers();
  });
});

describe("REST calls", () => {
  const answering = (status: number, body: string) =>
    vi.fn((_url: string, _init?: RequestInit) => Promise.resolve(new Response(body, { status })));

  it("asks for a page of a search", async () => {
    const fetcher = answering(200, '{"tracks":[],"total":0}');
    await fetchTracks("a & b", 100, 50, undefined, fetcher);
    expect(fetcher.mock.calls[0]?.[0]).toBe("/api/tracks?limit=50&offset=100&q=a+%26+b");
  });

  it("gives the server's numbered refusal", async () => {
    const refused = createRoom(answering(429, '{"title":"Too many","detail":"There are too many rooms.","code":2003}'));
    await expect(refused).rejects.toEqual(new ApiError(429, 2003, "There are too many rooms."));
  });

  it("says it plainly when the answer is no JSON or there is none", async () => {
    await expect(createRoom(answering(502, "<html>"))).rejects.toMatchObject({ status: 502, message: "The server answered 502." });
    await expect(createRoom(() => Promise.reject(new TypeError("failed")))).rejects.toMatchObject({
      status: 0,
      message: "The server cannot be reached.",
    });
  });
});

describe("scan", () => {
  const at = (part: Partial<ScanProgress>): ScanProgress => ({
    running: part.phase !== undefined,
    phase: "idle",
    phaseNumber: 0,
    phases: 5,
    phaseDone: 0,
    phaseTotal: 0,
    missing: 0,
    found: 0,
    done: 0,
    read: 0,
    skipped: 0,
    problem: null,
    changes: 3,
    ...part,
  });

  it.each([
    [at({}), false, ""],
    [at({ phase: "makingDemo" }), true, "Making a few demo pieces…"],
    [at({ phase: "finding", phaseNumber: 1 }), true, "1/5 Looking through the music folder…"],
    [at({ phase: "finding", phaseNumber: 1, found: 1234 }), true, "1/5 Looking through the music folder: 1,234 found"],
    [at({ phase: "reading", phaseNumber: 2, found: 3418, done: 1207 }), true, "2/5 Reading the music folder: 1,207 of 3,418"],
    [at({ phase: "grouping", phaseNumber: 3, phaseDone: 200, phaseTotal: 1_250 }), true, "3/5 Putting albums together: 200 of 1,250"],
  ])("says what is being done", (scan, running, text) => expect([isScanning(scan), scanText(scan)]).toEqual([running, text]));

  it("takes lists for good while a scan finds everything as it was", () => {
    const before = contentsMark(at({}));
    expect(contentsMark(at({ phase: "finding", found: 900 }))).toBe(before);
    expect(contentsMark(at({ phase: "reading", found: 900, done: 900 }))).toBe(before);
    expect(contentsMark(at({ changes: 4 }))).not.toBe(before);
  });

  it("asks for lists anew now and then while files are read", () => {
    const mark = (read: number) => contentsMark(at({ phase: "reading", read }));
    expect(mark(110)).toBe(mark(190));
    expect(mark(190)).not.toBe(mark(210));
    expect(mark(5_100)).toBe(mark(9_900));
    expect(mark(9_900)).not.toBe(contentsMark(at({ phase: "grouping", read: 9_900 })));
  });
});
