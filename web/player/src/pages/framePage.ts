/** The document inside the frame of a service's player (docs/decisions/0017-players-in-a-frame-of-their-own.md). */
import type { EmbeddedService } from "@tutti/sync";
import "../embedded/frame/frame.css";
import { serveFrame } from "../embedded/frame/frameSide.ts";

export async function openFramePage(service: EmbeddedService, place: HTMLElement): Promise<void> {
  if (service === "youtube") serveFrame((await import("../embedded/frame/youTube.ts")).openYouTube, place);
  else serveFrame((await import("../embedded/frame/spotify.ts")).openSpotify, place);
}
