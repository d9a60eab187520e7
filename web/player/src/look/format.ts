/** Places and lengths in a track, as people write them: 3:07, 1:02:03. Negative and unknown times are 0:00. */
export function clockText(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const padded = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${padded}` : `${minutes}:${padded}`;
}

/** The same for a screen reader: "3 minutes 7 seconds". */
export function spokenTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = `${whole % 60} second${whole % 60 === 1 ? "" : "s"}`;
  return minutes === 0 ? rest : `${minutes} minute${minutes === 1 ? "" : "s"} ${rest}`;
}

/** A signed number of milliseconds with three significant places at most: +0.12 ms, −14 ms. Null is a dash. */
export function signedMs(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return "—";
  const size = Math.abs(ms);
  const digits = size < 10 ? 2 : size < 100 ? 1 : 0;
  const text = size.toFixed(digits);
  const sign = Number(text) === 0 ? "" : ms < 0 ? "−" : "+";
  return `${sign}${text} ms`;
}

/** An unsigned measure with its unit; null is a dash. */
export function measure(value: number | null | undefined, unit: string, digits = 1): string {
  return value === null || value === undefined || !Number.isFinite(value) ? "—" : `${value.toFixed(digits)} ${unit}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** A steady hue, 0–359, for a text: tracks without a cover get their own tint. */
export function hueOf(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return (hash >>> 0) % 360;
}
