/**
 * The audio engine: keeps this device's sound on the room's timeline.
 *
 * Time domains: server µs (protocol), local server µs (server µs − origin), device ms (performance.now()), context frames (48 kHz). The chain is
 * frame → device ms (OutputClock) → server µs (clock offset) → what should sound (CourseBook). Every 20 ms or so the engine looks at the output clock and plans
 * sound up to `PLAN_AHEAD_SECONDS` ahead, so a stalled page does not stop the music. It never moves a playing sound: corrections change what is
 * planned next.
 */
import type { RoomState } from "../messages.ts";
import { type Course, CourseBook, courseOf, fromLater, runSampleAt, soundAlike } from "../timeline/course.ts";
import { afterBreak, type CorrectionLimits, correctionFor, defaultCorrectionLimits, worthReplanning } from "./correction.ts";
import { nameOf, pendingCourse, pendingIsReady, wantedSegments } from "./demand.ts";
import type { OutputLine } from "./output-clock.ts";
import { viewOf } from "./path-view.ts";
import { crossFade, FADE_MICROS, fadeIn, fadeOut, type Piece, render } from "./renderer.ts";
import { Resampler } from "./resampler.ts";
import { RATE, type Scheduler } from "./scheduler.ts";
import type { EngineEvents, EngineView, OutputMemory, ServerTime } from "./engine-ports.ts";
import { type SegmentAddress, type SegmentPorts, SegmentStore } from "./segments.ts";
import { type EngineContext, SoundPath } from "./sound-path.ts";
import { Soundings } from "./soundings.ts";
import { Workbench } from "./workbench.ts";

/** Sound is planned this far ahead: a page may stall or be throttled to one timer a second for so long. */
const PLAN_AHEAD_SECONDS = 4;
/** Planned so far at once; what is further ahead a piece at each look, so that a start or a correction keeps the processor for no longer than it must. */
const PLAN_AT_ONCE_SECONDS = 1;
const PIECE_FRAMES = 12_000;
/** Nothing is planned nearer than this to the context's present. */
const GUARD_FRAMES = 1_200;
/** A replan leaves this much of the old plan in place. */
const REPLAN_GUARD_FRAMES = 4_800;
/** Doubt about when the output is heard, above which no sound is begun, ms. */
const BEGIN_UNCERTAINTY_MS = 1.5;
/** Fade-in of a device that comes in while the music plays, and cross-fade from one stream to another. */
const ENTRY_FADE_FRAMES = 2_400;
/** For so long after the output stepped, what is still off is put right at once. */
const BROKEN_MS = 3_000;
/** With less than this left and nothing to follow, the sound is faded out: the last moment at which it can be. */
const RUN_OUT_FRAMES = 5_040;
/** A stream takes over this far ahead of its present, so that both can be planned up to there. */
const TAKE_OVER_FRAMES = 7_200;

export class Engine {
  private readonly book = new CourseBook();
  private readonly resampler = new Resampler();
  private readonly bench = new Workbench();
  /** For the sound that is left behind, while the sound it goes over to is on the other one. */
  private readonly oldBench = new Workbench();
  private readonly store: SegmentStore;
  private path: SoundPath | null = null;
  private spare: SoundPath | null = null;
  private readonly soundings = new Soundings();
  private state: RoomState | null = null;
  private originMicros: number | null = null;
  private readySent: string | null = null;
  private bufferSeconds = 8;
  private limits: CorrectionLimits = defaultCorrectionLimits;
  private dropouts = 0;
  private corrections = 0;
  private starving = false;
  /** When the output last stepped, device ms. */
  private brokenMs = Number.NEGATIVE_INFINITY;
  private entering = true;
  /** What is planned ends in a fade, since nothing followed it. */
  private fadedOut = false;

  constructor(
    ports: SegmentPorts,
    private readonly time: ServerTime,
    private readonly events: EngineEvents,
    private readonly memory: OutputMemory,
    /** Device time, ms. */
    private readonly deviceNow: () => number,
  ) {
    this.store = new SegmentStore(ports, (address, failure) => this.onSegment(address, failure));
  }

  configure(bufferSeconds: number, limits: Partial<CorrectionLimits>): void {
    this.bufferSeconds = bufferSeconds;
    this.limits = { ...this.limits, ...limits };
  }

