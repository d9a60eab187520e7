/** The keys of the room page and what they do, in the order in which the help lists them. */
export const shortcuts = [
  { keys: ["Space"], action: "toggle", does: "Play or pause" },
  { keys: ["n"], action: "next", does: "Next track" },
  { keys: ["p"], action: "previous", does: "Previous track" },
  { keys: ["←"], action: "back", does: "Back 5 seconds" },
  { keys: ["→"], action: "forward", does: "Forward 5 seconds" },
  { keys: ["↑"], action: "louder", does: "Louder in the whole room" },
  { keys: ["↓"], action: "softer", does: "Softer in the whole room" },
  { keys: ["m"], action: "mute", does: "Mute this device" },
  { keys: ["/"], action: "search", does: "Search the library" },
  { keys: ["?"], action: "help", does: "Show these shortcuts" },
] as const;

export type ShortcutAction = (typeof shortcuts)[number]["action"];

/** The part of a key press that matters. `target` is what has the focus. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly target: FocusKind;
}

/** text: keys write. control: it has a use of its own for Space and arrows. none: the page. */
export type FocusKind = "text" | "control" | "none";

const byKey: Readonly<Record<string, ShortcutAction>> = {
  " ": "toggle",
  n: "next",
  p: "previous",
  ArrowLeft: "back",
  ArrowRight: "forward",
  ArrowUp: "louder",
  ArrowDown: "softer",
  m: "mute",
  "/": "search",
  "?": "help",
};

export function shortcutFor(press: KeyPress): ShortcutAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.target === "text") return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.target === "control" && (key === " " || key.startsWith("Arrow"))) return null;
  return byKey[key] ?? null;
}

/** What kind of thing has the focus. A slider keeps its arrows, a button its Space, a field everything. */
export function focusKind(
  element: { readonly tagName: string; readonly type?: string; readonly isContentEditable?: boolean } | null,
): FocusKind {
  if (!element) return "none";
  if (element.isContentEditable) return "text";
  switch (element.tagName) {
    case "TEXTAREA":
    case "SELECT":
      return "text";
    case "INPUT":
      return element.type === "range" || element.type === "checkbox" ? "control" : "text";
    case "BUTTON":
    case "A":
    case "SUMMARY":
    case "CANVAS":
      return "control";
    default:
      return "none";
  }
}
