import type { RoomView } from "@tutti/sync";
import { measure, signedMs } from "../look/format.ts";

export interface FigureGroup {
  readonly title: string;
  readonly figures: readonly { readonly name: string; readonly value: string }[];
}

/** Every figure that the session knows, in words. */
export function figureGroups({ connection, clock, output, state, devices, settings }: RoomView): readonly FigureGroup[] {
  const group = (title: string, ...figures: readonly (readonly [string, string])[]): FigureGroup => ({
    title,
    figures: figures.map(([name, value]) => ({ name, value })),
  });
  return [
    group(
      "Connection",
      ["Socket", connection.attempt > 0 ? `${connection.status} (try ${connection.attempt})` : connection.status],
      ["Last error", connection.error ? `${connection.error.code} ${connection.error.name}` : "none"],
      ["Round trip", measure(clock.rttMs, "ms", 2)],
      ["Round trip jitter", measure(clock.rttJitterMs, "ms", 2)],
      ["Probe interval", measure(settings?.probeIntervalMs, "ms", 0)],
    ),
    group(
      "Clock",
      ["Offset", clock.offsetMicros === null ? "—" : `${Math.round(clock.offsetMicros).toLocaleString("en")} µs`],
      ["Uncertainty", measure(clock.uncertaintyMicros, "µs", 0)],
      ["Skew", measure(clock.skewPpm, "ppm", 2)],
      ["Secure context", window.isSecureContext ? "yes" : "no"],
      ["Cross-origin isolated", window.crossOriginIsolated ? "yes" : "no"],
    ),
    group(
      "Sound",
      ["Output", output.trouble ? `${output.state} (${output.trouble})` : output.state],
      ["Sync error", signedMs(output.syncErrorMs)],
      ["Buffer", measure(output.bufferMs, "ms", 0)],
      ["Output latency", measure(output.outputLatencyMs, "ms", 1)],
      ["Rate trim", measure(output.ratePpm, "ppm", 1)],
      ["Dropouts / corrections", `${output.dropouts} / ${output.corrections}`],
    ),
    group(
      "Room",
      ["Status", state?.status ?? "—"],
      ["Version", state ? `${state.version} of ${state.epoch}` : "—"],
      ["Timeline", state ? `${state.timeline.itemId ?? "nothing"} × ${state.timeline.rate}` : "—"],
      ["Volume", state ? String(state.volume) : "—"],
      ["Queue", state ? String(state.queue.length) : "—"],
      ["Devices", String(devices.filter((device) => device.connected).length)],
    ),
  ];
}
