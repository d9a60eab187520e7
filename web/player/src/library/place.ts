const narrowings = ["q", "genre", "year", "artist", "sort", "order"] as const;

/** Lists that may be narrowed, what narrows them, and their order when it is not the usual one. */
export type Narrowing = Readonly<Partial<Record<(typeof narrowings)[number], string>>>;

export const lists = [
  "albums",
  "artists",
  "tracks",
  "genres",
  "years",
  "folders",
  "playlists",
  "added",
  "plays",
  "uploads",
  "unreadable",
] as const;
export type ListName = (typeof lists)[number];

const details = ["album", "artist", "genre", "year", "folder", "playlist"] as const;
export type DetailName = (typeof details)[number];

/** Where in the library somebody is. It stands behind the `#` of the address, so that Back, reloads and links work within the room. */
export type Place =
  | { readonly view: "start" }
  | { readonly view: ListName; readonly narrowing: Narrowing }
  | { readonly view: DetailName; readonly id: string }
  | { readonly view: "search"; readonly words: string };

export const start: Place = { view: "start" };

/** Null for a `#` that is none of the library's, such as an anchor's or an invitation's. */
export function placeOf(hash: string): Place | null {
  if (hash === "" || hash === "#") return start;
  if (!hash.startsWith("#/")) return null;
  const [path = "", query = ""] = hash.slice(2).split("?", 2);
  const [first = "", second] = path.split("/", 2);
  const search = new URLSearchParams(query);
  if (second !== undefined && isOne(details, first)) return second ? { view: first, id: decoded(second) } : start;
  if (first === "search") return { view: "search", words: search.get("q") ?? "" };
  if (!isOne(lists, first)) return start;
  const narrowing: Partial<Record<keyof Narrowing, string>> = {};
  for (const name of narrowings) {
    const value = search.get(name);
    if (value) narrowing[name] = value;
  }
  return { view: first, narrowing };
}

export function hashOf(place: Place): string {
  switch (place.view) {
    case "start":
      return "#/";
    case "search":
      return `#/search?${new URLSearchParams({ q: place.words })}`;
    case "album":
    case "artist":
    case "genre":
    case "year":
    case "folder":
    case "playlist":
      return `#/${place.view}/${encodeURIComponent(place.id)}`;
    default: {
      const query = new URLSearchParams(place.narrowing).toString();
      return `#/${place.view}${query && `?${query}`}`;
    }
  }
}

/** The list among whose entries a place belongs: its tab is the marked one. */
export function tabOf(place: Place): ListName | "start" | null {
  switch (place.view) {
    case "search":
      return null;
    case "album":
    case "artist":
    case "genre":
    case "year":
    case "folder":
    case "playlist":
      return `${place.view}s`;
    case "unreadable":
      return "folders";
    default:
      return place.view;
  }
}

function isOne<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
