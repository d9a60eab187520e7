import {
  type Command,
  CommandError,
  type Device,
  type DeviceChange,
  type Notice,
  openRoom,
  type Right,
  type RoomSession,
  type RoomView,
  type TierChoice,
} from "@tutti/sync";
import type { ThisDevice } from "../device/thisDevice.ts";
import type { ServiceScreen } from "../embedded/serviceScreen.svelte.ts";
import { said } from "../look/said.ts";
import { Toasts } from "../look/toasts.svelte.ts";
import { fetchTracks } from "../server/api.ts";
import { hasOwnPage } from "./banner.ts";
import { paced } from "./paced.ts";
import { type Doing, mayDo, refusalText, rightsFor } from "./rights.ts";
import { currentItem, toggleCommand } from "./transport.ts";

/** How many tracks Play puts into an empty queue. */
const firstQueue = 100;

/** One room as the page sees it: the session's view as reactive state, and commands whose refusals are said out loud. */
export class LiveRoom {
  readonly code: string;
  readonly session: RoomSession;
  readonly toasts = new Toasts();
  readonly #device: ThisDevice;
  readonly #seen = new Set<string>();
  #sliding = false;
  readonly #sendGain: (volume: number) => void;

  #view = $state.raw<RoomView>() as RoomView;
  /** When the view was taken, performance.now() ms. */
  viewAtMs = $state.raw(0);
  /** The players of services on this page; null until the first is needed. */
  screen = $state.raw<ServiceScreen | null>(null);
  profile = $state.raw() as ThisDevice["profile"];

  readonly state = $derived.by(() => this.view.state);
  readonly current = $derived.by(() => currentItem(this.state));
  /** The person here as a member of the room; null where there are none, and before the room has answered. Views come four times a second, this stays. */
  readonly me = $derived.by(() => this.own?.memberId ?? null);
  readonly joined = $derived.by(() => this.view.output.state !== "off");

