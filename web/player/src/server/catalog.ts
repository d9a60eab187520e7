import { readJsonFrom, type Track } from "./api.ts";

/** The library by albums, artists, genres, years and folders, and the search over it. */

export interface NameLink {
  readonly id: string;
  readonly name: string;
}

export interface LibraryTrack extends Track {
  readonly albumId: string | null;
  readonly albumArtist: string;
  readonly artists: readonly NameLink[];
  readonly discNumber: number | null;
  readonly trackNumber: number | null;
  readonly year: number | null;
}

export interface Album {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
  readonly artistId: string | null;
  readonly year: number | null;
  readonly genre: string;
  readonly trackCount: number;
  readonly discCount: number;
  readonly durationSeconds: number;
  readonly coverUrl: string | null;
}

export interface Artist {
  readonly id: string;
  readonly name: string;
  readonly albumCount: number;
  readonly trackCount: number;
  readonly coverUrl: string | null;
}

export interface Genre {
  readonly id: string;
  readonly name: string;
  readonly albumCount: number;
  readonly trackCount: number;
}

export interface Year {
  readonly year: number;
  readonly albumCount: number;
  readonly trackCount: number;
}

export interface Folder {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly path: string;
  readonly trackCount: number;
}

/** A file of the music folders that cannot be read. */
export interface UnreadableFile {
  readonly id: string;
  /** Place within the music folder. */
  readonly path: string;
  readonly reason: string;
}

export interface FolderDetail {
  readonly folder: Folder;
  readonly parents: readonly Folder[];
  readonly folders: readonly Folder[];
  readonly total: number;
}

export interface ArtistDetail {
  readonly artist: Artist;
  readonly albums: readonly Album[];
  readonly appearsOn: readonly Album[];
}

export interface SearchResult {
  /** What was looked for instead of what was typed; null when it was looked for as typed. */
  readonly meant: string | null;
  readonly tracks: readonly LibraryTrack[];
  readonly albums: readonly Album[];
  readonly artists: readonly Artist[];
}

/** What a list is asked for beside its page; empty texts do not count. */
export type ListQuery = Readonly<Record<string, string | undefined>>;

interface Listed<T> {
  readonly items: readonly T[];
  readonly total: number;
}

type Load<T> = (offset: number, limit: number, signal?: AbortSignal) => Promise<Listed<T>>;

/** Pages of a list of REST: `member` is what the entries are called in the answer. */
export function listOf<T>(path: string, member: string, query: ListQuery = {}): Load<T> {
  return async (offset, limit, signal) => {
    const answer = await readJsonFrom<Record<string, unknown>>(
      withQuery(path, { ...query, limit: `${limit}`, offset: `${offset}` }),
      undefined,
      signal,
    );
    return { items: answer[member] as readonly T[], total: answer["total"] as number };
  };
}

export const tracks = (query: ListQuery): Load<LibraryTrack> => listOf("/api/tracks", "tracks", query);
export const albums = (query: ListQuery): Load<Album> => listOf("/api/albums", "albums", query);
export const artists = (query: ListQuery): Load<Artist> => listOf("/api/artists", "artists", query);
export const genres = (): Load<Genre> => listOf("/api/genres", "genres");
export const years = (): Promise<{ readonly years: readonly Year[] }> => readJsonFrom("/api/years");
export const folders = (): Load<Folder> => listOf("/api/folders", "folders");
export const unreadable = (): Load<UnreadableFile> => listOf("/api/library/unreadable", "files");
export const subfolders = (id: string): Load<Folder> => listOf(one("folders", id), "folders");

export async function fetchAlbum(id: string): Promise<Album> {
  return (await readJsonFrom<{ readonly album: Album }>(one("albums", id))).album;
}

export const fetchArtist = (id: string): Promise<ArtistDetail> => readJsonFrom(one("artists", id));
export const fetchGenre = (id: string): Promise<Genre> => readJsonFrom(one("genres", id));
export const fetchFolder = (id: string): Promise<FolderDetail> => readJsonFrom(`${one("folders", id)}?limit=1`);

export function search(words: string, limit: number, signal?: AbortSignal): Promise<SearchResult> {
  return readJsonFrom(withQuery("/api/search", { q: words, limit: `${limit}` }), undefined, signal);
}

function one(kind: string, id: string): string {
  return `/api/${kind}/${encodeURIComponent(id)}`;
}

function withQuery(path: string, query: ListQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
