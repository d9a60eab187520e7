import type { ClaimDesk } from "./claimDesk.ts";
import { type DeviceProfile, type DeviceProfiles, idPattern, readJson, type Store, writeJson } from "./profiles.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const tabKey = "tutti.device";

/** 22 characters of A–Z a–z 0–9: 131 bits. Bytes past the largest multiple of 62 are drawn again, so that all letters are equally likely. */
export function newDeviceId(random: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  let id = "";
  const bytes = new Uint8Array(32);
  while (id.length < 22) {
    random(bytes);
    for (const byte of bytes) if (byte < 248 && id.length < 22) id += alphabet[byte % 62];
  }
  return id;
}

/** What a tab keeps of itself across reloads. `open` tells a reload (the page said goodbye) from a duplicated tab (it did not). */
interface TabRecord {
  readonly id: string;
  readonly open: boolean;
}

export interface IdentitySources {
  readonly profiles: DeviceProfiles;
  /** The tab's own storage. A duplicated tab gets a copy of it. */
  readonly tab: Store | null;
  readonly desk: ClaimDesk;
  readonly random: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly platform: string;
}

/**
 * The device that this tab is: the same one after a reload, one that the browser was before when no other tab is it now, else a new one.
 */
export async function chooseDevice(sources: IdentitySources): Promise<DeviceProfile> {
  const { profiles, tab, desk, random } = sources;
  const mine = readJson(tab, tabKey, isTabRecord);
  let id: string | undefined;
  if (mine && !mine.open) {
    desk.hold(mine.id);
    id = mine.id;
  } else {
    const known = new Set([...(mine ? [mine.id] : []), ...profiles.all().map((profile) => profile.id)]);
    for (const candidate of known) {
      if (await desk.claim(candidate)) {
        id = candidate;
        break;
      }
    }
  }
  id ??= newDeviceId(random);
  desk.hold(id);
  markTab(tab, id, true);
  const profile = profiles.find(id) ?? { id, name: freeName(sources.platform, profiles.all()), gain: 1, muted: false };
  profiles.save(profile);
  return profile;
}

/** Notes whether the tab shows the page now; to be called when the page hides for good and when it comes back. */
export function markTab(tab: Store | null, id: string, open: boolean): void {
  writeJson(tab, tabKey, { id, open } satisfies TabRecord);
}

function freeName(platform: string, taken: readonly DeviceProfile[]): string {
  const names = new Set(taken.map((profile) => profile.name));
  let name = platform;
  for (let n = 2; names.has(name); n++) name = `${platform} ${n}`;
  return name;
}

function isTabRecord(value: unknown): value is TabRecord {
  if (typeof value !== "object" || value === null) return false;
  const { id, open } = value as Record<string, unknown>;
  return typeof id === "string" && idPattern.test(id) && typeof open === "boolean";
}
