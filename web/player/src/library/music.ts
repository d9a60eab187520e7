import { type Album, type LibraryTrack, tracks } from "../server/catalog.ts";
import type { LoadPage } from "./pages.ts";

/** Something that can be played, queued, dragged and put into a playlist: a track, an album, whatever is selected. */
export interface Music {
  /** What it is called when it is spoken of. */
  readonly name: string;
  /** Its tracks in order, `most` of them at most. */
  trackIds(most: number): Promise<readonly string[]>;
}

/** The most that a playlist takes (PUT /api/playlists/{id}/tracks), and that REST gives in one page. */
export const playlistTracks = 10_000;
const largestPage = 1_000;

export function oneTrack(track: Pick<LibraryTrack, "id" | "title">): Music {
  return { name: track.title, trackIds: () => Promise.resolve([track.id]) };
}

export function wholeAlbum(album: Pick<Album, "id" | "title">): Music {
  return everything(album.title, { album: album.id });
}

/** All tracks that a list of REST has. */
export function everything(name: string, query: Readonly<Record<string, string | undefined>>): Music {
  return { name, trackIds: async (most) => (await allOf(tracks(query), most)).flatMap((track) => (track.playable ? [track.id] : [])) };
}

/** The entries of a list from its beginning, up to `most`. */
export async function allOf<T>(load: LoadPage<T>, most: number): Promise<readonly T[]> {
  const taken: T[] = [];
  for (;;) {
    const { items, total } = await load(taken.length, Math.min(largestPage, most - taken.length));
    taken.push(...items);
    if (items.length === 0 || taken.length >= Math.min(most, total)) return taken;
  }
}
