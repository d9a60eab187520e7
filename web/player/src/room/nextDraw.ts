/** The bar is redrawn no more often than this, ms: it shares its processor with the sound. */
const leastMs = 40;

/**
 * Until when the seek bar stays as it is, in ms: the thumb moves by half a pixel, or the clock text goes on by a second.
 *
 * @param positionSeconds place in the track now
 * @param durationSeconds length of the track
 * @param widthPx width of the bar in CSS pixels
 */
export function nextDrawMs(positionSeconds: number, durationSeconds: number, widthPx: number): number {
  const halfPixelMs = durationSeconds > 0 && widthPx > 0 ? (durationSeconds * 500) / widthPx : 1000;
  const nextSecondMs = (Math.floor(positionSeconds) + 1 - positionSeconds) * 1000 + 1;
  return Math.max(leastMs, Math.min(halfPixelMs, nextSecondMs));
}
