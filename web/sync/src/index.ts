export * from "./messages.ts";
export * from "./session.ts";