  private pathOn(context: EngineContext, destination: AudioNode): SoundPath {
    const known = this.path?.clock.learnt ?? this.memory.recall();
    return new SoundPath(context, destination, known, (ms) => this.localMicrosAt(ms), this.deviceNow);
  }

  /** Begins to sound through a context. Call `detach` before another. */
  attach(context: EngineContext, destination: AudioNode): void {
    this.path = this.pathOn(context, destination);
    this.entering = true;
  }

  /** Remembers the output for the next session. */
  keepLearnt(): void {
    if (this.path) this.memory.remember(this.path.clock.learnt);
  }

  detach(): void {
    this.keepLearnt();
    this.path?.scheduler.clear();
    this.path?.leave();
    this.path = null;
    this.detachSpare();
  }

  /** Gets to know a second stream, unheard. */
  attachSpare(context: EngineContext, destination: AudioNode): void {
    this.spare = this.pathOn(context, destination);
  }

  detachSpare(): void {
    this.spare?.leave();
    this.spare = null;
  }

  /** Whether this output's depth was learnt from this stream or an earlier one. */
  get knowsOutput(): boolean {
    return (this.path?.clock.learnt ?? this.memory.recall())?.depth != null;
  }

  /** Lets an unheard stream tell of the output too. */
  attachSounding(context: EngineContext): void {
    this.soundings.add(context, this.deviceNow);
  }

  endSoundings(): void {
    this.soundings.clear();
  }

  /** Goes over to the second stream by a cross-fade. The first one's context may be closed half a second later. False: not now. */
  takeOver(): boolean {
    const { path, spare } = this;
    if (!path || !spare) return false;
    const start = spare.scheduler.nowFrame + TAKE_OVER_FRAMES;
    const due = spare.dueMicros(start);
    const leave = due === null ? null : path.frameOf(due);
    if (leave === null || leave < path.scheduler.nowFrame + GUARD_FRAMES) return false;
    this.leaveAt(path.scheduler, leave);
    path.leave();
    this.path = spare;
    this.spare = null;
    this.soundings.regard();
    this.entering = true;
    this.plan(start);
    return true;
  }

  private readonly lookup = (address: SegmentAddress) => this.store.get(address);

  private leaveAt(scheduler: Scheduler, frame: number): void {
    const micros = scheduler.microsAt(frame);
    scheduler.cutAt(frame);
    if (micros === null) return;
    const piece: Piece = { frames: ENTRY_FADE_FRAMES, micros, microsPerFrame: 1e6 / RATE };
    const rendered = render(this.book, piece, this.lookup, this.resampler, this.oldBench);
    if (!rendered?.audible) return;
    fadeOut(rendered.pcm, ENTRY_FADE_FRAMES);
    scheduler.schedule(frame, piece, rendered.pcm);
  }

  /** The output was suspended and goes on: its latency may be another one. */
  outputResumed(): void {
    this.path?.clock.reset();
    this.path?.scheduler.clear();
    this.entering = true;
  }

  /** The server's clock is another one (it was started anew). */
  clockReplaced(): void {
    this.originMicros = null;
    this.book.clear();
    this.path?.scheduler.clear();
    this.entering = true;
  }

  setState(state: RoomState, deviceMs: number): void {
    this.state = state;
    this.originMicros ??= state.timeline.atMicros;
    const course = courseOf(state, this.originMicros);
    const nowMicros = this.localMicrosAt(deviceMs);
    this.book.add(nowMicros === null ? course : this.makeRoomFor(course, nowMicros));
    this.tick(deviceMs);
  }

  private localMicrosAt(deviceMs: number): number | null {
    const server = this.time.serverMicrosAt(deviceMs);
    return server === null || this.originMicros === null ? null : server - this.originMicros;
  }

  /**
   * Throws away what is planned from where the new course sounds differently. Returns the course as it can be obeyed: one that was heard of too
   * late takes over where the plan can still be changed, so that it has its fades there.
   */
  private makeRoomFor(course: Course, nowMicros: number): Course {
    const scheduler = this.path?.scheduler;
    const end = scheduler?.endFrame ?? null;
    if (!scheduler || end === null) return course;
    const from = Math.max(course.atMicros, nowMicros);
    const horizon = from + (PLAN_AHEAD_SECONDS + 1) * 1e6;
    if (soundAlike(this.book.at(from), course, from, horizon)) return course;
    const nearest = scheduler.nowFrame + GUARD_FRAMES;
    const due = this.path?.frameOf(course.atMicros) ?? 0;
    const cut = Math.max(nearest, due);
    if (cut < end) scheduler.cutAt(cut);
    const takeover = due < nearest ? scheduler.microsAt(cut) : null;
    return takeover === null ? course : fromLater(course, takeover);
  }

