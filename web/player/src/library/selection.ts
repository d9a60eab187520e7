/** Entries from `first` to before `end`. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/** What is selected in a list, by index: a hundred thousand entries are one range. Ranges are in order and never touch. */
export interface Selection {
  readonly ranges: readonly Range[];
  /** Where a range begins that Shift extends. */
  readonly anchor: number;
}

export const nothing: Selection = { ranges: [], anchor: 0 };

export function isSelected({ ranges }: Selection, index: number): boolean {
  return ranges.some(({ first, end }) => first <= index && index < end);
}

export function sizeOf({ ranges }: Selection): number {
  return ranges.reduce((sum, { first, end }) => sum + end - first, 0);
}

export function only(index: number): Selection {
  return { ranges: [{ first: index, end: index + 1 }], anchor: index };
}

export function all(count: number): Selection {
  return count > 0 ? { ranges: [{ first: 0, end: count }], anchor: 0 } : nothing;
}

/** Adds one entry, or takes it out. */
export function toggled(selection: Selection, index: number): Selection {
  const ranges = isSelected(selection, index)
    ? selection.ranges.flatMap(({ first, end }) =>
        index < first || end <= index
          ? [{ first, end }]
          : [
              { first, end: index },
              { first: index + 1, end },
            ].filter((part) => part.first < part.end),
      )
    : joined([...selection.ranges, { first: index, end: index + 1 }]);
  return { ranges, anchor: index };
}

/** Everything from the anchor to an entry, and with `keep` what was selected before. */
export function extended(selection: Selection, index: number, keep = false): Selection {
  const range = { first: Math.min(selection.anchor, index), end: Math.max(selection.anchor, index) + 1 };
  return { ranges: keep ? joined([...selection.ranges, range]) : [range], anchor: selection.anchor };
}

/** What a press on an entry leads to, with the keys that are held. */
export function pressed(selection: Selection, index: number, held: { readonly shift: boolean; readonly ctrl: boolean }): Selection {
  if (held.shift) return extended(selection, index, held.ctrl);
  return held.ctrl ? toggled(selection, index) : only(index);
}

function joined(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const last = result.at(-1);
    if (last && range.first <= last.end) result[result.length - 1] = { first: last.first, end: Math.max(last.end, range.end) };
    else result.push(range);
  }
  return result;
}
