const page = 10;

/** Where a key leads in a list; null for a key that leads nowhere. The result is within the list. */
export function listMove(key: string, from: number, count: number): number | null {
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page, Home: 0, End: count - 1 }[key];
  return to === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, to));
}

/** The keys of a list of tracks, for the help. */
export const listKeyHelp = [
  { keys: ["↓"], does: "From the search to what was found" },
  { keys: ["↑", "↓"], does: "Another track" },
  { keys: ["Enter"], does: "Play what is selected; with Shift next, with Ctrl at the end" },
  { keys: ["Space"], does: "Select, or not" },
  { keys: ["Shift", "↓"], does: "Select on" },
  { keys: ["Ctrl", "A"], does: "Select all" },
  { keys: ["Delete"], does: "Take out of the playlist" },
  { keys: ["Alt", "↓"], does: "Move in the playlist" },
] as const;
