/** A signature as lines of points: thinned as they are drawn, and never larger than the server takes. */

import type { Stroke } from './draft';

/** Coordinates are thousandths of the pad's width, in both directions. */
export const PAD_WIDTH = 1000;
export const PAD_HEIGHT = 400;

export const MOST_STROKES = 200;
/** Numbers in one stroke: two a point. */
export const MOST_COORDINATES = 2000;
/** Points nearer than this to the one before say nothing new. */
const NEAREST = 4;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a pointer is on a pad shown `widthPx` wide, kept inside it. */
export function pointAt(xPx: number, yPx: number, widthPx: number): Point {
  const scale = PAD_WIDTH / Math.max(1, widthPx);
  return { x: within(xPx * scale, PAD_WIDTH), y: within(yPx * scale, PAD_HEIGHT) };
}

/** The strokes with a new one begun; as they were where there are as many as can be kept. */
export function begun(strokes: readonly Stroke[], { x, y }: Point): readonly Stroke[] {
  return strokes.length < MOST_STROKES ? [...strokes, [x, y]] : strokes;
}

/** The strokes with the last one led on to a point. */
export function extended(strokes: readonly Stroke[], { x, y }: Point): readonly Stroke[] {
  const last = strokes.at(-1);
  if (!last || last.length + 2 > MOST_COORDINATES) return strokes;
  const [lastX = 0, lastY = 0] = last.slice(-2);
  if (Math.hypot(x - lastX, y - lastY) < NEAREST) return strokes;
  return [...strokes.slice(0, -1), [...last, x, y]];
}

/** The points of a stroke, in order. */
export function pointsOf(stroke: Stroke): Point[] {
  const points: Point[] = [];
  for (let at = 0; at + 1 < stroke.length; at += 2) points.push({ x: stroke[at] ?? 0, y: stroke[at + 1] ?? 0 });
  return points;
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(0, Math.round(value)));
}
