/**
 * A service's player as a simulation: it obeys late and by chance, stalls before it plays, says its place coarsely, and runs on a clock of its
 * own. What it really does is known to the test alone.
 */
import type { EmbeddedPlayer, PlayerEvents, PlayerState } from "../../src/embedded/player-port.ts";
import type { Random } from "../random.ts";
import type { VirtualTime } from "./virtual-time.ts";

export interface Manners {
  /** Rates that it can play at. */
  readonly rates: readonly number[];
  /** A command is obeyed after so long, ms … */
  readonly obeysMs: readonly [number, number];
  /** … and after a start or a jump it fetches for so long before it sounds. */
  readonly stallsMs: readonly [number, number];
  /** It says its place so often, ms. */
  readonly saysMs: number;
  readonly ppm: number;
  readonly durationSeconds: number;
  /** Number of the error that loading ends in. */
  readonly fault?: number;
}

/** What the reference of YouTube's player and common sense promise. */
export const youTubeManners: Manners = {
  ...{ rates: [0.75, 1, 1.25], obeysMs: [5, 40], stallsMs: [80, 350], saysMs: 250, ppm: 40, durationSeconds: 200 },
};
/** No rates, and every command goes to the service and back. */
export const spotifyManners: Manners = {
  ...{ rates: [1], obeysMs: [80, 160], stallsMs: [50, 150], saysMs: 200, ppm: -30, durationSeconds: 200 },
};

export class ServicePlayer implements EmbeddedPlayer {
  readonly rates: readonly number[];
  readonly calls: string[] = [];
  state: PlayerState = "loading";
  level = 1;
  shown = false;
  private seconds = 0;
  private sinceMs = 0;
  private rate = 1;
  private order = 0;
  private loading = "";
  private said = Number.NaN;

  constructor(
    private readonly time: VirtualTime,
    private readonly events: PlayerEvents,
    private readonly manners: Manners,
    private readonly random: Random,
  ) {
    this.rates = manners.rates;
    time.every(manners.saysMs, () => this.say());
  }

  /** Where it really is. */
  get trueSeconds(): number {
    const rate = this.state === "playing" ? this.rate * (1 + this.manners.ppm / 1e6) : 0;
    return this.seconds + (rate * (this.time.nowMs() - this.sinceMs)) / 1000;
  }

  load(id: string, seconds: number): void {
    this.calls.push(`load ${id} ${seconds}`);
    this.loading = id;
    this.turn("loading", seconds);
    this.after(this.manners.stallsMs, () => {
      if (this.manners.fault) return this.events.onFault(this.manners.fault, "not to be had");
      this.events.onLoaded({ durationMicros: this.manners.durationSeconds * 1e6, title: `Title of ${this.loading}` });
      this.turn("held", seconds);
    });
  }

  play(fromSeconds: number | null): void {
    this.calls.push(`play ${fromSeconds ?? ""}`);
    const order = ++this.order;
    this.after(this.manners.obeysMs, () => {
      if (order !== this.order) return;
      this.turn("waiting", fromSeconds ?? this.trueSeconds);
      this.after(this.manners.stallsMs, () => order === this.order && this.turn("playing", this.seconds));
    });
  }

  pause(): void {
    this.calls.push("pause");
    this.order++;
    this.after(this.manners.obeysMs, () => this.turn("held", this.trueSeconds));
  }

  seek(seconds: number): void {
    this.calls.push(`seek ${seconds}`);
    if (this.state === "playing") this.play(seconds);
    else this.after(this.manners.obeysMs, () => this.turn(this.state, seconds));
  }

  setRate(rate: number): void {
    this.calls.push(`rate ${rate}`);
    this.after(this.manners.obeysMs, () => {
      this.turn(this.state, this.trueSeconds);
      this.rate = rate;
    });
  }

  setVolume(level: number): void {
    this.level = level;
  }

  show(shown: boolean): void {
    this.shown = shown;
  }

  close(): void {
    this.calls.push("close");
    this.order++;
    this.turn("held", this.trueSeconds);
  }

  /** It cannot go on. */
  fails(code: number): void {
    this.order++;
    this.seconds = this.trueSeconds;
    this.state = "loading";
    this.events.onFault(code, "no further");
  }

  /** It stops to fetch, or to show something else, and then goes on where it was. */
  stall(ms: number): void {
    const order = ++this.order;
    this.turn("waiting", this.trueSeconds);
    this.time.world.after(ms, () => order === this.order && this.turn("playing", this.seconds));
  }

  private turn(state: PlayerState, seconds: number): void {
    this.seconds = seconds;
    this.sinceMs = this.time.nowMs();
    const changed = this.state !== state;
    this.state = state;
    if (changed && state !== "loading") this.events.onState(state, this.time.nowMs());
  }

  private say(): void {
    if (this.state === "loading" || this.trueSeconds === this.said) return;
    this.said = this.trueSeconds;
    this.events.onPlace(this.said, this.time.nowMs());
  }

  private after([least, most]: readonly [number, number], callback: () => void): void {
    this.time.world.after(this.random.between(least, most), callback);
  }
}
