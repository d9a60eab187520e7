/** What was played on one day, newest first. */
export interface PlayedDay<T> {
  /** "Today", "Yesterday", "Sat 14 Nov", with the year when it is another. */
  readonly name: string;
  readonly lines: readonly T[];
}

const thisYear = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const anyYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** The time of the day here, as 09:05; µs since the Unix epoch. */
export function timeText(micros: number): string {
  return time.format(micros / 1000);
}

/** Parts lines, newest first, by the days on which they were played here. `now` in ms since the Unix epoch. */
export function playedDays<T extends { readonly atMicros: number }>(lines: readonly T[], nowMs: number): readonly PlayedDay<T>[] {
  const days: { name: string; lines: T[] }[] = [];
  for (const line of lines) {
    const name = dayName(new Date(line.atMicros / 1000), new Date(nowMs));
    const last = days[days.length - 1];
    if (last?.name === name) last.lines.push(line);
    else days.push({ name, lines: [line] });
  }
  return days;
}

function dayName(at: Date, now: Date): string {
  // By the calendar: a day is not always 24 hours.
  const daysAgo = (count: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - count).toDateString();
  if (at.toDateString() === daysAgo(0)) return "Today";
  if (at.toDateString() === daysAgo(1)) return "Yesterday";
  // Some browsers put a comma after the weekday, some do not.
  return (at.getFullYear() === now.getFullYear() ? thisYear : anyYear).format(at).replace(",", "");
}
