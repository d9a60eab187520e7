/** The document around a service's player: takes calls from the room's page, tells it what becomes of them. */
import type { PlayerEvents } from "@tutti/sync";
import { said } from "../../look/said.ts";
import type { FramedPlayer, ToFrame, ToPage } from "../frameMessages.ts";
import type { SpotifyTokens } from "../spotifyTokens.ts";

export type OpenFramed = (
  config: never,
  place: HTMLElement,
  events: PlayerEvents,
  /** The page remembers them: what a frame without the page's cookies stores is gone with it. */
  keepTokens: (tokens: SpotifyTokens | null) => void,
) => Promise<FramedPlayer>;

/** Device time that both documents share, ms. */
export function sharedNowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Waits for the page's word and opens the player. Only the page that holds this frame, and that is of this server, is heard. */
export function serveFrame(open: OpenFramed, place: HTMLElement): void {
  const tell = (message: ToPage) => parent.postMessage(message, location.origin);
  const event =
    (name: keyof PlayerEvents) =>
    (...args: readonly unknown[]) =>
      tell({ tutti: "event", name, args });
  const events = { onState: event("onState"), onPlace: event("onPlace"), onLoaded: event("onLoaded"), onFault: event("onFault") };
  let player: FramedPlayer | null = null;
  let asked = false;
  window.addEventListener("message", ({ source, origin, data }: MessageEvent<ToFrame>) => {
    if (source !== parent || origin !== location.origin) return;
    if (data.tutti === "call") {
      const call = player?.[data.name] as ((...args: readonly unknown[]) => void) | undefined;
      call?.apply(player, [...data.args]);
    } else if (data.tutti === "open" && !asked) {
      asked = true;
      open(data.config as never, place, events, (tokens) => tell({ tutti: "keep", tokens })).then(
        (opened) => {
          player = opened;
          tell({ tutti: "opened", rates: opened.rates });
        },
        (error: unknown) => tell({ tutti: "refused", message: said(error) }),
      );
    }
  });
  tell({ tutti: "there" });
}

/** Loads a service's script, once. */
export function loadScript(address: string, service: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.async = true;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${service} cannot be reached from here`));
    document.head.append(script);
  });
}
