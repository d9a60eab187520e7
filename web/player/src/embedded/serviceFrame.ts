import type { EmbeddedPlayer, EmbeddedService, PlayerEvents } from "@tutti/sync";
import { said } from "../look/said.ts";
import { readJsonFrom } from "../server/api.ts";
import type { ToFrame, ToPage } from "./frameMessages.ts";
import { keepTokens, onTokens, readTokens } from "./spotifyTokens.ts";

/** Longest wait for a service's player to be there. */
const openingMs = 15_000;

/** A service's player on the page: a frame with a document of its own, so that its scripts run beside this page and not in it. */
export interface ServiceFrame {
  readonly service: EmbeddedService;
  readonly element: HTMLIFrameElement;
}

export const serviceNames: Readonly<Record<EmbeddedService, string>> = { youtube: "YouTube", spotify: "Spotify" };

/** Makes the frame; it begins to load when it is put onto the page. */
export function makeFrame(service: EmbeddedService): ServiceFrame {
  const element = document.createElement("iframe");
  // A document that is isolated from others may show such a frame only without their cookies; not every browser knows how.
  if (crossOriginIsolated) {
    if (!("credentialless" in element)) {
      throw new Error(
        `this browser shows no ${serviceNames[service]} in an isolated page; the server's operator can change that (Tutti:Http:CrossOriginIsolation)`,
      );
    }
    element.credentialless = true;
  }
  element.allow = "autoplay; encrypted-media; picture-in-picture";
  element.title = `${serviceNames[service]}’s player`;
  element.src = `/embed/${service}`;
  return { service, element };
}

/** Opens the player in a frame that is on the page. */
export async function openInFrame(
  frame: ServiceFrame,
  events: PlayerEvents,
  show: (shown: boolean) => void,
  close: () => void,
): Promise<EmbeddedPlayer> {
  const call =
    (name: (ToFrame & { tutti: "call" })["name"]) =>
    (...args: readonly unknown[]) =>
      post(frame, { tutti: "call", name, args });
  const players = readJsonFrom<Record<string, unknown>>("/api/players");
  const { rates, stop } = await greet(frame, events, async () => {
    const config = (await players)[frame.service === "youtube" ? "youTube" : "spotify"] as object | null | undefined;
    if (!config) throw new Error(`${serviceNames[frame.service]} is turned off on this server`);
    return frame.service === "spotify" ? { ...config, tokens: readTokens() } : config;
  });
  const stopTokens = frame.service === "spotify" ? onTokens((tokens) => call("setTokens")(tokens)) : () => {};
  return {
    rates,
    load: call("load"),
    play: call("play"),
    pause: call("pause"),
    seek: call("seek"),
    setRate: call("setRate"),
    setVolume: call("setVolume"),
    show,
    close: () => {
      stop();
      stopTokens();
      close();
    },
  };
}

function post(frame: ServiceFrame, message: ToFrame): void {
  frame.element.contentWindow?.postMessage(message, location.origin);
}

function greet(
  frame: ServiceFrame,
  events: PlayerEvents,
  config: () => Promise<unknown>,
): Promise<{ readonly rates: readonly number[]; readonly stop: () => void }> {
  return new Promise((resolve, reject) => {
    const stop = () => window.removeEventListener("message", hear);
    const fail = (message: string) => {
      clearTimeout(limit);
      stop();
      reject(new Error(message));
    };
    const limit = setTimeout(() => fail(`${serviceNames[frame.service]}’s player did not come within ${openingMs / 1000} s`), openingMs);
    const hear = ({ source, origin, data }: MessageEvent<ToPage>) => {
      if (source !== frame.element.contentWindow || origin !== location.origin) return;
      switch (data.tutti) {
        case "there":
          config().then(
            (known) => post(frame, { tutti: "open", config: known }),
            (error: unknown) => fail(said(error)),
          );
          break;
        case "opened":
          clearTimeout(limit);
          resolve({ rates: data.rates, stop });
          break;
        case "keep":
          keepTokens(data.tokens);
          break;
        case "refused":
          fail(data.message);
          break;
        case "event":
          hand(events, data.name, data.args);
      }
    };
    window.addEventListener("message", hear);
  });
}

/** Times come in the clock that both documents share. */
function hand(events: PlayerEvents, name: keyof PlayerEvents, args: readonly unknown[]): void {
  const values = name === "onPlace" || name === "onState" ? [args[0], (args[1] as number) - performance.timeOrigin] : args;
  (events[name] as (...values: readonly unknown[]) => void)(...values);
}
