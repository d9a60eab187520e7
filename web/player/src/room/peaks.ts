import type { MediaInfo } from "@tutti/sync";

/** Longest wait for a sound that is still being cut: tries, a second or more apart. */
const tries = 30;

/** The outline of a sound, 0–255 each; null when it cannot be had. */
export async function fetchPeaks(
  media: MediaInfo,
  signal: AbortSignal,
  fetcher: (url: string, init: RequestInit) => Promise<Response> = (url, init) => fetch(url, init),
  wait: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
): Promise<Uint8Array | null> {
  for (let n = 0; n < tries && !signal.aborted; n++) {
    try {
      const response = await fetcher(`/media/${media.key}/peaks`, { signal });
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      if (response.status !== 503) return null;
    } catch {
      // Away from the server: the next try may find it.
    }
    await wait(1000);
  }
  return null;
}

/** The path of an outline, 0 to `count` wide and 1 high around 0, each bar the largest of what it stands for. */
export function outlinePath(peaks: Uint8Array, count: number): string {
  const parts: string[] = [];
  for (let i = 0; i < count; i++) {
    const from = Math.floor((i * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * peaks.length) / count));
    let largest = 0;
    for (let n = from; n < to && n < peaks.length; n++) largest = Math.max(largest, peaks[n] ?? 0);
    const half = Math.max(0.015, largest / 510).toFixed(3);
    parts.push(`M${i + 0.5} -${half}V${half}`);
  }
  return parts.join("");
}
