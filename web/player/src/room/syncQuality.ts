import type { DeviceReport } from "@tutti/sync";

/** How well a device keeps to the timeline, in words; colour only repeats it. */
export interface SyncQuality {
  readonly level: "good" | "fair" | "bad" | "none";
  readonly label: string;
}

/** Below this no ear hears two speakers in one room as two, ms. */
export const inTimeMs = 1;
/** From about here on a second speaker starts to sound like an echo, ms. */
export const echoMs = 15;

export function syncQuality(report: Pick<DeviceReport, "output" | "syncErrorMs"> | null): SyncQuality {
  if (!report || report.output === "off") return { level: "none", label: "No sound" };
  if (report.output === "starting") return { level: "none", label: "Starting" };
  if (report.syncErrorMs === null) return { level: "none", label: "Ready" };
  const size = Math.abs(report.syncErrorMs);
  if (size <= inTimeMs) return { level: "good", label: "In time" };
  return size <= echoMs ? { level: "fair", label: "Close" } : { level: "bad", label: "Off" };
}
