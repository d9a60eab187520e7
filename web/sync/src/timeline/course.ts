/**
 * A course: what a timeline makes sound, sample by sample, until another one takes over.
 *
 * Time domain: *local server time*, server µs minus an origin that the caller chose, so that doubles keep a sample's hundredth.
 * Sound is addressed in *run samples*: one unbroken count over the items that follow each other without a gap.
 */
import type { MediaInfo, QueueItem, RoomState } from "../messages.ts";

export const SAMPLES_PER_MICRO = 0.048;

/** The part of a run over which a stretch comes in or goes out. */
export interface Fade {
  /** Run sample at which it begins. */
  readonly from: number;
  readonly samples: number;
}

/** One item's part of the run. Two stretches overlap where one goes out and the other comes in. */
export interface Stretch {
  readonly itemId: string;
  readonly media: MediaInfo | null;
  /** First run sample of this item's part. */
  readonly runStart: number;
  /** One past the last run sample. */
  readonly runEnd: number;
  /** The item's own sample that sounds at `runStart`. */
  readonly itemStart: number;
  /** What its samples are multiplied by. */
  readonly gain: number;
  /** A service's own player sounds it: nothing of it is ours to play. */
  readonly elsewhere: boolean;
  readonly rise: Fade | null;
  readonly fall: Fade | null;
}

/** How strongly a stretch sounds at one of its run samples, fades of equal power (docs/protocol.md §4b); 0 to 1. */
export function strengthAt({ rise, fall }: Pick<Stretch, "rise" | "fall">, run: number): number {
  const share = ({ from, samples }: Fade) => Math.min(1, Math.max(0, (run - from) / samples));
  return (rise ? Math.sin((Math.PI / 2) * share(rise)) : 1) * (fall ? Math.cos((Math.PI / 2) * share(fall)) : 1);
}

export interface Course {
  /** In force from here on, local server µs. */
  readonly atMicros: number;
  /** Empty: silence. */
  readonly stretches: readonly Stretch[];
  /** Begins at the very start of an item: no fade in, its first sample is meant to be heard as it is. */
  readonly cleanStart: boolean;
}

/** The course of a room state. Stops at the first item whose media is not known yet. */
export function courseOf(state: RoomState, originMicros: number): Course {
  const { timeline, queue } = state;
  const atMicros = timeline.atMicros - originMicros;
  const stretches: Stretch[] = [];
  const index = queue.findIndex((i) => i.id === timeline.itemId);
  if (timeline.rate === 0 || index < 0) return { atMicros, stretches, cleanStart: false };
  const gainOf = (item: QueueItem) => (state.levelling === false ? 1 : 10 ** ((item.gainDb ?? 0) / 20));
  let itemStart = samplesOf(timeline.positionMicros);
  let runStart = 0;
  let rise: Fade | null = null;
  if (state.outgoing) {
    const { itemId, positionMicros, fadeMicros } = state.outgoing;
    const leaving = queue.find((i) => i.id === itemId);
    const first = samplesOf(positionMicros);
    const fade = { from: 0, samples: samplesOf(positionMicros + fadeMicros) - first };
    rise = fade;
    if (leaving?.media)
      stretches.push({
        itemId,
        media: leaving.media,
        runStart: 0,
        runEnd: fade.samples,
        itemStart: first,
        gain: gainOf(leaving),
        elsewhere: isElsewhere(leaving),
        rise: null,
        fall: fade,
      });
  }
  const line = queue.slice(index).filter((item, place) => place === 0 || !item.fault);
  for (const [place, item] of line.entries()) {
    const total = item.media?.samples ?? samplesOf(item.track.durationMicros);
    const runEnd = runStart + Math.max(0, total - itemStart);
    const after = line[place + 1];
    // What is live or embedded never follows by itself: the room prepares it when its turn comes.
    const next = after && (after.track.live || isElsewhere(after)) ? undefined : after;
    // Past an estimated end nothing can be placed exactly; the length is known long before playback gets there.
    const follows = next !== undefined && item.media?.samples != null;
    const overlap = follows ? Math.min(samplesOf(next.overlapMicros ?? 0), runEnd - runStart) : 0;
    const fall = overlap > 0 ? { from: runEnd - overlap, samples: overlap } : null;
    stretches.push({
      itemId: item.id,
      media: item.media,
      runStart,
      runEnd,
      itemStart,
      gain: gainOf(item),
      elsewhere: isElsewhere(item),
      rise,
      fall,
    });
    if (!follows) break;
    runStart = runEnd - overlap;
    itemStart = 0;
    rise = fall;
  }
  return { atMicros, stretches, cleanStart: timeline.positionMicros === 0 && !state.outgoing };
}

