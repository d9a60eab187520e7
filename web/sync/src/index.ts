export * from "./messages.ts";
export type { TierChoice } from "./audio/tier.ts";
export type { EmbeddedPlayer, OpenPlayer, PlayerEvents, PlayerState } from "./embedded/player-port.ts";
export { openRoom } from "./open-room.ts";
export * from "./session.ts";
export { positionAt, soundingAt } from "./timeline/timeline.ts";
