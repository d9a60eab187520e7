import { describe, expect, it } from "vitest";
import { discHeadings } from "../../src/library/discs.ts";
import { albumOrders, inOrder, orderOf, trackOrders } from "../../src/library/order.ts";
import { commandTracks, enqueueCommands, fitting } from "../../src/library/enqueue.ts";
import { listMove } from "../../src/library/listKeys.ts";
import { hashOf, type Place, placeOf, tabOf } from "../../src/library/place.ts";
import { all, extended, isSelected, nothing, only, pressed, type Selection, sizeOf, toggled } from "../../src/library/selection.ts";
import { m3uName, moveBefore, nameMatches, removals } from "../../src/library/playlists/places.ts";
import { allOf } from "../../src/library/music.ts";
import {
  bytesText,
  continued,
  idOf,
  parted,
  refusalText,
  stands,
  startable,
  type UploadEntry,
} from "../../src/library/uploads/uploadEntry.ts";
import { filesOf } from "../../src/library/uploads/droppedFiles.ts";
import { edgeStepPx } from "../../src/look/edgeScroll.ts";
import { insertIndex } from "../../src/queue/queueOrder.ts";

describe("places in the library", () => {
  const places: readonly Place[] = [
    { view: "start" },
    { view: "albums", narrowing: {} },
    { view: "tracks", narrowing: { q: "a/b & c?" } },
    { view: "albums", narrowing: { genre: "g1" } },
    { view: "tracks", narrowing: { year: "1997", sort: "plays", order: "desc" } },
    { view: "album", id: "a12" },
    { view: "year", id: "1997" },
    { view: "search", words: "zwölf #1" },
  ];
  it.each(places)("%o keeps through its address", (place) => expect(placeOf(hashOf(place))).toEqual(place));

  it.each([
    ["", { view: "start" }],
    ["#/nowhere", { view: "start" }],
    ["#/album/", { view: "start" }],
    ["#/album/%zz", { view: "album", id: "%zz" }],
    ["#/search", { view: "search", words: "" }],
  ])("reads %s", (hash, place) => expect(placeOf(hash)).toEqual(place));

  it.each(["#player", "#invite=abc"])("leaves %s to others", (hash) => expect(placeOf(hash)).toBeNull());

  it("knows the tab of a page", () => {
    expect(tabOf({ view: "album", id: "a" })).toBe("albums");
    expect(tabOf({ view: "added", narrowing: {} })).toBe("added");
    expect(tabOf({ view: "search", words: "x" })).toBeNull();
    expect(tabOf({ view: "start" })).toBe("start");
  });
});

describe("selection", () => {
  const ranges = (selection: Selection) => selection.ranges.map(({ first, end }) => [first, end]);
  const none = { shift: false, ctrl: false };

  it("a press selects one; with Ctrl more, and again less", () => {
    let selection = pressed(nothing, 4, none);
    selection = pressed(selection, 6, { ...none, ctrl: true });
    selection = pressed(selection, 5, { ...none, ctrl: true });
    expect(ranges(selection)).toEqual([[4, 7]]);
    selection = pressed(selection, 5, { ...none, ctrl: true });
    expect(ranges(selection)).toEqual([
      [4, 5],
      [6, 7],
    ]);
    expect(sizeOf(selection)).toBe(2);
    expect([4, 5, 6].map((index) => isSelected(selection, index))).toEqual([true, false, true]);
    expect(ranges(pressed(selection, 9, none))).toEqual([[9, 10]]);
  });

  it("Shift goes from where it began, both ways", () => {
    const begun = only(10);
    expect(ranges(extended(begun, 13))).toEqual([[10, 14]]);
    expect(ranges(extended(extended(begun, 13), 7))).toEqual([[7, 11]]);
  });

  it("Shift with Ctrl keeps what was selected", () => {
    const selection = toggled(only(2), 10);
    expect(ranges(pressed(selection, 12, { shift: true, ctrl: true }))).toEqual([
      [2, 3],
      [10, 13],
    ]);
  });

  it("holds a hundred thousand as one range", () => {
    expect(ranges(all(100_000))).toEqual([[0, 100_000]]);
    expect(sizeOf(toggled(all(100_000), 0))).toBe(99_999);
    expect(all(0)).toEqual(nothing);
  });
});

