import { describe, expect, it } from "vitest";
import { ClaimDesk, type ClaimMessage, type ClaimWire } from "../../src/device/claimDesk.ts";
import { chooseDevice, markTab, newDeviceId } from "../../src/device/identity.ts";
import { DeviceProfiles, idPattern, type Store } from "../../src/device/profiles.ts";

class MemoryStore implements Store {
  readonly values = new Map<string, string>();
  getItem = (key: string) => this.values.get(key) ?? null;
  setItem = (key: string, value: string) => void this.values.set(key, value);

  copy(): MemoryStore {
    const other = new MemoryStore();
    for (const [key, value] of this.values) other.values.set(key, value);
    return other;
  }
}

/** A BroadcastChannel whose messages arrive at once. */
class Air {
  readonly #ears: { readonly hear: (message: ClaimMessage) => void; readonly wire: ClaimWire }[] = [];

  wire(): ClaimWire {
    const wire: ClaimWire = {
      post: (message) => {
        for (const ear of this.#ears) if (ear.wire !== wire) ear.hear(message);
      },
      listen: (hear) => void this.#ears.push({ hear, wire }),
    };
    return wire;
  }
}

/** One browser: its lasting storage and the air between its tabs. */
class Browser {
  readonly local = new MemoryStore();
  readonly air = new Air();
  #tabs = 0;
  #seed: number;

  constructor(seed = 1) {
    this.#seed = seed;
  }

  /** The same browser after it was closed: its storage stays, its tabs are gone. */
  restarted(): Browser {
    const other = new Browser(this.#seed);
    for (const [key, value] of this.local.values) other.local.setItem(key, value);
    return other;
  }

  open(tab: Store | null = new MemoryStore(), local: Store | null = this.local, objections = () => Promise.resolve()) {
    const desk = new ClaimDesk(this.air.wire(), `nonce${this.#tabs++}`, objections);
    const random = (bytes: Uint8Array) => {
      for (let i = 0; i < bytes.length; i++) bytes[i] = (this.#seed = (this.#seed * 75 + 74) % 65537) & 255;
    };
    return chooseDevice({ profiles: new DeviceProfiles(local), tab, desk, random, platform: "Chrome on Linux" });
  }
}

describe("device identity", () => {
  it("makes ids of 22 letters and digits, skipping bytes that would favour some", () => {
    const id = newDeviceId((bytes) => bytes.forEach((_, i) => (bytes[i] = i % 2 ? 255 : i)));
    expect(id).toMatch(idPattern);
    expect(id.startsWith("ACEG")).toBe(true);
  });

  it("is the same device after a reload", async () => {
    const browser = new Browser();
    const tab = new MemoryStore();
    const { id } = await browser.open(tab);
    markTab(tab, id, false);
    expect((await browser.open(tab)).id).toBe(id);
  });

  it("is the same device in a new tab once the first one is gone", async () => {
    const browser = new Browser();
    const first = await browser.open();
    expect(await browser.restarted().open()).toEqual(first);
  });

  it("makes a second tab a second device with a name of its own", async () => {
    const browser = new Browser();
    const [first, second, third] = [await browser.open(), await browser.open(), await browser.open()];
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    expect([first.name, second.name, third.name]).toEqual(["Chrome on Linux", "Chrome on Linux 2", "Chrome on Linux 3"]);
  });

  it("makes a duplicated tab, which has a copy of the session storage, another device", async () => {
    const browser = new Browser();
    const tab = new MemoryStore();
    const original = await browser.open(tab);
    expect((await browser.open(tab.copy())).id).not.toBe(original.id);
  });

  it("takes its id again after a crash of the tab", async () => {
    const browser = new Browser();
    const tab = new MemoryStore();
    const { id } = await browser.open(tab);
    expect((await browser.restarted().open(tab)).id).toBe(id);
  });

  it("gives two tabs that open at once two devices", async () => {
    const browser = new Browser();
    const gone = await browser.open();
    const restored = browser.restarted();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const both = Promise.all([
      restored.open(new MemoryStore(), restored.local, () => held),
      restored.open(new MemoryStore(), restored.local, () => held),
    ]);
    letGo();
    const ids = (await both).map((device) => device.id);
    expect(new Set(ids).size).toBe(2);
    expect(ids).toContain(gone.id);
  });

  it("works without any storage", async () => {
    expect((await new Browser().open(null, null)).id).toMatch(idPattern);
  });

  it("works when storage throws and when it holds rubbish", async () => {
    const forbidden: Store = {
      getItem() {
        throw new Error("denied");
      },
      setItem() {
        throw new Error("denied");
      },
    };
    expect((await new Browser().open(forbidden, forbidden)).id).toMatch(idPattern);
    const browser = new Browser();
    browser.local.setItem("tutti.devices", '[{"id":7}]');
    expect((await browser.open()).id).toMatch(idPattern);
  });

  it("keeps name and volume of a device, and no more than sixteen devices", () => {
    const store = new MemoryStore();
    const profiles = new DeviceProfiles(store);
    const id = (n: number) => `${"A".repeat(20)}${String(n).padStart(2, "0")}`;
    for (let n = 0; n < 20; n++) profiles.save({ id: id(n), name: `Tab ${n}`, gain: 1, muted: false });
    profiles.save({ id: id(19), name: "Kitchen", gain: 0.4, muted: true });
    expect(new DeviceProfiles(store).all()).toHaveLength(16);
    expect(new DeviceProfiles(store).find(id(19))).toEqual({ id: id(19), name: "Kitchen", gain: 0.4, muted: true });
  });
});
