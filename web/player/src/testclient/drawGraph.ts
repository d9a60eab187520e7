import type { Reading } from "./history.ts";

export interface GraphPicture {
  readonly readings: readonly Reading[];
  readonly nowMs: number;
  readonly spanMs: number;
  /** The axis runs from − to + this. */
  readonly bound: number;
  readonly unit: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

const left = 72;
const bottom = 20;
const top = 8;

/**
 * Draws one moving line. Its colours are those of the canvas element itself (text, border and outline colour), so the style sheet
 * decides them for light and dark.
 */
export function drawGraph(canvas: HTMLCanvasElement, picture: GraphPicture): void {
  const { readings, nowMs, spanMs, bound, unit, widthPx, heightPx } = picture;
  const context = canvas.getContext("2d");
  if (!context) return;
  const scale = window.devicePixelRatio || 1;
  const width = Math.round(widthPx * scale);
  const height = Math.round(heightPx * scale);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const style = getComputedStyle(canvas);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, widthPx, heightPx);
  context.font = `11px ${style.fontFamily}`;

  const x = (atMs: number) => left + (1 - (nowMs - atMs) / spanMs) * (widthPx - left - 2);
  const y = (value: number) => top + (0.5 - value / bound / 2) * (heightPx - top - bottom);

  context.strokeStyle = style.borderTopColor;
  context.fillStyle = style.outlineColor;
  context.lineWidth = 1;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const share of [-1, -0.5, 0, 0.5, 1]) {
    const line = Math.round(y(share * bound)) + 0.5;
    context.globalAlpha = share === 0 ? 1 : 0.6;
    context.beginPath();
    context.moveTo(left, line);
    context.lineTo(widthPx, line);
    context.stroke();
    context.globalAlpha = 1;
    if (share !== 0 || bound > 0) context.fillText(axisText(share * bound, unit), left - 8, line);
  }
  context.textBaseline = "alphabetic";
  for (let ago = 0; ago <= spanMs; ago += 15_000) {
    context.textAlign = ago === 0 ? "right" : ago === spanMs ? "left" : "center";
    context.fillText(ago === 0 ? "now" : `−${ago / 1000} s`, x(nowMs - ago), heightPx - 4);
  }

  context.strokeStyle = style.color;
  context.lineWidth = 1.6;
  context.lineJoin = "round";
  context.beginPath();
  let down = false;
  for (const { atMs, value } of readings) {
    if (value === null || nowMs - atMs > spanMs) {
      down = false;
      continue;
    }
    const place = y(Math.max(-bound, Math.min(bound, value)));
    if (down) context.lineTo(x(atMs), place);
    else context.moveTo(x(atMs), place);
    down = true;
  }
  context.stroke();
}

/** A signed value with its unit, at so many significant places. */
export function axisText(value: number, unit: string, places = 2): string {
  const text = Number(Math.abs(value).toPrecision(places)).toString();
  return `${value === 0 ? "" : value < 0 ? "−" : "+"}${text} ${unit}`;
}
