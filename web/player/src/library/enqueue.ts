import type { Command } from "@tutti/sync";

/** The most that one command carries, and that a queue holds (docs/protocol.md §5, §9 code 4002). */
export const commandTracks = 500;
export const queueTracks = 1_000;

export type Manner = "play" | "next" | "end" | number;

/** The first tracks that a queue still has room for; one at least, so that a full queue is refused and not silently passed over. */
export function fitting(trackIds: readonly string[], queueLength: number): readonly string[] {
  return trackIds.slice(0, Math.max(1, queueTracks - queueLength));
}

/** The commands that bring tracks into the queue in their order, one after the other. */
export function enqueueCommands(trackIds: readonly string[], manner: Manner): readonly Command[] {
  const chunks: string[][] = [];
  for (let at = 0; at < trackIds.length; at += commandTracks) chunks.push(trackIds.slice(at, at + commandTracks));
  switch (manner) {
    case "end":
      return chunks.map((chunk) => ({ type: "queueAdd", trackIds: chunk }));
    case "next":
      // What comes first is put in last: each goes right behind the current item.
      return chunks.reverse().map((chunk) => ({ type: "queueAdd", trackIds: chunk, at: "next" }));
    case "play": {
      const [first = [], ...rest] = chunks;
      const play: Command[] = first.length > 0 ? [{ type: "play", trackIds: first }] : [];
      return [...rest.reverse().map((chunk): Command => ({ type: "queueAdd", trackIds: chunk, at: "next" })), ...play];
    }
    default:
      return chunks.map((chunk, n) => ({ type: "queueAdd", trackIds: chunk, at: manner + n * commandTracks }));
  }
}