  private dueMicros(frame: number): number | null {
    return this.path?.dueMicros(frame) ?? null;
  }

  /** Looks and plans; call every 20 ms or so. */
  tick(deviceMs: number): void {
    const { path, spare } = this;
    if (path && path.context.state === "running") {
      path.look();
      if (path.takeStep()) {
        this.dropouts++;
        this.brokenMs = deviceMs;
      }
      this.plan();
    }
    if (spare && spare.context.state === "running") spare.look();
    if (path) this.soundings.tell(path);
    const now = this.localMicrosAt(deviceMs);
    if (now !== null) this.book.forget(now - 10e6);
    this.store.want(wantedSegments(this.state, this.book, now, this.bufferSeconds));
    this.announceReady();
  }

  private get limitsNow(): CorrectionLimits {
    return this.deviceNow() - this.brokenMs < BROKEN_MS ? afterBreak(this.limits) : this.limits;
  }

  /** @param from where a stream that has nothing planned yet begins; default: as soon as can be */
  private plan(from?: number): void {
    const scheduler = this.path?.scheduler;
    const line = this.heardLine;
    if (!scheduler || !line || line.uncertaintyMs > BEGIN_UNCERTAINTY_MS || (this.time.uncertaintyMs ?? 99) > 20) return;
    this.replanIfOff(scheduler);
    const now = scheduler.nowFrame;
    let end = scheduler.endFrame;
    // Too near to plan seamlessly: the output may already have passed it.
    if (end !== null && end < now + GUARD_FRAMES / 2) {
      if (!this.entering && this.shouldSound(end)) this.noteStarved();
      end = null;
    }
    // Only now: a plan that ended long ago, while the page stood still, must first have been seen to have run out.
    scheduler.tidy();
    end ??= from ?? now + GUARD_FRAMES;
    let further = false;
    while (end < now + PLAN_AHEAD_SECONDS * RATE && !further) {
      further = end >= now + PLAN_AT_ONCE_SECONDS * RATE;
      const next = this.planPiece(scheduler, end);
      if (next === null) {
        this.runOut(scheduler, end);
        break;
      }
      end = next;
    }
  }

  /** The plan is about to end because sound is missing: it ends in a fade instead of a click. */
  private runOut(scheduler: Scheduler, end: number): void {
    const left = end - scheduler.nowFrame;
    if (this.entering || this.fadedOut || left > RUN_OUT_FRAMES || left < ENTRY_FADE_FRAMES + GUARD_FRAMES || !this.shouldSound(end))
      return;
    this.leaveAt(scheduler, end - ENTRY_FADE_FRAMES);
    this.fadedOut = true;
  }

  /** When the nearest part of the plan that can still be changed is off by more than is worth leaving, plan it again. */
  private replanIfOff(scheduler: Scheduler): void {
    const frame = scheduler.nowFrame + REPLAN_GUARD_FRAMES;
    const planned = scheduler.microsAt(frame);
    const due = this.dueMicros(frame);
    const end = scheduler.endFrame;
    if (planned === null || due === null || end === null || end < frame) return;
    const errorMs = (planned - due) / 1000;
    const { uncertaintyMs } = this.heardLine ?? { uncertaintyMs: 1 };
    if (!worthReplanning(errorMs, uncertaintyMs, this.limitsNow)) return;
    // A trim that is already on its way does not need to be planned again.
    const endError = ((scheduler.microsAt(end) ?? 0) - (this.dueMicros(end) ?? 0)) / 1000;
    if (Math.abs(endError) < Math.abs(errorMs) / 2 && Math.abs(errorMs) < this.limitsNow.spliceMs) return;
    scheduler.cutAt(frame);
  }

