/**
 * Keeps the players of services on the room's timeline: one player for each service, opened when its first track comes near. The engine is
 * silent meanwhile. Server times in µs, device times in ms, places in s of the service's own count.
 */
import type { EmbeddedService, QueueItem, RoomState, Timeline } from "../messages.ts";
import { anew, blank, type Followed, type FollowMemory, type FollowStep, follow } from "./follow.ts";
import { type Place, PlaceEstimate } from "./place-estimate.ts";
import type { DeckMoment, DeckNews, DeckView, EmbeddedPlayer, OpenPlayer, PlayerState } from "./player-port.ts";
import { positionAt } from "../timeline/timeline.ts";
import { TimelineBook } from "./timeline-book.ts";

/** The next track is got ready this long before its turn, µs. */
const AHEAD_MICROS = 20_000_000;
/** A pause is not asked for again sooner. */
const PAUSE_REST_MS = 800;
/** A command is obeyed within this, ms. */
const DEAF_MS = 600;
/** A timeline that goes on within this of the one before is the same course, µs. */
const SAME_COURSE_MICROS = 50_000;
const PLAYER_UNAVAILABLE = 5210;
const SIGN_IN_NEEDED = 5212;

interface Track {
  readonly item: QueueItem;
  readonly service: EmbeddedService;
  readonly startSeconds: number;
}

/** One service's player and what is known of it. */
interface Seat {
  player: EmbeddedPlayer | null;
  opening: boolean;
  loaded: Track | null;
  /** Where the track is to be got ready, s. */
  startSeconds: number;
  state: PlayerState;
  /** Where it stands while it is held. */
  heldSeconds: number | null;
  readonly estimate: PlaceEstimate;
  /** What it says of its place before this device time may be from before the last command, ms. */
  deafUntilMs: number;
  memory: FollowMemory;
  level: number;
  shown: boolean;
  /** The start for which it failed, and by what number; another start is another try. */
  failed: { readonly attempt: string; readonly code: number } | null;
  /** Because of what it is told now. */
  facts: string | null;
}

export class EmbeddedDeck {
  private readonly seats = new Map<EmbeddedService, Seat>();
  private readonly book = new TimelineBook();
  private state: RoomState | null = null;
  private inForce: Timeline | null = null;
  private readyFor: string | null = null;
  private closed = false;
  private current: DeckView | null = null;

  constructor(
    private readonly openPlayer: OpenPlayer,
    private readonly news: DeckNews,
  ) {}

  setState(state: RoomState): void {
    if (this.state && this.state.epoch !== state.epoch) this.book.clear();
    this.state = state;
    this.book.add(state.timeline);
  }

  get view(): DeckView | null {
    return this.current;
  }

  /** Looks, and does what is due; call every 20 ms or so. */
  tick({ nowMs, nowMicros, level }: DeckMoment): void {
    const { state } = this;
    if (!state || nowMicros === null || this.closed) return;
    this.book.forget(nowMicros - 10e6);
    this.noteTimeline(this.book.inForce(nowMicros));
    const due = this.book.at(state.queue, nowMicros);
    const dueTrack = trackOf(state.queue.find((i) => i.id === due?.itemId));
    const wanted = this.wantedTrack(state, dueTrack, nowMicros);
    if (wanted) this.load(wanted, this.startOf(state, wanted, due?.itemId === wanted.item.id ? due.positionMicros : 0));
    this.current = null;
    for (const [service, seat] of this.seats) {
      const isDue = due !== null && dueTrack !== null && seat.loaded?.item.id === dueTrack.item.id;
      this.steer(seat, isDue ? dueTrack : null, nowMs, nowMicros);
      if (seat.player && seat.level !== level) seat.player.setVolume((seat.level = level));
      // Who is to sign in must be able to, also when the room has passed over what asked for it.
      const asks = seat.failed?.code === SIGN_IN_NEEDED && !due?.moving;
      const shown = seat.loaded !== null && (wanted?.service === service || dueTrack?.service === service || asks);
      if (seat.player && seat.shown !== shown) seat.player.show((seat.shown = shown));
      if (isDue) this.current = this.viewOf(service, seat, nowMs, dueTrack, due);
    }
    this.announceReady(state);
  }

  /** Silence, as long as nothing is asked: the output was turned off. */
  rest(): void {
    for (const seat of this.seats.values()) {
      if (seat.state === "playing" || seat.state === "waiting") seat.player?.pause();
      if (seat.shown) seat.player?.show((seat.shown = false));
    }
    this.current = null;
  }

