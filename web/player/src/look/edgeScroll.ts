const edgePx = 32;
const mostPx = 14;

/** By how much a list is scrolled on in one frame while something is held at `y`: the more the nearer to its edge, or beyond it. CSS pixels. */
export function edgeStepPx(y: number, topPx: number, bottomPx: number): number {
  const above = topPx + edgePx - y;
  const below = y - (bottomPx - edgePx);
  const step = (inside: number) => Math.ceil(Math.min(1, inside / edgePx) * mostPx);
  if (above > 0) return -step(above);
  return below > 0 ? step(below) : 0;
}
