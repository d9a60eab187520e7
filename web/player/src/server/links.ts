import { type Fetch, sendJsonTo } from "./api.ts";

/** Puts the file behind a link at the end of a room's queue; resolves when the server has fetched it. */
export async function addLink(room: string, url: string, fetcher?: Fetch): Promise<void> {
  await sendJsonTo("POST", `/api/rooms/${encodeURIComponent(room)}/queue`, { url }, fetcher);
}
