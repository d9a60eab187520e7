/** Which segments are wanted, soonest first: the pending place, what sounds next, the coming seconds. Pure. */
import type { Pending, RoomState } from "../messages.ts";
import { type Course, type CourseBook, courseOf, runSampleAt, SAMPLES_PER_MICRO } from "../timeline/course.ts";
import { segmentsOf } from "./reader.ts";
import type { SegmentAddress } from "./segments.ts";

/** Sound needed before a pending transition is called ready, µs. */
const READY_MICROS = 1_000_000;
/** What has just been passed may still be needed, µs. */
const BEHIND_MICROS = 500_000;

/** What would sound if the pending transition came now; null when nothing is pending. */
export function pendingCourse(state: RoomState | null): Course | null {
  const pending = state?.pending;
  if (!pending || !state) return null;
  return courseOf(
    { ...state, outgoing: null, timeline: { itemId: pending.itemId, positionMicros: pending.positionMicros, rate: 1, atMicros: 0 } },
    0,
  );
}

/** @param nowMicros local server time; null while unknown */
export function wantedSegments(
  state: RoomState | null,
  book: CourseBook,
  nowMicros: number | null,
  bufferSeconds: number,
): SegmentAddress[] {
  const want: SegmentAddress[] = [];
  const pending = pendingCourse(state);
  if (pending) want.push(...segmentsOf(pending, 0, READY_MICROS * SAMPLES_PER_MICRO * 2));
  if (nowMicros === null) return want;
  for (const course of book.all) {
    const until = Math.min(book.endOf(course), nowMicros + bufferSeconds * 1e6);
    const from = Math.max(course.atMicros, nowMicros - BEHIND_MICROS);
    if (until > from) want.push(...segmentsOf(course, runSampleAt(course, from), runSampleAt(course, until)));
  }
  return want;
}

/** Whether the pending transition's first second is at hand. */
export function pendingIsReady(course: Course, have: (address: SegmentAddress) => boolean): boolean {
  const first = course.stretches[0];
  return first?.media != null && !first.elsewhere && segmentsOf(course, 0, READY_MICROS * SAMPLES_PER_MICRO).every(have);
}

/** Tells pending transitions apart. */
export function nameOf(pending: Pending): string {
  return `${pending.itemId}@${pending.positionMicros}@${pending.sinceMicros}`;
}
