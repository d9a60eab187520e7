/** The REST calls that the pages make. Everything else goes over the room's socket. */

export interface Track {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly durationSeconds: number;
  readonly coverUrl: string | null;
  /** False when its file is missing or cannot be read. */
  readonly playable: boolean;
}

export interface TrackPage {
  readonly tracks: readonly Track[];
  readonly total: number;
}

/** A refusal of the server, with the numbered code of docs/protocol.md §9 when it gave one; code 0 = the server was not reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = "ApiError";
  }

  /** Whether it may be another answer the next time: the server was not reached, or could not. */
  get passes(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

async function call<T>(url: string, init: RequestInit, fetcher: Fetch): Promise<T> {
  let response: Response;
  try {
    response = await fetcher(url, { ...init, headers: { accept: "application/json", ...init.headers } });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, 0, "The server cannot be reached.");
  }
  if (!response.ok) throw await refusal(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function refusal(response: Response): Promise<ApiError> {
  try {
    const problem = (await response.json()) as { code?: number; detail?: string; title?: string };
    return new ApiError(response.status, problem.code ?? 0, problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
  } catch {
    return new ApiError(response.status, 0, `The server answered ${response.status}.`);
  }
}

const browserFetch: Fetch = (url, init) => fetch(url, init);

export function fetchTracks(
  query: string,
  offset: number,
  limit: number,
  signal?: AbortSignal,
  fetcher = browserFetch,
): Promise<TrackPage> {
  const search = new URLSearchParams({ limit: String(limit), offset: String(offset) });
  if (query) search.set("q", query);
  return call(`/api/tracks?${search}`, signal ? { signal } : {}, fetcher);
}

export function createRoom(fetcher = browserFetch): Promise<{ readonly code: string }> {
  return call("/api/rooms", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }, fetcher);
}

/** A plain GET. */
export function readJsonFrom<T>(url: string, fetcher = browserFetch, signal?: AbortSignal): Promise<T> {
  return call(url, signal ? { signal } : {}, fetcher);
}

/** A call that changes something. */
export function sendJsonTo<T>(method: "POST" | "PATCH" | "DELETE", url: string, body?: unknown, fetcher = browserFetch): Promise<T> {
  const init: RequestInit =
    body === undefined ? { method } : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return call(url, init, fetcher);
}

/** A call whose body is a file. */
export function sendBytesTo<T>(url: string, body: Blob, type: string, fetcher = browserFetch): Promise<T> {
  return call(url, { method: "POST", headers: { "content-type": type }, body }, fetcher);
}
