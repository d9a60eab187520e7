import type { TierChoice } from "@tutti/sync";

/** What this browser remembers of one of its devices (a tab is a device). */
export interface DeviceProfile {
  readonly id: string;
  readonly name: string;
  /** This device's own volume, 0–1. */
  readonly gain: number;
  readonly muted: boolean;
  /** Name of a picture; null: that of a browser. */
  readonly icon?: string | null;
  /** How much later its sound comes out than it knows, ms. */
  readonly trimMs?: number;
  /** Which copy of the sound it fetches; missing: as the link allows. */
  readonly tier?: TierChoice;
}

/** The part of `Storage` that is used; both kinds throw when the browser forbids them. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const key = "tutti.devices";
const kept = 16;

/** The browser's devices, oldest first, in lasting storage; in memory where that is forbidden. */
export class DeviceProfiles {
  readonly #store: Store | null;
  #memory: readonly DeviceProfile[] = [];

  constructor(store: Store | null) {
    this.#store = store;
  }

  all(): readonly DeviceProfile[] {
    return readJson(this.#store, key, isProfileList) ?? this.#memory;
  }

  find(id: string): DeviceProfile | undefined {
    return this.all().find((profile) => profile.id === id);
  }

  save(profile: DeviceProfile): void {
    const others = this.all();
    const at = others.findIndex((other) => other.id === profile.id);
    this.#memory = at < 0 ? [...others, profile].slice(-kept) : others.with(at, profile);
    writeJson(this.#store, key, this.#memory);
  }
}

/** Null when absent, unreadable or not of the expected shape: remembered things are never worth a broken page. */
export function readJson<T>(store: Store | null, name: string, fits: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(store?.getItem(name) ?? "null");
    return fits(value) ? value : null;
  } catch {
    return null;
  }
}

export function writeJson(store: Store | null, name: string, value: unknown): void {
  try {
    store?.setItem(name, JSON.stringify(value));
  } catch {
    // Full or forbidden: the page goes on with what it has in memory.
  }
}

function isProfileList(value: unknown): value is readonly DeviceProfile[] {
  return Array.isArray(value) && value.every(isProfile);
}

function isProfile(value: unknown): value is DeviceProfile {
  if (typeof value !== "object" || value === null) return false;
  const { id, name, gain, muted } = value as Record<string, unknown>;
  return typeof id === "string" && idPattern.test(id) && typeof name === "string" && typeof gain === "number" && typeof muted === "boolean";
}

export const idPattern = /^[A-Za-z0-9]{22}$/;
