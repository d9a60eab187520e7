import { readJsonFrom, sendBytesTo, sendJsonTo } from "./api.ts";
import { type LibraryTrack, listOf } from "./catalog.ts";

export interface Playlist {
  readonly id: string;
  readonly name: string;
  /** Whose it is, for people; empty: everybody's. */
  readonly owner: string;
  readonly mine: boolean;
  readonly shared: boolean;
  /** Whether the person here may change it. */
  readonly editable: boolean;
  /** Grows with each change. */
  readonly version: number;
  readonly trackCount: number;
  readonly coverUrls: readonly string[];
}

export interface PlaylistEntry {
  readonly index: number;
  readonly trackId: string;
  /** Null when the library does not know it any more. */
  readonly track: LibraryTrack | null;
}

export interface PlaylistImport {
  readonly playlist: Playlist;
  /** Entries that no track was found for, as they stand in the file. */
  readonly missing: readonly string[];
}

/** The most lists that one person has. */
const most = 1_000;
const address = (id: string) => `/api/playlists/${encodeURIComponent(id)}`;

export const playlistEntries = (id: string) => listOf<PlaylistEntry>(`${address(id)}/tracks`, "items");

export async function fetchPlaylists(): Promise<readonly Playlist[]> {
  return (await readJsonFrom<{ readonly playlists: readonly Playlist[] }>(`/api/playlists?limit=${most}`)).playlists;
}

export const fetchPlaylist = (id: string): Promise<Playlist> => readJsonFrom(address(id));

export const makePlaylist = (name: string, shared: boolean, trackIds: readonly string[] = []): Promise<Playlist> =>
  sendJsonTo("POST", "/api/playlists", { name, shared, trackIds });

export const describePlaylist = (id: string, change: { readonly name?: string; readonly shared?: boolean }): Promise<Playlist> =>
  sendJsonTo("PATCH", address(id), change);

export const removePlaylist = (id: string): Promise<void> => sendJsonTo("DELETE", address(id));

export const addToPlaylist = (id: string, trackIds: readonly string[]): Promise<Playlist> =>
  sendJsonTo("POST", `${address(id)}/tracks`, { trackIds });

export const moveInPlaylist = (id: string, version: number, from: number, to: number, count: number): Promise<Playlist> =>
  sendJsonTo("POST", `${address(id)}/move`, { from, to, count, version });

export const removeFromPlaylist = (id: string, version: number, index: number, count: number): Promise<Playlist> =>
  sendJsonTo("DELETE", `${address(id)}/tracks/${index}?count=${count}&version=${version}`);

export const m3uAddress = (id: string): string => `${address(id)}/m3u`;

/** Makes a playlist of an M3U file; `name` when the file has none of its own. */
export function importM3u(file: Blob, name: string | null): Promise<PlaylistImport> {
  return sendBytesTo(`/api/playlists/import${name ? `?${new URLSearchParams({ name })}` : ""}`, file, "audio/x-mpegurl");
}
