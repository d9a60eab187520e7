import { describe, expect, it } from "vitest";
import { fetchPeaks, outlinePath } from "../../src/room/peaks.ts";

const never = new AbortController().signal;

describe("a sound's outline", () => {
  it("is asked for again while the sound is being cut", async () => {
    const answers = [503, 503, 200];
    const waits: number[] = [];
    const found = await fetchPeaks(
      "k-3",
      never,
      (url) => {
        expect(url).toBe("/media/k-3/peaks");
        const status = answers.shift() ?? 500;
        return Promise.resolve(new Response(status === 200 ? new Uint8Array([1, 2]) : null, { status }));
      },
      (ms) => Promise.resolve(void waits.push(ms)),
    );
    expect(found).toEqual(new Uint8Array([1, 2]));
    expect(waits).toHaveLength(2);
  });

  it("is given up when there is none", async () => {
    expect(await fetchPeaks("k-3", never, () => Promise.resolve(new Response(null, { status: 404 })))).toBeNull();
  });

  it("is drawn with as many bars as fit, each the largest of its share", () => {
    expect(outlinePath(new Uint8Array([255, 0, 0, 51]), 2)).toBe("M0.5 -0.500V0.500M1.5 -0.100V0.100");
    expect(outlinePath(new Uint8Array([40, 20]), 2)).toBe("M0.5 -0.500V0.500M1.5 -0.250V0.250");
    expect(outlinePath(new Uint8Array([2, 1]), 1)).toBe("M0.5 -0.063V0.063");
    expect(outlinePath(new Uint8Array([255]), 3).match(/0\.500V/g)).toHaveLength(3);
    expect(outlinePath(new Uint8Array([0]), 1)).toBe("M0.5 -0.015V0.015");
  });
});