describe("tracks on their way into the queue", () => {
  const ids = Array.from({ length: 1_200 }, (_, n) => `t${n}`);
  const parts = [ids.slice(0, 500), ids.slice(500, 1_000), ids.slice(1_000)];

  it("go to the end in their order", () =>
    expect(enqueueCommands(ids, "end")).toEqual(parts.map((trackIds) => ({ type: "queueAdd", trackIds }))));

  it("go behind the current item in their order", () =>
    expect(enqueueCommands(ids, "next")).toEqual([...parts].reverse().map((trackIds) => ({ type: "queueAdd", trackIds, at: "next" }))));

  it("go to a place, each part behind the one before", () =>
    expect(enqueueCommands(ids, 3).map((command) => "at" in command && command.at)).toEqual([3, 3 + commandTracks, 3 + 2 * commandTracks]));

  it("play from the first, with the others behind it", () =>
    expect(enqueueCommands(ids, "play").map((command) => [command.type, "trackIds" in command && command.trackIds?.[0]])).toEqual([
      ["queueAdd", "t1000"],
      ["queueAdd", "t500"],
      ["play", "t0"],
    ]));

  it("nothing is no command", () => expect(enqueueCommands([], "play")).toEqual([]));

  it("are cut to what the queue has room for; a full one is left to refuse", () => {
    expect(fitting(ids, 0)).toHaveLength(1_000);
    expect(fitting(ids, 990)).toHaveLength(10);
    expect(fitting(ids, 1_000)).toEqual(["t0"]);
  });

  it.each([
    [-50, 0],
    [29, 0],
    [31, 1],
    [9_999, 7],
  ])("dropped %d px down, they land before %d", (px, index) => expect(insertIndex(px, 60, 7)).toBe(index));
});

describe("a list under a held row", () => {
  it.each([
    [300, 0],
    [132, 0],
    [116, -7],
    [100, -14],
    [-50, -14],
    [600, 14],
  ])("held at %d px between 100 and 600 it scrolls by %d px", (y, px) => expect(edgeStepPx(y, 100, 600)).toBe(px));
});

describe("keys of a list", () => {
  it.each([
    ["ArrowDown", 4, 5],
    ["ArrowUp", 0, 0],
    ["PageDown", 95, 99],
    ["Home", 50, 0],
    ["End", 0, 99],
    ["x", 1, null],
  ] as const)("%s from %d", (key, from, to) => expect(listMove(key, from, 100)).toBe(to));

  it("lead nowhere in an empty one", () => expect(listMove("End", 0, 0)).toBeNull());
});

describe("places in a playlist", () => {
  const rows = ["a", "b", "c", "d", "e"];
  /** What PlaylistEdit.Move does on the server: takes some out, puts them in so that the first has index `to`. */
  const after = (first: number, end: number, before: number) => {
    const move = moveBefore({ first, end }, before);
    if (!move) return rows.join("");
    const left = rows.filter((_, n) => n < move.from || n >= move.from + move.count);
    return left.toSpliced(move.to, 0, ...rows.slice(first, end)).join("");
  };

  it.each([
    [1, 2, 0, "bacde"],
    [1, 2, 5, "acdeb"],
    [1, 3, 4, "adbce"],
    [3, 5, 1, "adebc"],
    [1, 3, 1, "abcde"],
    [1, 3, 3, "abcde"],
    [1, 3, 2, "abcde"],
  ])("%d to %d before %d", (first, end, before, order) => expect(after(first, end, before)).toBe(order));

  it("takes the last ones out first", () =>
    expect(
      removals([
        { first: 1, end: 2 },
        { first: 5, end: 8 },
      ]),
    ).toEqual([
      { index: 5, count: 3 },
      { index: 1, count: 1 },
    ]));

  it("reads the name out of an M3U file", () => {
    expect(m3uName("#EXTM3U\r\n#PLAYLIST: Sunday \r\na.mp3")).toBe("Sunday");
    expect(m3uName("#EXTM3U\na.mp3")).toBeNull();
  });

  it.each([
    ["Björk’s Sunday", "bjo su", true],
    ["Sunday", "unday", false],
    ["Sunday", " ", false],
  ])("finds %s by %s: %s", (name, typed, found) => expect(nameMatches(name, typed)).toBe(found));

  it("takes no more of a list than wanted", async () => {
    const asked: number[][] = [];
    const load = (offset: number, limit: number) => {
      asked.push([offset, limit]);
      return Promise.resolve({ items: Array.from({ length: Math.min(limit, 5_000 - offset) }, (_, n) => offset + n), total: 5_000 });
    };
    expect(await allOf(load, 2_500)).toHaveLength(2_500);
    expect(asked).toEqual([
      [0, 1_000],
      [1_000, 1_000],
      [2_000, 500],
    ]);
  });
});

