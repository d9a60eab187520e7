/** The rows of a long list that are worth drawing. */
export interface RowWindow {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

/** Rows in view plus `spare` above and below, so that a quick scroll does not run into white. All lengths in CSS pixels. */
export function rowWindow(scrollTopPx: number, viewPx: number, rowPx: number, count: number, spare = 6): RowWindow {
  const first = Math.floor(Math.max(0, scrollTopPx) / rowPx) - spare;
  const end = Math.ceil((Math.max(0, scrollTopPx) + viewPx) / rowPx) + spare;
  return { first: Math.max(0, Math.min(first, count)), end: Math.max(0, Math.min(end, count)) };
}

/** How many tiles stand side by side: as many as are at least `leastPx` wide, two on the narrowest phone. */
export function columnsIn(widthPx: number, leastPx: number): number {
  return Math.max(2, Math.floor(widthPx / leastPx));
}
