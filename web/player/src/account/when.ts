/** How long ago something was, in words; µs since the Unix epoch. */
export function agoText(micros: number, nowMicros: number): string {
  const minutes = Math.floor((nowMicros - micros) / 60e6);
  if (minutes < 10) return "now";
  if (minutes < 60) return `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours === 1 ? "an hour ago" : `${hours} hours ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "yesterday" : `${days} days ago`;
}

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const minute = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** The day of something, here; µs since the Unix epoch. */
export function dayText(micros: number): string {
  return day.format(micros / 1000);
}

/** The same, to the minute. */
export function minuteText(micros: number): string {
  return minute.format(micros / 1000);
}