  /** Plans one piece at a frame; the frame after it, or null when sound is missing or the clocks are not known. */
  private planPiece(scheduler: Scheduler, start: number): number | null {
    const due = this.dueMicros(start);
    const dueEnd = this.dueMicros(start + PIECE_FRAMES);
    if (due === null || dueEnd === null) return null;
    const planned = this.entering || this.fadedOut ? null : scheduler.microsAt(start);
    const pace = (dueEnd - due) / PIECE_FRAMES;
    const correction = planned === null ? null : correctionFor((planned - due) / 1000, this.limitsNow);
    const micros = correction?.kind === "trim" && planned !== null ? planned : due;
    const piece: Piece = {
      frames: PIECE_FRAMES,
      micros,
      microsPerFrame: correction?.kind === "trim" ? pace * (1 + correction.ppm / 1e6) : pace,
    };
    const rendered = render(this.book, piece, this.lookup, this.resampler, this.bench);
    if (!rendered) return null;
    if (rendered.audible && planned !== null && correction && correction.kind !== "trim") {
      if (!this.blendFrom(planned, piece, rendered.pcm)) return null;
      this.corrections++;
    }
    if (rendered.audible && (this.entering || this.fadedOut)) {
      fadeIn(rendered.pcm, this.book.at(micros)?.cleanStart === true && this.beginsInside(piece) ? 0 : ENTRY_FADE_FRAMES);
    }
    scheduler.schedule(start, piece, rendered.audible ? rendered.pcm : null);
    this.entering = false;
    this.fadedOut = false;
    this.starving = false;
    return start + PIECE_FRAMES;
  }

  /** A course's very start lies inside the piece: nothing has to be faded. */
  private beginsInside(piece: Piece): boolean {
    const at = this.book.at(piece.micros + piece.frames * piece.microsPerFrame)?.atMicros ?? Number.POSITIVE_INFINITY;
    return at >= piece.micros;
  }

  /** Cross-fades from where the sound is to where it should be. */
  private blendFrom(planned: number, piece: Piece, pcm: readonly [Float32Array, Float32Array]): boolean {
    const frames = Math.round((FADE_MICROS * RATE) / 1e6);
    const leaving: Piece = { frames, micros: planned, microsPerFrame: piece.microsPerFrame };
    const old = render(this.book, leaving, this.lookup, this.resampler, this.oldBench);
    if (!old) return false;
    crossFade(old.pcm, pcm, frames);
    return true;
  }

  private shouldSound(frame: number): boolean {
    const due = this.dueMicros(frame);
    const course = due === null ? null : this.book.at(due);
    if (!course || due === null) return false;
    const sample = runSampleAt(course, due);
    return course.stretches.some((s) => sample < s.runEnd && sample >= s.runStart && !s.elsewhere);
  }

  private noteStarved(): void {
    if (!this.starving) this.dropouts++;
    this.starving = true;
    this.entering = true;
  }

  private announceReady(): void {
    const pending = this.state?.pending;
    const course = pendingCourse(this.state);
    if (!pending || !course) {
      this.readySent = null;
      return;
    }
    const name = nameOf(pending);
    if (this.readySent === name || !pendingIsReady(course, (a) => this.store.get(a) !== null)) return;
    this.readySent = name;
    this.events.onReady(pending);
  }

  private onSegment(address: SegmentAddress, failure: string | null): void {
    if (failure === null) return;
    const item = this.state?.queue.find((i) => i.media?.key === address.media.key);
    if (item) this.events.onFault(item.id, `segment ${address.index}: ${failure}`);
  }

  /** Context time of what is heard at a server time (µs), s; null while unknown. */
  contextSecondsAt(serverMicros: number): number | null {
    const frame = this.originMicros === null ? null : (this.path?.frameOf(serverMicros - this.originMicros) ?? null);
    return frame === null ? null : frame / RATE;
  }

  /** When the output is heard; null until that is known. */
  get heardLine(): OutputLine | null {
    return this.path?.line ?? null;
  }

  /** Steps of the output seen since it was attached: underruns, or another output. */
  get stepsSeen(): number {
    return this.path?.clock.stepsSeen ?? 0;
  }

  /** What is known of the second stream: doubt about when it is heard (ms; null: all of it), and whether it ran dry. */
  get spareView(): { readonly doubtMs: number | null; readonly stumbled: boolean } {
    return { doubtMs: this.spare?.line?.uncertaintyMs ?? null, stumbled: (this.spare?.clock.stepsSeen ?? 0) > 0 };
  }

  /** How it stands now. */
  view(deviceMs: number): EngineView {
    const { dropouts, corrections } = this;
    return { ...viewOf(this.path, deviceMs, (frame) => this.shouldSound(frame)), dropouts, corrections };
  }
}
