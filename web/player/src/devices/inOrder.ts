import type { Device, RoomView } from "@tutti/sync";

/** This device first, with its own figures of this moment; then those with sound, those without, and the ones that are away. */
export function inOrder(view: Pick<RoomView, "devices" | "deviceId" | "output">): readonly Device[] {
  const rank = (device: Device) =>
    device.id === view.deviceId ? 0 : !device.connected ? 3 : device.report && device.report.output !== "off" ? 1 : 2;
  return view.devices
    .map((device) => (device.id === view.deviceId ? withOwnFigures(device, view) : device))
    .toSorted((a, b) => rank(a) - rank(b) || a.joinedMicros - b.joinedMicros || a.id.localeCompare(b.id));
}

/** The server hands reports round once or twice a second; for itself a device knows better. */
function withOwnFigures(device: Device, { output }: Pick<RoomView, "output">): Device {
  if (!device.report) return device;
  const { state, syncErrorMs, bufferMs, outputLatencyMs, ratePpm, dropouts } = output;
  return { ...device, report: { ...device.report, output: state, syncErrorMs, bufferMs, outputLatencyMs, ratePpm, dropouts } };
}
