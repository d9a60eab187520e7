/**
 * What a server accepts from a device (docs/protocol.md §2 to §6), for servers in tests. Held to the server's own reading by spec/messages.json,
 * so that a session whose frames pass here will not be refused by the real one.
 */
type Check = (value: unknown) => boolean;

const text =
  (least: number, most: number): Check =>
  (v) =>
    typeof v === "string" && v.length >= least && v.length <= most;
const whole =
  (least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): Check =>
  (v) =>
    Number.isInteger(v) && (v as number) >= least && (v as number) <= most;
const number =
  (least = -1e9, most = 1e9): Check =>
  (v) =>
    typeof v === "number" && v >= least && v <= most;
const optional =
  (check: Check): Check =>
  (v) =>
    v === undefined || v === null || check(v);
const oneOf =
  (...values: readonly unknown[]): Check =>
  (v) =>
    values.includes(v);
const list =
  (check: Check): Check =>
  (v) =>
    Array.isArray(v) && v.length >= 1 && v.length <= 500 && v.every(check);

const reference = text(1, 128);
const name: Check = (v) => text(1, 64)(v) && (v as string).trim() !== "" && !/\p{Cc}/u.test(v as string);
const words: Check = (v) => text(1, 200)(v) && (v as string).trim() !== "" && !/\p{Cc}/u.test(v as string);
const id = whole(0, Number.MAX_SAFE_INTEGER);
const flag: Check = (v) => typeof v === "boolean";
const icon: Check = (v) => typeof v === "string" && /^[a-z0-9-]{0,24}$/.test(v);
const settings: Record<string, Check> = {
  icon: optional(icon),
  volume: optional(whole(0, 100)),
  muted: optional(flag),
  trimMs: optional(number(-500, 500)),
};
const holds = (message: Record<string, unknown>, checks: Record<string, Check>) =>
  Object.entries(checks).every(([member, check]) => check(message[member]));
const device: Check = (v) => {
  const d = v as Record<string, unknown> | null;
  return (
    typeof d === "object" &&
    d !== null &&
    /^[A-Za-z0-9_-]{8,64}$/.test(String(d.id)) &&
    name(d.name) &&
    oneOf("browser", "app", "speaker", "control")(d.kind) &&
    holds(d, settings)
  );
};

const fields: Record<string, Record<string, Check>> = {
  hello: { protocol: whole(), room: text(0, 128), handover: optional(text(0, 1_048_576)) },
  probe: { id, t0: whole() },
  ready: { itemId: reference, positionMicros: whole(0) },
  report: {
    output: oneOf("off", "starting", "on"),
    syncErrorMs: optional(number()),
    bufferMs: number(0),
    rttMs: number(0),
    rttJitterMs: number(0),
    offsetMicros: number(-1e16, 1e16),
    offsetErrorMicros: number(0),
    outputLatencyMs: optional(number(0)),
    ratePpm: number(),
    dropouts: whole(0),
    embedded: optional(oneOf("youtube", "spotify")),
  },
  loaded: { itemId: reference, durationMicros: whole(1_000_000, 86_400_000_000), title: optional(words), artist: optional(words) },
  fault: { itemId: reference, code: whole(), message: text(0, 200) },
  rename: { name },
  resync: {},
  bye: {},
  play: {
    id,
    trackId: optional(reference),
    trackIds: optional(list(reference)),
    startIndex: optional(whole()),
    positionMicros: optional(whole()),
  },
  pause: { id },
  resume: { id },
  stop: { id },
  next: { id },
  previous: { id },
  queueClear: { id },
  seek: { id, positionMicros: whole() },
  changeTrack: { id, itemId: optional(reference), trackId: optional(reference) },
  volume: { id, volume: whole() },
  levelling: { id, on: flag },
  crossfade: { id, seconds: whole() },
  queueAdd: { id, trackIds: list(reference), at: (v) => v === undefined || v === "end" || v === "next" || whole()(v) },
  queueRemove: { id, itemIds: list(reference) },
  queueMove: { id, itemId: reference, toIndex: whole() },
  deviceSet: { id, deviceId: optional(reference), name: optional(name), ...settings, silent: optional(flag) },
  everywhere: { id },
  onlyHere: { id, deviceId: optional(reference) },
  handOver: { id, to: reference, from: optional(reference) },
};

export type ClientFrame = { readonly type: string } & Record<string, unknown>;

/** Protocol 2 and later may say more in a hello than we know; everything of version 1 is checked. */
function contradictory(m: ClientFrame): boolean {
  if (m.type === "hello") return m.protocol === 1 && !device(m.device);
  if (m.type === "play") return m.trackId != null && m.trackIds != null;
  if (m.type === "deviceSet") return ["name", "icon", "volume", "muted", "trimMs", "silent"].every((member) => m[member] == null);
  if (m.type === "changeTrack") return (m.itemId == null) === (m.trackId == null);
  return false;
}

/** The frame, or the number of the error that it would be answered with. */
export function readClientFrame(frame: string): ClientFrame | number {
  let message: ClientFrame;
  try {
    message = JSON.parse(frame) as ClientFrame;
  } catch {
    return 1001;
  }
  if (typeof message !== "object" || message === null || Array.isArray(message)) return 1001;
  const known = Object.hasOwn(fields, String(message.type)) ? fields[message.type] : undefined;
  if (!known) return 1002;
  return holds(message, known) && !contradictory(message) ? message : 1007;
}
