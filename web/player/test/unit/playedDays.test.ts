import { describe, expect, it } from "vitest";
import { playedDays, timeText } from "../../src/queue/playedDays.ts";

const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();
const line = (...parts: [number, number, number, number, number]) => ({ atMicros: at(...parts) * 1000 });

describe("what was played", () => {
  it("is parted by the days of the calendar, in the order given", () => {
    const lines = [
      line(2026, 0, 2, 0, 10),
      line(2026, 0, 1, 23, 50),
      line(2026, 0, 1, 0, 0),
      line(2025, 11, 31, 23, 59),
      line(2025, 11, 31, 8, 0),
    ];
    const days = playedDays(lines, at(2026, 0, 2, 1, 0));
    expect(days.map(({ name }) => name)).toEqual(["Today", "Yesterday", "31 Dec 2025"]);
    expect(days.map((day) => day.lines.length)).toEqual([1, 2, 2]);
    expect(days.flatMap((day) => day.lines)).toEqual(lines);
  });

  it("names a day of this year by its weekday", () => {
    expect(playedDays([line(2026, 10, 14, 12, 0)], at(2026, 10, 22, 12, 0))[0]?.name).toBe("Sat 14 Nov");
  });

  it("knows yesterday on the day after the clocks changed", () => {
    expect(playedDays([line(2026, 2, 29, 0, 30)], at(2026, 2, 30, 23, 30))[0]?.name).toBe("Yesterday");
  });

  it("is none without lines", () => expect(playedDays([], 0)).toEqual([]));

  it("has times of the day", () => expect(timeText(line(2026, 0, 2, 9, 5).atMicros)).toBe("09:05"));
});
