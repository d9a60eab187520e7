/** Waits between tries to reconnect: exponential, each drawn at random from its upper half so that many devices do not come back at once. */
export interface BackoffOptions {
  readonly firstMs: number;
  readonly mostMs: number;
}

export const defaultBackoff: BackoffOptions = { firstMs: 250, mostMs: 10_000 };

/** @param attempt 0 for the first wait @param random uniform in [0, 1) */
export function backoffMs(attempt: number, random: () => number, options: BackoffOptions = defaultBackoff): number {
  const full = Math.min(options.mostMs, options.firstMs * 2 ** Math.min(attempt, 30));
  return full / 2 + (random() * full) / 2;
}
