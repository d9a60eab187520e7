import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Course, CourseBook } from "../../src/timeline/course.ts";

const course = (atMicros: number): Course => ({ atMicros, stretches: [], cleanStart: false });

describe("the book of courses", () => {
  it("knows nothing before the first course", () => {
    const book = new CourseBook();
    expect(book.at(0)).toBeNull();
    book.add(course(100));
    expect(book.at(99)).toBeNull();
    expect(book.at(100)?.atMicros).toBe(100);
  });

  it("keeps the old course in force until the newer one's instant", () => {
    const book = new CourseBook();
    const [a, b] = [course(100), course(200)];
    book.add(a);
    book.add(b);
    expect(book.at(199)).toBe(a);
    expect(book.at(200)).toBe(b);
    expect(book.endOf(a)).toBe(200);
    expect(book.endOf(b)).toBe(Number.POSITIVE_INFINITY);
  });

  it("drops what a newer course overtakes", () => {
    const book = new CourseBook();
    const [a, b, c] = [course(100), course(300), course(200)];
    for (const each of [a, b, c]) book.add(each);
    expect(book.all).toEqual([a, c]);
  });

  it("forgets what is over, never what is in force", () => {
    const book = new CourseBook();
    for (const at of [100, 200, 300]) book.add(course(at));
    book.forget(250);
    expect(book.all.map((c) => c.atMicros)).toEqual([200, 300]);
    book.forget(1e9);
    expect(book.all.map((c) => c.atMicros)).toEqual([300]);
  });

  it("always answers with the newest course that has begun, and is in order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), fc.nat(1000), (ats, asked) => {
        const book = new CourseBook();
        const said: Course[] = [];
        for (const at of ats) {
          const c = course(at);
          book.add(c);
          said.push(c);
        }
        // A course counts unless one that was said later begins at or before it.
        const standing = said.filter((c, i) => !said.slice(i + 1).some((later) => later.atMicros <= c.atMicros));
        expect(book.all).toEqual(standing);
        expect(book.at(asked)).toBe(standing.filter((c) => c.atMicros <= asked).at(-1) ?? null);
      }),
    );
  });
});