function isElsewhere(item: QueueItem): boolean {
  return item.track.embedded !== undefined;
}

function samplesOf(micros: number): number {
  return Math.round(micros * SAMPLES_PER_MICRO);
}

/** Run sample (fractional) that a course sounds at a local server time. */
export function runSampleAt(course: Course, localMicros: number): number {
  return (localMicros - course.atMicros) * SAMPLES_PER_MICRO;
}

/** The same course, in force only from a later local server time on: for one that was heard of too late. */
export function fromLater(course: Course, atMicros: number): Course {
  const skipped = Math.ceil((atMicros - course.atMicros) * SAMPLES_PER_MICRO);
  if (skipped <= 0) return course;
  const stretches = course.stretches
    .filter((s) => s.runEnd > skipped)
    .map((s) => {
      const cut = Math.max(0, skipped - s.runStart);
      const [rise, fall] = [earlier(s.rise, skipped), earlier(s.fall, skipped)];
      return { ...s, runStart: s.runStart + cut - skipped, runEnd: s.runEnd - skipped, itemStart: s.itemStart + cut, rise, fall };
    });
  return { atMicros: course.atMicros + skipped / SAMPLES_PER_MICRO, stretches, cleanStart: false };
}

function earlier(fade: Fade | null, samples: number): Fade | null {
  return fade && { ...fade, from: fade.from - samples };
}

/** The courses known, each in force until the next begins. */
export class CourseBook {
  private courses: Course[] = [];

  get all(): readonly Course[] {
    return this.courses;
  }

  /** Takes a newer course: it replaces all that would begin at or after it. */
  add(course: Course): void {
    this.courses = [...this.courses.filter((c) => c.atMicros < course.atMicros), course];
  }

  /** Forgets courses that were over before this local server time. */
  forget(beforeMicros: number): void {
    while (this.courses.length > 1 && (this.courses[1] as Course).atMicros < beforeMicros) this.courses.shift();
  }

  clear(): void {
    this.courses = [];
  }

  /** The course in force at a local server time; null before the first. */
  at(localMicros: number): Course | null {
    let found: Course | null = null;
    for (const c of this.courses) if (c.atMicros <= localMicros) found = c;
    return found;
  }

  /** When the course after this one begins; infinity when there is none. */
  endOf(course: Course): number {
    const next = this.courses[this.courses.indexOf(course) + 1];
    return next ? next.atMicros : Number.POSITIVE_INFINITY;
  }
}

/** True when both courses sound the very same (within a fifth of a sample) from this local server time to the horizon. */
export function soundAlike(a: Course | null, b: Course | null, fromMicros: number, untilMicros: number): boolean {
  if (!a || !b) return (a?.stretches.length ?? 0) === 0 && (b?.stretches.length ?? 0) === 0;
  const of = (c: Course) => {
    const first = runSampleAt(c, fromMicros);
    const last = runSampleAt(c, untilMicros);
    const within = (fade: Fade | null) => (fade && fade.from < last && fade.from + fade.samples > first ? earlier(fade, first) : null);
    return c.stretches
      .filter((s) => s.runEnd > first && s.runStart < last)
      .map((s) => ({
        id: s.itemId,
        key: s.media?.key,
        gain: s.gain,
        shift: s.itemStart - s.runStart - c.atMicros * SAMPLES_PER_MICRO,
        end: s.runEnd < last ? s.runEnd - first : null,
        rise: within(s.rise),
        fall: within(s.fall),
      }));
  };
  const x = of(a);
  const y = of(b);
  return (
    x.length === y.length &&
    x.every((s, i) => {
      const t = y[i];
      if (!t || s.id !== t.id || s.key !== t.key || s.gain !== t.gain || Math.abs(s.shift - t.shift) > 0.2) return false;
      if (!sameFade(s.rise, t.rise) || !sameFade(s.fall, t.fall)) return false;
      return s.end === null ? t.end === null : t.end !== null && Math.abs(s.end - t.end) < 1;
    })
  );
}

function sameFade(a: Fade | null, b: Fade | null): boolean {
  return a && b ? Math.abs(a.from - b.from) < 1 && a.samples === b.samples : a === b;
}
