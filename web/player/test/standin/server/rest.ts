import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";

const count = 12_000;
const words = ["Lantern", "Harbour", "Copper", "Paper", "Rain", "Window", "Orchard", "Signal", "Velvet", "Northern", "Quiet", "Ember"];
const artists = ["The Household", "Ada Lindqvist", "Low Tide Quartet", "Marrow & Pine", "Ensemble Zwölf"];
const word = (n: number) => words[n % words.length] ?? "";

const tracks = Array.from({ length: count }, (_, n) => ({
  id: `t${n}`,
  title: `${word(n * 7)} ${word(n * 5 + 3)} ${n + 1}`,
  artist: artists[n % artists.length] ?? "",
  album: `${word(Math.floor(n / 12))} Sessions`,
  durationSeconds: 95 + ((n * 37) % 240),
  playable: n % 9 !== 8,
  coverUrl: n % 5 === 4 ? null : `/api/tracks/t${n}/cover`,
  albumId: null,
  artists: [],
}));

const byAlbum = new Map<string, (typeof tracks)[number][]>();
for (const track of tracks)
  byAlbum.set(`${track.artist} ${track.album}`, [...(byAlbum.get(`${track.artist} ${track.album}`) ?? []), track]);
const albums = [...byAlbum.values()].map((of, n) => ({
  id: `a${n}`,
  title: of[0]?.album ?? "",
  artist: of[0]?.artist ?? "",
  artistId: null,
  year: 1970 + (n % 50),
  genre: "Folk",
  trackCount: of.length,
  discCount: 1,
  durationSeconds: of.reduce((sum, track) => sum + track.durationSeconds, 0),
  coverUrl: of[0]?.coverUrl ?? null,
}));

const rooms = [
  { code: "HOME", name: "Home", status: "playing", devices: 3, track: tracks[0] },
  { code: "K7WQ3M", name: "Friday night", status: "paused", devices: 2, track: null },
];

/** The answers that the pages need, over made-up tracks. The referer's `scene` picks an empty library or one being scanned. */
export function standInRest(): Plugin {
  return {
    name: "tutti-standin-rest",
    configureServer: (server) => void server.middlewares.use(answer),
    configurePreviewServer: (server) => void server.middlewares.use(answer),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  response.setHeader(
    "content-security-policy",
    "default-src 'self'; img-src 'self' data: blob:; style-src-attr 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'",
  );
  const url = new URL(request.url ?? "/", "http://standin");
  const scene = request.headers.referer ?? "";
  const scanning = scene.includes("scan");
  const none = scene.includes("empty") || scanning;
  const cover = /^\/api\/tracks\/t(\d+)\/cover$/.exec(url.pathname);
  if (cover) {
    const hue = Number(cover[1]) * 47;
    response.setHeader("content-type", "image/svg+xml");
    response.end(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="hsl(${hue} 45% 32%)"/><circle cx="${30 + (hue % 40)}" cy="58" r="34" fill="hsl(${hue + 30} 70% 62%)"/><circle cx="72" cy="30" r="16" fill="hsl(${hue + 190} 60% 75%)"/></svg>`,
    );
  } else if (url.pathname === "/api/tracks") {
    const q = (url.searchParams.get("q") ?? "").toLowerCase();
    const found = none ? [] : tracks.filter((track) => `${track.title} ${track.artist} ${track.album}`.toLowerCase().includes(q));
    const offset = Number(url.searchParams.get("offset"));
    json(response, { tracks: found.slice(offset, offset + Number(url.searchParams.get("limit"))), total: found.length });
  } else if (url.pathname === "/api/albums") {
    const offset = Number(url.searchParams.get("offset"));
    const found = none ? [] : albums;
    json(response, { albums: found.slice(offset, offset + Number(url.searchParams.get("limit"))), total: found.length });
  } else if (url.pathname === "/api/search") {
    json(response, { meant: null, tracks: tracks.slice(0, 30), albums: albums.slice(0, 6), artists: [] });
  } else if (/^\/api\/(artists|genres|folders|playlists|years)$/.test(url.pathname)) {
    json(response, { [url.pathname.slice(5)]: [], total: 0 });
  } else if (url.pathname === "/auth") {
    json(response, {
      mode: "open",
      setUp: false,
      signUp: "open",
      caller: { kind: "anonymous", name: null, administrator: false, mayUpload: false, room: null },
      guestOf: [],
    });
  } else if (url.pathname === "/api/rooms") {
    json(response, request.method === "POST" ? { code: "K7WQ3M" } : { rooms });
  } else if (url.pathname === "/api/library/scan") {
    json(response, {
      running: scanning,
      phase: scanning ? "reading" : "idle",
      phaseNumber: scanning ? 2 : 0,
      phases: 5,
      phaseDone: scanning ? 1207 : 0,
      phaseTotal: scanning ? 3418 : 0,
      found: 3418,
      done: 1207,
      read: 1207,
      changes: 1,
      skipped: 3,
      missing: 0,
      problem: null,
    });
  } else if (url.pathname === "/api/server") {
    json(response, { addresses: ["http://192.168.1.20:3000"] });
  } else next();
}

function json(response: ServerResponse, body: unknown): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}
