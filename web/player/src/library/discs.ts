/** Headings before the first track of each disc, of those that are known so far; none for an album of one disc. */
export function discHeadings(
  discCount: number,
  trackCount: number,
  track: (index: number) => { readonly discNumber: number | null } | undefined,
): readonly { readonly before: number; readonly text: string }[] {
  if (discCount < 2) return [];
  const headings: { before: number; text: string }[] = [];
  let last: number | null = null;
  for (let index = 0; index < trackCount; index++) {
    const disc: number | null = track(index)?.discNumber ?? last;
    if (disc !== last && disc !== null) headings.push({ before: index, text: `Disc ${disc}` });
    last = disc;
  }
  return headings;
}
