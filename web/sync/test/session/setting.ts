/** Every test of a session has a world of its own, and all that the session said in it must have been fit for the real server. */
import { afterEach, beforeEach, expect, vi } from "vitest";
import { SessionWorld } from "../world/session-world.ts";

/** How far the young output clock may be off, ms. */
export const NEAR_MS = 0.6;

/** The world of the running test. */
export let world: SessionWorld;

/** Call once in a test file. */
export function eachInItsOwnWorld(): void {
  beforeEach(() => {
    world = new SessionWorld();
  });
  afterEach(() => {
    world.session.close();
    expect(world.server.refusedFrames).toEqual([]);
    vi.unstubAllGlobals();
  });
}

/** Joined, and playing for a while. */
export async function playing(): Promise<void> {
  await world.run(500);
  await world.after(world.session.join(), 1_000);
  await world.after(world.session.command({ type: "play" }), 5_000);
}
