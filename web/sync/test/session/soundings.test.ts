/** Unheard streams are opened beside the first while an output is not known yet, and only then. */
import { describe, expect, it } from "vitest";
import { eachInItsOwnWorld, playing, world } from "./setting.ts";

eachInItsOwnWorld();

const running = () => world.streams.filter((stream) => stream.state === "running").length;

describe("an output", () => {
  it("of which nothing is known is sounded by four more streams, for some seconds", async () => {
    await world.after(world.session.join(), 200);
    expect(running()).toBe(1);
    await world.run(2_000);
    expect(running()).toBe(5);
    await world.run(12_000);
    expect(world.streams).toHaveLength(5);
    expect(running()).toBe(1);
  });

  it("that is remembered is not", async () => {
    world.recalled = { ratePpm: 12, depth: { mean: 35, sigma: 0.1 } };
    await world.after(world.session.join());
    await world.run(5_000);
    expect(world.streams).toHaveLength(1);
  });

  it("of which the browser allows only two plays on with these", async () => {
    world.mostStreams = 2;
    await playing();
    await world.run(5_000);
    expect(running()).toBe(2);
    expect(world.session.view.output).toMatchObject({ sounding: true, dropouts: 0 });
  });

  it("is left in peace at once when the device leaves", async () => {
    await world.after(world.session.join());
    await world.run(2_000);
    world.session.leave();
    expect(running()).toBe(0);
    await world.run(3_000);
    expect(running()).toBe(0);
  });

  it("is played on meanwhile as if they were not there", async () => {
    await playing();
    await world.run(8_000);
    expect(world.session.view.output).toMatchObject({ sounding: true, dropouts: 0 });
  });
});