  constructor(code: string, device: ThisDevice) {
    this.code = code;
    this.#device = device;
    this.profile = device.profile;
    const send = paced(100, async (volume: number) => {
      await this.setDevice(this.profile.id, { volume, muted: false });
      this.#sliding = false;
    });
    this.#sendGain = (volume) => {
      this.#sliding = true;
      send(volume);
    };
    const { id, name, gain, muted, icon, trimMs } = device.profile;
    this.session = openRoom({
      room: code,
      device: { id, name, kind: "browser", volume: Math.round(gain * 100), muted, icon: icon ?? "", trimMs: trimMs ?? 0 },
      openPlayer: async (service, events) => (await this.#serviceScreen()).open(service, events),
    });
    this.#take(this.session.view);
    this.session.subscribe((view) => this.#take(view));
    this.session.setTier(this.profile.tier ?? "auto");
  }

  get view(): RoomView {
    return this.#view;
  }

  get online(): boolean {
    return this.view.connection.status === "open";
  }

  /** MUST be called inside a user gesture. */
  join(): void {
    this.session.join().catch((error: unknown) => this.toasts.add("error", `No sound: ${said(error)}`));
  }

  async send(command: Command, done?: string): Promise<boolean> {
    try {
      await this.session.command(command);
      if (done) this.toasts.add("info", done);
      return true;
    } catch (error) {
      this.toasts.add(error instanceof CommandError && error.code > 0 && error.code < 5000 ? "warning" : "error", said(error));
      return false;
    }
  }

  /** Play or pause. With an empty queue it starts with the library, so that a first visit needs one press. */
  async toggle(): Promise<void> {
    const command = toggleCommand(this.state);
    if (command) {
      await this.send(command);
      return;
    }
    try {
      const tracks = (await fetchTracks("", 0, firstQueue)).tracks.filter((track) => track.playable);
      if (tracks.length === 0) this.toasts.add("info", "There is no music in the library yet.");
      else await this.send({ type: "play", trackIds: tracks.map((track) => track.id) });
    } catch (error) {
      this.toasts.add("error", said(error));
    }
  }

  async seekBy(seconds: number): Promise<void> {
    const item = this.current;
    if (!item || item.track.live) return;
    const target = this.session.positionMicros() + seconds * 1e6;
    await this.send({ type: "seek", positionMicros: Math.round(Math.max(0, Math.min(item.track.durationMicros - 1, target))) });
  }

  setVolume(volume: number): Promise<boolean> {
    return this.send({ type: "volume", volume: Math.round(Math.max(0, Math.min(100, volume))) });
  }

  /** Which copy of the sound this browser fetches; remembered. */
  setTier(choice: TierChoice): void {
    this.#save({ ...this.profile, tier: choice });
    this.session.setTier(choice);
  }

  setGain(gain: number): void {
    this.#save({ ...this.profile, gain, muted: false });
    this.#sendGain(Math.round(gain * 100));
  }

  toggleMute(): void {
    this.#save({ ...this.profile, muted: !this.profile.muted });
    void this.setDevice(this.profile.id, { muted: this.profile.muted });
  }

  /** Sets something of a device, this one or another. */
  setDevice(deviceId: string, change: DeviceChange): Promise<boolean> {
    return this.send({ type: "deviceSet", deviceId, ...change });
  }

  /** This device as the room knows it. */
  get own(): Device | undefined {
    return this.view.devices.find((device) => device.id === this.view.deviceId);
  }

  /** Whether the person here may set this device: in an open room every one, else their own. */
  maySet(device: Device): boolean {
    return !this.state?.room.rules || (device.memberId !== null && device.memberId === this.own?.memberId);
  }

  may(right: Right): boolean {
    return mayDo(right, this.state, this.me);
  }

  /** Why the person here may not do what takes these rights, in words; null when they may. */
  whyNot(...rights: readonly Right[]): string | null {
    return refusalText(rights, this.state, this.me);
  }

  /** Why the person here may not do this now, in words; null when they may. */
  whyNotDo(doing: Doing): string | null {
    return this.whyNot(...rightsFor(doing, this.state));
  }

  /** Whether the person here may do this now; why not is said out loud, as a key has no button that could be grey. */
  lets(doing: Doing): boolean {
    return this.permits(...rightsFor(doing, this.state));
  }

  /** The same for what takes these rights. */
  permits(...rights: readonly Right[]): boolean {
    const why = this.whyNot(...rights);
    if (why !== null) this.toasts.add("warning", why);
    return why === null;
  }

  close(): void {
    this.session.close();
  }

  async #serviceScreen(): Promise<ServiceScreen> {
    const { ServiceScreen } = await import("../embedded/serviceScreen.svelte.ts");
    this.screen ??= new ServiceScreen();
    return this.screen;
  }

  #save(profile: ThisDevice["profile"]): void {
    this.profile = profile;
    this.#device.save(profile);
  }

  /** What the room says of this device outlives the page, also in other rooms. */
  #remember({ name, icon, volume, muted, trimMs }: Device): void {
    const known = this.profile;
    // A slider under the finger is ahead of the room; the list that follows the last answer agrees with it.
    const gain = Math.round(known.gain * 100) === volume || this.#sliding ? known.gain : volume / 100;
    if (known.name === name && known.icon === icon && known.gain === gain && known.muted === muted && known.trimMs === trimMs) return;
    this.#save({ ...known, name, icon, gain, muted, trimMs });
  }

  #take(view: RoomView): void {
    const before = this.#view?.devices;
    this.#view = view;
    const own = this.own;
    if (own && view.devices !== before) this.#remember(own);
    this.viewAtMs = performance.now();
    // Put out, or replaced by another tab: the room is over here, and so is its sound.
    if (view.connection.status === "closed" && view.output.state !== "off") this.session.leave();
    for (const notice of view.notices) this.#announce(notice);
  }

  #announce(notice: Notice): void {
    const key = `${notice.atMicros} ${notice.code} ${notice.message}`;
    if (this.#seen.has(key) || hasOwnPage(notice.code)) return;
    this.#seen.add(key);
    this.toasts.add(notice.level, notice.message);
  }
}
