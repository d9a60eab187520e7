import { type Command, CommandError, type Notice, openRoom, type RoomSession, type RoomView } from "@tutti/sync";
import type { ThisDevice } from "../device/thisDevice.ts";
import { Toasts } from "../look/toasts.svelte.ts";
import { fetchTracks } from "../server/api.ts";
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

  #view = $state.raw<RoomView>() as RoomView;
  /** When the view was taken, performance.now() ms. */
  viewAtMs = $state.raw(0);
  profile = $state.raw() as ThisDevice["profile"];

  readonly state = $derived.by(() => this.view.state);
  readonly current = $derived.by(() => currentItem(this.state));
  readonly joined = $derived.by(() => this.view.output.state !== "off");

  constructor(code: string, device: ThisDevice) {
    this.code = code;
    this.#device = device;
    this.profile = device.profile;
    this.session = openRoom({ room: code, device: { id: device.profile.id, name: device.profile.name, kind: "browser" } });
    this.#take(this.session.view);
    this.session.subscribe((view) => this.#take(view));
    this.#applyGain();
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
    if (!item) return;
    const target = this.session.positionMicros() + seconds * 1e6;
    await this.send({ type: "seek", positionMicros: Math.round(Math.max(0, Math.min(item.track.durationMicros - 1, target))) });
  }

  setVolume(volume: number): Promise<boolean> {
    return this.send({ type: "volume", volume: Math.round(Math.max(0, Math.min(100, volume))) });
  }

  setGain(gain: number): void {
    this.#save({ ...this.profile, gain, muted: false });
  }

  toggleMute(): void {
    this.#save({ ...this.profile, muted: !this.profile.muted });
  }

  rename(name: string): void {
    const clean = name.trim().slice(0, 64);
    if (!clean || clean === this.profile.name) return;
    this.session.rename(clean);
    this.#save({ ...this.profile, name: clean });
  }

  close(): void {
    this.session.close();
  }

  #save(profile: ThisDevice["profile"]): void {
    this.profile = profile;
    this.#device.save(profile);
    this.#applyGain();
  }

  #applyGain(): void {
    // The square that the room's volume has too: halfway on the slider is halfway to the ear.
    this.session.setLocalGain(this.profile.muted ? 0 : this.profile.gain ** 2);
  }

  #take(view: RoomView): void {
    this.#view = view;
    this.viewAtMs = performance.now();
    for (const notice of view.notices) this.#announce(notice);
  }

  #announce(notice: Notice): void {
    const key = `${notice.atMicros} ${notice.code} ${notice.message}`;
    // A room that is not there gets a page of its own.
    if (this.#seen.has(key) || notice.code === 2001) return;
    this.#seen.add(key);
    this.toasts.add(notice.level, notice.message);
  }
}

export function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
