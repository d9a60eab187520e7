/**
 * Server time on this device: sends probes at the pace the link needs, keeps the estimate, answers "what is the server's time at this device
 * time". Probes are dense at first and ever less so, down to one each `probeIntervalMs`; a restless link gets more of them for longer, since each one is another
 * chance of a quick passage.
 */
import { OffsetEstimator, type OffsetEstimate } from "./offset-estimator.ts";

/** Probes are as far apart as this at first, ms, later as this share of the connection's age: what was seen early is soon little beside what came since. */
const FIRST_GAP_MS = 40;
const GAP_SHARE = 1 / 400;
/** Above this jitter or uncertainty the link is restless, µs. */
const RESTLESS_MICROS = 1_000;
/** Such a link gets a probe at least this often, ms. */
const RESTLESS_GAP_MS = 100;
/** How long an estimate is used before it is worked out again, ms. */
const FRESH_MS = 200;

export class RoomClock {
  private readonly estimator = new OffsetEstimator();
  private openedMs = 0;
  private lastProbeMs = Number.NEGATIVE_INFINITY;
  private nextId = 0;
  private cached: { readonly atMs: number; readonly estimate: OffsetEstimate } | null = null;

  /** @param intervalMs pace on a calm link */
  constructor(public intervalMs = 500) {}

  /** A new connection: quick probes again. */
  opened(nowMs: number): void {
    this.openedMs = nowMs;
    this.lastProbeMs = Number.NEGATIVE_INFINITY;
  }

  /** The server's clock is another one since the connection was opened. */
  serverReplaced(): void {
    this.estimator.forget(this.openedMs * 1000);
    this.cached = null;
  }

  /** The probe to send now, or null when none is due. */
  dueProbe(nowMs: number): { type: "probe"; id: number; t0: number } | null {
    if (nowMs - this.lastProbeMs < this.gapMs(nowMs) - 2) return null;
    this.lastProbeMs = nowMs;
    return { type: "probe", id: this.nextId++, t0: Math.round(nowMs * 1000) };
  }

  private gapMs(nowMs: number): number {
    const age = nowMs - this.openedMs;
    const young = Math.max(FIRST_GAP_MS, age * GAP_SHARE);
    const e = this.cached?.estimate;
    const restless = e && (e.jitterMicros > RESTLESS_MICROS || e.uncertaintyMicros > RESTLESS_MICROS);
    return Math.min(young, restless ? RESTLESS_GAP_MS : this.intervalMs);
  }

  take(reply: { readonly t0: number; readonly t1: number; readonly t2: number }, receivedMs: number): void {
    if (this.estimator.add({ t0: reply.t0, t1: reply.t1, t2: reply.t2, t3: receivedMs * 1000 })) {
      if (!this.cached || receivedMs - this.cached.atMs > FRESH_MS || this.cached.estimate.probes < 20) this.refresh(receivedMs);
    }
  }

  private refresh(nowMs: number): void {
    const estimate = this.estimator.estimate(nowMs * 1000);
    this.cached = estimate && { atMs: nowMs, estimate };
  }

  /** The newest estimate; null before the first reply. */
  get estimate(): OffsetEstimate | null {
    return this.cached?.estimate ?? null;
  }

  get uncertaintyMs(): number | null {
    return this.cached ? this.cached.estimate.uncertaintyMicros / 1000 : null;
  }

  /** Server time at a device time, µs; null while unknown. */
  serverMicrosAt(deviceMs: number): number | null {
    if (!this.cached) return null;
    const { atMs, estimate } = this.cached;
    return deviceMs * 1000 + estimate.offsetMicros + ((deviceMs - atMs) / 1000) * estimate.skewPpm;
  }
}
