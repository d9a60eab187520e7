import { type Playlist, playlistEntries } from "../../server/playlists.ts";
import { allOf, type Music } from "../music.ts";

/** A playlist as something to play. */
export function playlistMusic({ id, name }: Pick<Playlist, "id" | "name">): Music {
  const load = playlistEntries(id);
  return {
    name,
    trackIds: async (most) => (await allOf(load, most)).flatMap(({ track }) => (track?.playable ? [track.id] : [])),
  };
}
