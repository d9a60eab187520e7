export * from "./messages.ts";
export type { TierChoice } from "./audio/tier.ts";
export { openRoom } from "./open-room.ts";
export * from "./session.ts";
export { positionAt, soundingAt } from "./timeline/timeline.ts";
