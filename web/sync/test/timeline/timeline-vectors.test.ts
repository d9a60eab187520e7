/** The golden vectors of the timeline, which the C# twin runs too. */
import { describe, expect, it } from "vitest";
import vectors from "../../../../spec/timeline.json";
import type { Fault, Timeline } from "../../src/messages.ts";
import { nextBoundary, positionAt, soundingAt } from "../../src/timeline/timeline.ts";

interface Input {
  readonly function: string;
  readonly timeline: Timeline;
  readonly previous?: Timeline | null;
  readonly instantMicros?: number;
  readonly queue?: readonly {
    readonly id: string;
    readonly durationMicros: number;
    readonly faulty: boolean;
    readonly overlapMicros?: number;
  }[];
}

const fault: Fault = { code: 5002, name: "trackUnreadable", message: "cannot be read" };

describe.each(vectors as readonly { name: string; input: Input; expect: unknown }[])("$name", ({ input, expect: expected }) => {
  const { timeline, previous, instantMicros = Number.NaN } = input;
  const queue = (input.queue ?? []).map(({ id, durationMicros, faulty, overlapMicros }) => ({
    id,
    track: { durationMicros },
    fault: faulty ? fault : null,
    ...(overlapMicros !== undefined && { overlapMicros }),
  }));

  it(input.function, () => {
    switch (input.function) {
      case "positionAt":
        expect({ positionMicros: positionAt(timeline, instantMicros) }).toEqual(expected);
        break;
      case "soundingAt": {
        // A device keeps the timeline before by itself (CourseBook); here the rule of docs/protocol.md §4 in one line.
        const inForce = previous && instantMicros < timeline.atMicros ? previous : timeline;
        expect(soundingAt({ timeline: inForce, queue }, instantMicros)).toEqual(expected);
        break;
      }
      case "nextBoundary":
        expect({ timeline: nextBoundary(timeline, queue) }).toEqual(expected);
        break;
      default:
        throw new Error(`no such function: ${input.function}`);
    }
  });
});