  close(): void {
    this.closed = true;
    for (const seat of this.seats.values()) seat.player?.close();
    this.seats.clear();
  }

  /** A jump or a halt of the room is obeyed at once, whatever was being waited for. */
  private noteTimeline(inForce: Timeline | null): void {
    const before = this.inForce;
    if (before === inForce) return;
    this.inForce = inForce;
    if (!before || !inForce || before.rate === 0) return;
    const goesOn =
      inForce.rate === 1 &&
      inForce.itemId === before.itemId &&
      Math.abs(positionAt(before, inForce.atMicros) - inForce.positionMicros) < SAME_COURSE_MICROS;
    if (goesOn) return;
    for (const seat of this.seats.values()) seat.memory = anew(seat.memory);
  }

  /** The track that a player should have: what the room gets ready for, else what it is in, else what comes soon. */
  private wantedTrack(state: RoomState, dueTrack: Track | null, nowMicros: number): Track | null {
    const pending = trackOf(state.queue.find((i) => i.id === state.pending?.itemId));
    if (pending || dueTrack) return pending ?? dueTrack;
    const sounding = this.book.at(state.queue, nowMicros + AHEAD_MICROS);
    return sounding?.moving ? trackOf(state.queue.find((i) => i.id === sounding.itemId)) : null;
  }

  /** Where in the service's track it should be got ready, s. */
  private startOf(state: RoomState, track: Track, positionMicros: number): number {
    const { pending } = state;
    return track.startSeconds + (pending?.itemId === track.item.id ? pending.positionMicros : positionMicros) / 1e6;
  }

  private load(track: Track, seconds: number): void {
    const seat = this.seatOf(track.service);
    const isAnotherTry = this.state?.pending?.itemId === track.item.id && seat.failed?.attempt !== nameOf(this.state, track);
    if (seat.failed !== null && isAnotherTry) seat.loaded = null;
    if (seat.loaded?.item.id === track.item.id) {
      seat.loaded = track;
      return;
    }
    seat.loaded = track;
    seat.state = "loading";
    seat.failed = null;
    seat.facts = null;
    this.forgetPlace(seat);
    seat.memory = { ...blank, startLate: seat.memory.startLate, seekLate: seat.memory.seekLate };
    seat.startSeconds = seconds;
    if (seat.player) seat.player.load(track.item.track.embedded?.id ?? "", seconds);
    else if (!seat.opening) this.open(track.service, seat);
  }

  private seatOf(service: EmbeddedService): Seat {
    let seat = this.seats.get(service);
    if (!seat) {
      seat = {
        ...{
          player: null,
          opening: false,
          loaded: null,
          startSeconds: 0,
          state: "loading",
          heldSeconds: null,
          estimate: new PlaceEstimate(),
          deafUntilMs: 0,
        },
        ...{ memory: blank, level: -1, shown: false, failed: null, facts: null },
      };
      this.seats.set(service, seat);
    }
    return seat;
  }

  private open(service: EmbeddedService, seat: Seat): void {
    seat.opening = true;
    const events = {
      onState: (state: PlayerState) => this.onState(seat, state),
      onPlace: (at: number, atMs: number) => {
        if (seat.state === "playing" && seat.memory.rateUntilMs === null && atMs >= seat.deafUntilMs) seat.estimate.add(at, atMs);
        seat.heldSeconds = at;
      },
      onLoaded: (facts: Parameters<DeckNews["loaded"]>[1]) => {
        const name = `${seat.loaded?.item.id} ${JSON.stringify(facts)}`;
        if (!seat.loaded || seat.facts === name) return;
        seat.facts = name;
        this.news.loaded(seat.loaded.item.id, facts);
      },
      onFault: (code: number, message: string) => this.onFault(seat, code, message),
    };
    this.openPlayer(service, events).then(
      (player) => {
        if (this.closed) return player.close();
        seat.opening = false;
        seat.player = player;
        player.load(seat.loaded?.item.track.embedded?.id ?? "", seat.startSeconds);
      },
      (error: unknown) => {
        // The next track, or another start of this one, tries again.
        seat.opening = false;
        this.onFault(seat, PLAYER_UNAVAILABLE, error instanceof Error ? error.message : String(error));
      },
    );
  }

  private onState(seat: Seat, state: PlayerState): void {
    if (seat.state === state) return;
    seat.state = state;
    // It goes on after all: somebody pressed what it had asked for, or has signed in.
    if (state === "playing" || (state === "held" && seat.failed?.code === SIGN_IN_NEEDED)) seat.failed = null;
    this.forgetPlace(seat);
  }