describe("uploads", () => {
  const entry = (key: string, part: Partial<UploadEntry>): UploadEntry => ({
    key,
    name: `${key}.mp3`,
    sizeBytes: 100,
    modifiedMs: 7,
    sentBytes: 0,
    state: "waiting",
    id: null,
    error: null,
    trackId: null,
    ...part,
  });

  it("send two at a time", () => {
    const waiting = ["a", "b", "c"].map((key) => entry(key, {}));
    expect(startable(waiting).map(({ key }) => key)).toEqual(["a", "b"]);
    expect(startable([entry("x", { state: "checking" }), ...waiting]).map(({ key }) => key)).toEqual(["a"]);
    expect(startable([entry("x", { state: "sending" }), entry("y", { state: "sending" }), ...waiting])).toEqual([]);
    expect(startable([entry("x", { state: "paused" }), ...waiting])).toHaveLength(2);
  });

  it("go on with a file that is chosen again", () => {
    const entries = [entry("a", { state: "sending" }), entry("b", { state: "parted" })];
    expect(continued(entries, { name: "b.mp3", size: 100, lastModified: 7 })?.key).toBe("b");
    expect(entries.map(stands)).toEqual([false, true]);
    expect(continued(entries, { name: "b.mp3", size: 101, lastModified: 7 })).toBeUndefined();
    expect(continued(entries, { name: "b.mp3", size: 100, lastModified: 8 })).toBeUndefined();
  });

  it("take no file twice that is under way, and a refused one again", () => {
    const a = { name: "a.mp3", size: 100, lastModified: 7 };
    expect(continued([entry("a", { state: "sending" })], a)?.key).toBe("a");
    expect(continued([entry("a", { state: "refused" }), entry("b", { state: "accepted" })], a)).toBeUndefined();
  });

  it("of a folder are its music, folder by folder, in the order of their names", async () => {
    const file = (name: string) =>
      ({ name, isDirectory: false, file: (done: (file: File) => void) => done(new File([], name)) }) as unknown as FileSystemEntry;
    const folder = (name: string, ...within: FileSystemEntry[]) => {
      // A browser gives some at a time.
      const batches = [within.slice(0, 2), within.slice(2), []];
      const readEntries = (done: (some: FileSystemEntry[]) => void) => done(batches.shift() ?? []);
      return { name, isDirectory: true, createReader: () => ({ readEntries }) } as unknown as FileSystemEntry;
    };
    const album = folder("Album", file("10.flac"), file("cover.jpg"), file("2.FLAC"), folder("CD 2", file("1.mp3"), file("notes.txt")));
    const files = await filesOf([file("loose.xyz"), null, album]);
    expect(files.map(({ name }) => name)).toEqual(["loose.xyz", "2.FLAC", "10.flac", "1.mp3"]);
  });

  it("show what the server has parts of", () => {
    const detail = { name: "c.mp3", sizeBytes: 9, modifiedMs: 7, receivedBytes: 4, trackId: null, reason: null };
    const shown = parted(
      [entry("a", { id: "1" })],
      [
        { ...detail, id: "1", state: "receiving" },
        { ...detail, id: "2", state: "receiving" },
        { ...detail, id: "3", state: "checking" },
      ],
    );
    expect(shown.map(({ id, sentBytes, state }) => [id, sentBytes, state])).toEqual([["2", 4, "parted"]]);
  });

  it("say a refusal with its number", () => {
    expect(refusalText('{"code":5114,"detail":"This is not taken for music."}')).toBe("This is not taken for music. (5114)");
    expect(refusalText("<html>")).toBeNull();
  });

  it("find their id", () => {
    expect(idOf(`http://x/api/uploads/${"0a".repeat(16)}`)).toBe("0a".repeat(16));
    expect(idOf(null)).toBeNull();
  });

  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [3_449_000, "3.4 MB"],
    [52_000_000_000, "52 GB"],
  ])("%d bytes are %s", (bytes, text) => expect(bytesText(bytes)).toBe(text));
});

describe("the order of a list", () => {
  it("is the usual one until another is chosen, and keeps what narrows it", () => {
    expect(orderOf(trackOrders, {}).name).toBe("Artist");
    expect(orderOf(trackOrders, { sort: "year", order: "desc" }).name).toBe("Newest");
    expect(orderOf(trackOrders, { sort: "loudness" }).name).toBe("Artist");
    const newest = inOrder({ genre: "g1" }, { name: "Newest", sort: "year", order: "desc" });
    expect(newest).toEqual({ genre: "g1", sort: "year", order: "desc" });
    expect(inOrder(newest, { name: "Artist" })).toEqual({ genre: "g1" });
  });

  it("is one that REST knows", () => {
    const known = ["title", "album", "year", "added", "plays", "duration"];
    for (const { sort } of [...trackOrders, ...albumOrders]) if (sort) expect(known).toContain(sort);
  });
});

describe("discs", () => {
  const tracks = [1, 1, null, 2, 2, 3].map((discNumber) => ({ discNumber }));
  const heads = (count: number, of: readonly ({ discNumber: number | null } | undefined)[]) =>
    discHeadings(count, of.length, (index) => of[index]).map(({ before, text }) => `${before} ${text}`);

  it("have headings where they begin", () => expect(heads(3, tracks)).toEqual(["0 Disc 1", "3 Disc 2", "5 Disc 3"]));
  it("have none when there is one, and wait for what is not there yet", () => {
    expect(heads(1, tracks)).toEqual([]);
    expect(heads(2, [undefined, undefined, { discNumber: 2 }])).toEqual(["2 Disc 2"]);
  });
});
