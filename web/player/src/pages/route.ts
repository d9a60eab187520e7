/** Which page an address shows. */
export type Route =
  | { readonly page: "home" }
  | { readonly page: "room"; readonly code: string }
  | { readonly page: "testClient"; readonly code: string }
  | { readonly page: "unknown" };

export function routeOf(path: string, search: string): Route {
  const parts = path.split("/").filter(Boolean);
  const [first, second, ...rest] = parts;
  if (first === undefined) return { page: "home" };
  if (first === "r" && second !== undefined && rest.length === 0) return { page: "room", code: decoded(second).toUpperCase() };
  if (first === "test-client" && second === undefined) {
    return { page: "testClient", code: (new URLSearchParams(search).get("room") || "HOME").toUpperCase() };
  }
  return { page: "unknown" };
}

/** The text as it stands when it is no proper percent-encoding: the server then says that there is no such room. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
