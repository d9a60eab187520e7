import type { EmbeddedService } from "@tutti/sync";

/** Which page an address shows. */
export type Route =
  | { readonly page: "home" | "rooms" }
  | { readonly page: "room"; readonly code: string }
  | { readonly page: "testClient"; readonly code: string }
  | { readonly page: "signIn" | "signUp"; readonly next: string }
  | { readonly page: "setUp" | "reset" }
  | { readonly page: "account" }
  | { readonly page: "spotify"; readonly step: "signin" | "callback" }
  | { readonly page: "embed"; readonly service: EmbeddedService }
  | { readonly page: "unknown" };

export function routeOf(path: string, search: string): Route {
  const parts = path.split("/").filter(Boolean);
  const [first, second, ...rest] = parts;
  if (first === undefined) return { page: "home" };
  if (first === "r" && second !== undefined && rest.length === 0) return { page: "room", code: decoded(second).toUpperCase() };
  if (first === "embed" && (second === "youtube" || second === "spotify") && rest.length === 0) return { page: "embed", service: second };
  if (first === "spotify" && (second === "signin" || second === "callback") && rest.length === 0) return { page: "spotify", step: second };
  if (first === "test-client" && second === undefined) {
    return { page: "testClient", code: (new URLSearchParams(search).get("room") || "HOME").toUpperCase() };
  }
  if (second === undefined) {
    switch (first) {
      case "rooms":
        return { page: "rooms" };
      case "signin":
      case "signup":
        return { page: first === "signin" ? "signIn" : "signUp", next: ownPath(new URLSearchParams(search).get("next")) };
      case "setup":
        return { page: "setUp" };
      case "reset":
      case "account":
        return { page: first };
    }
  }
  return { page: "unknown" };
}

/** A place of this site, and nobody else's: a link to the sign-in must not lead away from here. */
function ownPath(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : "/";
}

/** The text as it stands when it is no proper percent-encoding: the server then says that there is no such room. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
