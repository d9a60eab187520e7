import { ClaimDesk, type ClaimMessage, type ClaimWire } from "./claimDesk.ts";
import { chooseDevice, markTab, newDeviceId } from "./identity.ts";
import { platformName } from "./platformName.ts";
import { type DeviceProfile, DeviceProfiles, type Store } from "./profiles.ts";

/** Long enough for a busy tab to object, short enough not to be felt. Asked only when the browser was a device before. */
const objectionMs = 80;

/** This tab's device and the place where changes to it are kept. */
export interface ThisDevice {
  readonly profile: DeviceProfile;
  save(profile: DeviceProfile): void;
}

/** The devices that this browser is or was: each of its tabs is one. */
export function ownDeviceIds(): ReadonlySet<string> {
  return new Set(new DeviceProfiles(storage(() => localStorage)).all().map((profile) => profile.id));
}

/** Reads the browser's own storage and asks its other tabs. */
export async function thisDevice(): Promise<ThisDevice> {
  const tab = storage(() => sessionStorage);
  const profiles = new DeviceProfiles(storage(() => localStorage));
  const random = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
  const desk = new ClaimDesk(broadcast(), newDeviceId(random), () => new Promise((done) => setTimeout(done, objectionMs)));
  const profile = await chooseDevice({ profiles, tab, desk, random, platform: platformName(navigator.userAgent) });
  addEventListener("pagehide", () => markTab(tab, profile.id, false));
  addEventListener("pageshow", () => markTab(tab, profile.id, true));
  return { profile, save: (changed) => profiles.save(changed) };
}

function storage(get: () => Store): Store | null {
  try {
    return get();
  } catch {
    return null;
  }
}

function broadcast(): ClaimWire {
  if (typeof BroadcastChannel === "undefined") return { post() {}, listen() {} };
  const channel = new BroadcastChannel("tutti.devices");
  return {
    post: (message) => channel.postMessage(message),
    listen: (hear) => channel.addEventListener("message", (event: MessageEvent<ClaimMessage>) => hear(event.data)),
  };
}