  private forgetPlace(seat: Seat): void {
    seat.estimate.reset();
    seat.heldSeconds = null;
  }

  private onFault(seat: Seat, code: number, message: string): void {
    if (!seat.loaded || seat.failed !== null) return;
    seat.failed = { attempt: nameOf(this.state, seat.loaded), code };
    this.news.fault(seat.loaded.item.id, code, message.slice(0, 200));
  }

  /** @param due the track that the timeline is in, when it is the one that this player has */
  private steer(seat: Seat, due: Track | null, nowMs: number, nowMicros: number): void {
    const { player, memory } = seat;
    if (!player || !seat.loaded) return;
    if (!due) {
      // Something else sounds, or this one's turn is still to come.
      if ((seat.state !== "playing" && seat.state !== "waiting") || nowMs < memory.restUntilMs) return;
      player.pause();
      seat.memory = { ...anew(memory), restUntilMs: nowMs + PAUSE_REST_MS };
      return;
    }
    if (seat.failed !== null) return;
    const situation = {
      nowMs,
      due: this.followedAt(due, nowMicros),
      soon: this.followedAt(due, nowMicros + memory.startLate * 1e6),
      state: seat.state,
      place: this.placeOf(seat, nowMs),
      rates: player.rates,
    };
    const following = follow(situation, memory);
    seat.memory = following.memory;
    if (memory.rateUntilMs !== null && following.memory.rateUntilMs === null && following.step.kind !== "rate") player.setRate(1);
    if (following.step.kind !== "none") seat.deafUntilMs = nowMs + DEAF_MS;
    this.perform(player, seat, following.step);
  }

  private perform(player: EmbeddedPlayer, seat: Seat, step: FollowStep): void {
    if (step.kind === "none") return;
    // Whatever was read before is of another course.
    this.forgetPlace(seat);
    if (step.kind === "play") player.play(step.fromSeconds);
    else if (step.kind === "pause") player.pause();
    else if (step.kind === "seek") player.seek(step.toSeconds);
    else if (step.kind === "rate") player.setRate(step.rate);
  }

  private followedAt(track: Track, serverMicros: number): Followed {
    const sounding = this.state && this.book.at(this.state.queue, serverMicros);
    if (!sounding || sounding.itemId !== track.item.id) return { moving: false, seconds: track.startSeconds };
    return { moving: sounding.moving, seconds: track.startSeconds + sounding.positionMicros / 1e6 };
  }

  private placeOf(seat: Seat, nowMs: number): Place | null {
    if (seat.state === "playing") return seat.estimate.at(nowMs);
    return seat.heldSeconds === null ? null : { seconds: seat.heldSeconds, doubtSeconds: 0 };
  }

  private viewOf(
    service: EmbeddedService,
    seat: Seat,
    nowMs: number,
    track: Track,
    due: { readonly moving: boolean; readonly positionMicros: number },
  ): DeckView {
    const place = seat.state === "playing" ? seat.estimate.at(nowMs) : null;
    const sounding = due.moving && seat.state === "playing" && seat.failed === null;
    const errorMs = place === null ? null : (place.seconds - track.startSeconds) * 1000 - due.positionMicros / 1000;
    return { service, sounding, syncErrorMs: sounding ? errorMs : null };
  }

  /** Ready: the player has the track. A jump in what it plays needs nothing more. */
  private announceReady(state: RoomState): void {
    const track = trackOf(state.queue.find((i) => i.id === state.pending?.itemId));
    if (!track || !state.pending) {
      this.readyFor = null;
      return;
    }
    const seat = this.seats.get(track.service);
    const name = nameOf(state, track);
    if (!seat || this.readyFor === name || seat.failed !== null || seat.loaded?.item.id !== track.item.id || seat.state === "loading")
      return;
    this.readyFor = name;
    this.news.ready(track.item.id, state.pending.positionMicros);
  }
}

function trackOf(item: QueueItem | undefined): Track | null {
  const embedded = item?.track.embedded;
  return item && embedded ? { item, service: embedded.service, startSeconds: (embedded.startMicros ?? 0) / 1e6 } : null;
}

/** Tells the starts of one track apart. */
function nameOf(state: RoomState | null, track: Track): string {
  return `${track.item.id}@${state?.pending?.itemId === track.item.id ? state.pending.sinceMicros : 0}`;
}
