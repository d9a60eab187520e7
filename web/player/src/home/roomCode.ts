/** What a room code may hold (docs/protocol.md §2): no letter or digit that looks like another. */
const shape = /^(?:HOME|MINE|[A-HJ-NP-Z2-9]{6})$/;

/** Rooms that are called by a word instead of a code. */
const named: Readonly<Record<string, string>> = { HOME: "Home", MINE: "My devices" };

/** Whether the code is one to hand on: six letters and digits. */
export function isHandedOn(code: string): boolean {
  return !(code in named);
}

/** What a person typed, or a whole link pasted into the field, as a code; null when it is none. */
export function readRoomCode(typed: string): string | null {
  const fromLink = /\/r\/([^/?#\s]+)/.exec(typed)?.[1] ?? typed;
  const code = fromLink.replaceAll(/[\s-]/g, "").toUpperCase();
  return shape.test(code) ? code : null;
}

/** What a room is called: by its name, or by its code when it was given none (the server then puts the code in the name's place). */
export function roomTitle(code: string, name: string | undefined): string {
  return name && name !== code ? name : (named[code] ?? `Room ${spacedCode(code)}`);
}

/** The code as it is shown: in two groups of three, easier to read out. */
export function spacedCode(code: string): string {
  return code.length === 6 ? `${code.slice(0, 3)} ${code.slice(3)}` : code;
}
