/** Where the needle stands for a sync error, 0–1: 0.5 = none, both ends = 50 ms and more. Logarithmic, 0.1 ms is the finest it shows. */
export function needlePlace(errorMs: number): number {
  const finest = 0.1;
  const share = Math.log10(1 + Math.abs(errorMs) / finest) / Math.log10(1 + 50 / finest);
  return 0.5 + (Math.sign(errorMs) * Math.min(1, share)) / 2;
}
