import { describe, expect, it } from "vitest";
import { clockText, hueOf, measure, plural, signedMs, spokenTime } from "../../src/look/format.ts";

describe("format", () => {
  it.each([
    [0, "0:00"],
    [59.99, "0:59"],
    [187, "3:07"],
    [3723, "1:02:03"],
    [-4, "0:00"],
    [Number.NaN, "0:00"],
  ])("writes %d s as %s", (seconds, text) => expect(clockText(seconds)).toBe(text));

  it.each([
    [1, "1 second"],
    [187, "3 minutes 7 seconds"],
    [60, "1 minute 0 seconds"],
  ])("speaks %d s as %s", (seconds, text) => expect(spokenTime(seconds)).toBe(text));

  it.each([
    [0.123, "+0.12 ms"],
    [-4.8, "−4.80 ms"],
    [14.26, "+14.3 ms"],
    [-212.4, "−212 ms"],
    [0.001, "0.00 ms"],
    [-0.001, "0.00 ms"],
    [null, "—"],
    [Number.NaN, "—"],
  ])("writes a sync error of %s as %s", (ms, text) => expect(signedMs(ms)).toBe(text));

  it("writes a measure that is missing as a dash", () => {
    expect(measure(undefined, "ms")).toBe("—");
    expect(measure(2.04, "ms")).toBe("2.0 ms");
  });

  it("counts in words", () => {
    expect(plural(1, "track")).toBe("1 track");
    expect(plural(12_000, "track")).toBe("12,000 tracks");
  });

  it("gives a text always the same hue", () => {
    expect(hueOf("Lantern Sessions")).toBe(hueOf("Lantern Sessions"));
    expect(hueOf("a")).not.toBe(hueOf("b"));
    expect(hueOf("")).toBeLessThan(360);
  });
});
