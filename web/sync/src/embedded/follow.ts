/**
 * What to do with a service's player so that it keeps to the timeline. Pure: time, places and what was learnt are arguments. Such a player
 * takes seconds to be heard after a command and says its place coarsely, so: one correction, then rest until its effect can be read; what it
 * was off then teaches how late it obeys. Device times in ms, places in s.
 */
import type { PlayerState } from "./player-port.ts";

/** Off by less than this is left alone where the rate can be changed, s. */
const RATE_TOLERANCE = 0.02;
/** The same where only a jump would help, which is heard. */
const SEEK_TOLERANCE = 0.07;
/** Beyond this a jump is better than to run after it. */
const RATE_REACH = 1.2;
/** Readings that are further apart say too little. */
const MOST_DOUBT = 0.12;
/** A held player may stand so far off its place. */
const HELD_TOLERANCE = 0.15;
/** A player's end and the room's may differ by this, s. */
const END_TOLERANCE = 2;
/** Rest after a command until its effect can be read. */
const REST_MS = 1_500;
const RATE_REST_MS = 900;
const HELD_REST_MS = 800;
/** Each jump that did not help makes the next one wait twice as long, up to this often. */
const MOST_MISSES = 4;
const SHORTEST_RATE_MS = 80;
/** How much of an error is taken for a habit. */
const LEARNING = 0.6;
const MOST_LATE = 3;

export interface Followed {
  readonly moving: boolean;
  readonly seconds: number;
}

export interface Situation {
  readonly nowMs: number;
  /** Where it should be now. */
  readonly due: Followed;
  /** Where it should be when a `play` of now would be heard. */
  readonly soon: Followed;
  readonly state: PlayerState;
  /** Where it is; null while that is not known. */
  readonly place: { readonly seconds: number; readonly doubtSeconds: number } | null;
  readonly rates: readonly number[];
}

export interface FollowMemory {
  /** Nothing is corrected before. */
  readonly restUntilMs: number;
  /** Plays at another rate until then. */
  readonly rateUntilMs: number | null;
  /** How late a start and a jump are heard, s; learnt. */
  readonly startLate: number;
  readonly seekLate: number;
  /** What the next reading will teach. */
  readonly lesson: "start" | "seek" | null;
  /** Jumps in a row that did not bring it into its place. */
  readonly misses: number;
}

export const blank: FollowMemory = { restUntilMs: 0, rateUntilMs: null, startLate: 0.2, seekLate: 0.2, lesson: null, misses: 0 };

export type FollowStep =
  | { readonly kind: "none" }
  | { readonly kind: "pause" }
  | { readonly kind: "play"; readonly fromSeconds: number | null }
  | { readonly kind: "seek"; readonly toSeconds: number }
  | { readonly kind: "rate"; readonly rate: number };

export interface Following {
  readonly step: FollowStep;
  readonly memory: FollowMemory;
}

export function follow(now: Situation, memory: FollowMemory): Following {
  if (now.state === "loading") return stay(memory);
  if (!now.due.moving && !now.soon.moving) return hold(now, memory);
  if (now.state === "held" || now.state === "ended") return start(now, memory);
  return now.state === "playing" && now.due.moving ? correct(now, memory) : stay(memory);
}

/** The room has gone elsewhere: what was waited for is of no interest any more. */
export function anew(memory: FollowMemory): FollowMemory {
  return { ...memory, restUntilMs: 0, lesson: null, misses: 0 };
}

const stay = (memory: FollowMemory): Following => ({ step: { kind: "none" }, memory });

/** A command that may be heard late: rest, and learn from what it comes to. */
function act(step: FollowStep, memory: FollowMemory, untilMs: number, change: Partial<FollowMemory> = {}): Following {
  return { step, memory: { ...memory, rateUntilMs: null, restUntilMs: untilMs, lesson: null, ...change } };
}

function hold(now: Situation, memory: FollowMemory): Following {
  if (now.state === "playing" || now.state === "waiting") {
    return now.nowMs < memory.restUntilMs && memory.lesson === null
      ? stay(memory)
      : act({ kind: "pause" }, memory, now.nowMs + HELD_REST_MS);
  }
  if (now.nowMs < memory.restUntilMs || !now.place || now.state === "ended") return stay(memory);
  if (Math.abs(now.place.seconds - now.due.seconds) <= HELD_TOLERANCE) return stay(memory);
  return act({ kind: "seek", toSeconds: now.due.seconds }, memory, now.nowMs + HELD_REST_MS);
}

function start(now: Situation, memory: FollowMemory): Following {
  if (now.nowMs < memory.restUntilMs || !now.soon.moving) return stay(memory);
  // It came to its end a little before the room did: there is nothing left to start.
  if (now.state === "ended" && now.place && now.soon.seconds > now.place.seconds - END_TOLERANCE) return stay(memory);
  const near = now.state === "held" && now.place !== null && Math.abs(now.place.seconds - now.soon.seconds) <= HELD_TOLERANCE;
  return act({ kind: "play", fromSeconds: near ? null : now.soon.seconds }, memory, now.nowMs + REST_MS, { lesson: "start" });
}

function correct(now: Situation, memory: FollowMemory): Following {
  if (memory.rateUntilMs !== null) {
    return now.nowMs < memory.rateUntilMs ? stay(memory) : act({ kind: "rate", rate: 1 }, memory, now.nowMs + RATE_REST_MS);
  }
  if (now.nowMs < memory.restUntilMs || !now.place || now.place.doubtSeconds > MOST_DOUBT) return stay(memory);
  const error = now.place.seconds - now.due.seconds;
  const learnt = learn(memory, error);
  const rate = now.rates.includes(0.75) && now.rates.includes(1.25) ? (error < 0 ? 1.25 : 0.75) : null;
  if (Math.abs(error) <= (rate === null ? SEEK_TOLERANCE : RATE_TOLERANCE)) return stay({ ...learnt, misses: 0 });
  if (rate !== null && Math.abs(error) <= RATE_REACH) {
    const forMs = Math.max(SHORTEST_RATE_MS, (Math.abs(error) / 0.25) * 1000);
    return act({ kind: "rate", rate }, learnt, now.nowMs, { rateUntilMs: now.nowMs + forMs, misses: 0 });
  }
  const restMs = REST_MS * 2 ** learnt.misses;
  const misses = Math.min(MOST_MISSES, learnt.misses + 1);
  return act({ kind: "seek", toSeconds: Math.max(0, now.due.seconds + learnt.seekLate) }, learnt, now.nowMs + restMs, {
    lesson: "seek",
    misses,
  });
}

/** What a start or a jump was off tells how late it was heard. A far miss tells of something else: an advertisement, a stall. */
function learn(memory: FollowMemory, error: number): FollowMemory {
  const late = (known: number) => (Math.abs(error) > 1.5 ? known : Math.min(MOST_LATE, Math.max(0, known - LEARNING * error)));
  if (memory.lesson === "start") return { ...memory, lesson: null, startLate: late(memory.startLate) };
  if (memory.lesson === "seek") return { ...memory, lesson: null, seekLate: late(memory.seekLate) };
  return memory;
}
