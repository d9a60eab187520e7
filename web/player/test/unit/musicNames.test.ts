import { describe, expect, it } from "vitest";
import vectors from "../../../../spec/music-names.json";
import { isMusicName } from "../../src/library/uploads/droppedFiles.ts";

describe("music by its name, as the server has it", () => {
  it.each(vectors.map(({ name, input, expect }) => [name, input.file, expect.music] as const))("%s", (_, file, music) => {
    expect(isMusicName(file)).toBe(music);
  });
});
