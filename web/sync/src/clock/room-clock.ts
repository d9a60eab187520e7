/**
 * Server time on this device: sends probes at the pace the link needs, keeps the estimate, answers "what is the server's time at this device
 * time". A calm link gets a probe each `probeIntervalMs`; a restless one more, since each one is another chance of a quick passage.
 */
import { OffsetEstimator, type OffsetEstimate } from "./offset-estimator.ts";

/** Probes at the opening: one each 40 ms for a second and a half. */
const BURST_MS = 1_500;
const BURST_GAP_MS = 40;
/** Above this jitter or uncertainty the link is restless, µs. */
const RESTLESS_MICROS = 1_000;
const RESTLESS_GAP_MS = 60;
const RESTLESS_GAP_LATER_MS = 100;
const RESTLESS_FOR_MS = 20_000;
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
    if (age < BURST_MS) return BURST_GAP_MS;
    const e = this.cached?.estimate;
    if (e && (e.jitterMicros > RESTLESS_MICROS || e.uncertaintyMicros > RESTLESS_MICROS)) {
      return age < RESTLESS_FOR_MS ? RESTLESS_GAP_MS : RESTLESS_GAP_LATER_MS;
    }
    return this.intervalMs;
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
