/** Longest wait for a sound that is still being cut: tries, a second or more apart. */
const tries = 30;

/** The outline of a sound, 0–255 each; null when it cannot be had. */
export async function fetchPeaks(
  mediaKey: string,
  signal: AbortSignal,
  fetcher: (url: string, init: RequestInit) => Promise<Response> = (url, init) => fetch(url, init),
  wait: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
): Promise<Uint8Array | null> {
  for (let n = 0; n < tries && !signal.aborted; n++) {
    try {
      const response = await fetcher(`/media/${mediaKey}/peaks`, { signal });
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      if (response.status !== 503) return null;
    } catch {
      // Away from the server: the next try may find it.
    }
    await wait(1000);
  }
  return null;
}

/** What is quieter than this all through is drawn as the silence that it is: 1/16 of full scale. */
const leastFull = 16;

/**
 * The path of an outline, 0 to `count` wide and 1 high around 0, each bar the largest of what it stands for. The loudest bar fills it: a quiet
 * recording has a form too.
 */
export function outlinePath(peaks: Uint8Array, count: number): string {
  const parts: string[] = [];
  const full = peaks.reduce((most, peak) => Math.max(most, peak), leastFull);
  for (let i = 0; i < count; i++) {
    const from = Math.floor((i * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * peaks.length) / count));
    let largest = 0;
    for (let n = from; n < to && n < peaks.length; n++) largest = Math.max(largest, peaks[n] ?? 0);
    const half = Math.max(0.015, largest / full / 2).toFixed(3);
    parts.push(`M${i + 0.5} -${half}V${half}`);
  }
  return parts.join("");
}
