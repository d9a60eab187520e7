import { describe, expect, it } from "vitest";
import { readLearnt, writeLearnt } from "../../src/audio/learnt-output.ts";

describe("what was learnt of an output", () => {
  it("is read as it was written", () => {
    const learnt = { ratePpm: -12.5, depth: { mean: 85.25, sigma: 0.125 } };
    expect(readLearnt(writeLearnt(learnt))).toEqual(learnt);
    expect(readLearnt(writeLearnt({ ratePpm: null, depth: null }))).toEqual({ ratePpm: null, depth: null });
  });

  it.each([null, "", "12.5", "null", "[1", '"text"'])("is nothing when %s was kept", (text) => {
    expect(readLearnt(text)?.depth ?? null).toBeNull();
    expect(readLearnt(text)?.ratePpm ?? null).toBeNull();
  });

  it.each([
    ["a rate that no crystal has", '{"ratePpm":900,"depthMs":80,"depthDoubtMs":0.1}', { ratePpm: null, depth: { mean: 80, sigma: 0.1 } }],
    ["a depth that is none", '{"ratePpm":3,"depthMs":-4,"depthDoubtMs":0.1}', { ratePpm: 3, depth: null }],
    ["a depth without its doubt", '{"ratePpm":3,"depthMs":80}', { ratePpm: 3, depth: null }],
    ["text for numbers", '{"ratePpm":"3","depthMs":"80","depthDoubtMs":"1"}', { ratePpm: null, depth: null }],
  ])("leaves out %s", (_, text, learnt) => {
    expect(readLearnt(text)).toEqual(learnt);
  });
});
