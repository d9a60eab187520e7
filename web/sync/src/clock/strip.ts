/**
 * The widest strip between two clouds of points, one above and one below a line: the line in its middle.
 *
 * Up-delays put an upper bound on the clock offset at their moment and down-delays a lower bound; the true offset runs somewhere between,
 * nearly straight, because crystals are nearly constant. With b the slope, M(b) = (min(u − b·x) + min(d + b·x)) / 2 is half the height
 * of the strip: concave in b, so a ternary search finds its top. Using only the convex hulls keeps each look at a dozen points.
 * (Convex hulls for clock skew: Moon, Skelly, Towsley, INFOCOM 1999; here both directions at once.)
 */
export interface Bound {
  /** Device time relative to now, in seconds (≤ 0). */
  readonly x: number;
  /** Bound in µs. */
  readonly y: number;
}

export interface Strip {
  /** Offset in the middle of the strip at x = 0, µs. */
  readonly offset: number;
  /** Slope, µs per second = ppm. */
  readonly slope: number;
  /** Half the height of the strip, µs: half the least round trip along the line. Negative when no line fits between. */
  readonly margin: number;
}

/** Lower convex hull of points sorted by rising x (Andrew's monotone chain). */
export function lowerHull(points: readonly Bound[]): Bound[] {
  const hull: Bound[] = [];
  for (const p of points) {
    while (hull.length >= 2) {
      const a = hull[hull.length - 2] as Bound;
      const b = hull[hull.length - 1] as Bound;
      if ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0) break;
      hull.pop();
    }
    hull.push(p);
  }
  return hull;
}

const least = (hull: readonly Bound[], slope: number): number => {
  let min = Number.POSITIVE_INFINITY;
  for (const p of hull) min = Math.min(min, p.y - slope * p.x);
  return min;
};

/**
 * @param up upper bounds on the offset (hull), µs
 * @param down upper bounds on minus the offset (hull), µs
 * @param priorPpm what a slope of this size costs: `worthMicros` of margin
 * @param limitPpm steepest slope considered
 */
export function widestStrip(up: readonly Bound[], down: readonly Bound[], priorPpm: number, worthMicros: number, limitPpm: number): Strip {
  const margin = (slope: number) => (least(up, slope) + least(down, -slope)) / 2;
  const value = (slope: number) => margin(slope) - worthMicros * (slope / priorPpm) ** 2;
  let lo = -limitPpm;
  let hi = limitPpm;
  while (hi - lo > 0.01) {
    const a = lo + (hi - lo) * 0.382;
    const b = lo + (hi - lo) * 0.618;
    if (value(a) < value(b)) lo = a;
    else hi = b;
  }
  const slope = (lo + hi) / 2;
  return { offset: (least(up, slope) - least(down, -slope)) / 2, slope, margin: margin(slope) };
}
