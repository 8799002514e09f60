/** The pad a captain signs on, with a finger or a pen: drawn as the pointer goes, told when it is lifted. */

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../feed/i18n';
import type { Stroke } from './draft';
import { begun, extended, PAD_HEIGHT, PAD_WIDTH, pointAt, pointsOf, type Point } from './signature';

/** The canvas has two dots for each thousandth, so that a line is fine on any tablet. */
const DOTS = 2;
const LINE_WIDTH = 5;

export function SignaturePad(props: {
  strokes: readonly Stroke[];
  set: (strokes: readonly Stroke[]) => void;
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<readonly Stroke[] | null>(null);
  useEffect(() => {
    if (canvas.current && drawing.current === null) draw(canvas.current, props.strokes);
  }, [props.strokes]);

  const start = (press: PointerEvent): void => {
    const pad = canvas.current;
    if (!pad || drawing.current !== null) return; // a second finger, or the palm
    press.preventDefault();
    pad.setPointerCapture(press.pointerId);
    drawing.current = begun(props.strokes, where(pad, press));
    draw(pad, drawing.current);
  };
  const move = (pointer: PointerEvent): void => {
    const pad = canvas.current;
    if (!pad || drawing.current === null || !pad.hasPointerCapture(pointer.pointerId)) return;
    for (const one of finest(pointer)) drawing.current = extended(drawing.current, where(pad, one));
    draw(pad, drawing.current);
  };
  const lift = (pointer: PointerEvent): void => {
    const strokes = drawing.current;
    if (strokes === null || !canvas.current?.hasPointerCapture(pointer.pointerId)) return;
    drawing.current = null;
    props.set(strokes);
  };
  return (
    <canvas
      ref={canvas}
      class="signature-pad"
      data-testid="signature-pad"
      role="img"
      aria-label={t('Signature of the captain')}
      width={PAD_WIDTH * DOTS}
      height={PAD_HEIGHT * DOTS}
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={lift}
      onPointerCancel={lift}
    />
  );
}

/** Every place the pointer was since the last frame, where the browser tells. */
function finest(pointer: PointerEvent): readonly PointerEvent[] {
  const all = (pointer as Partial<PointerEvent>).getCoalescedEvents?.() ?? [];
  return all.length > 0 ? all : [pointer];
}

function where(pad: HTMLCanvasElement, pointer: PointerEvent): Point {
  const box = pad.getBoundingClientRect();
  return pointAt(pointer.clientX - box.left, pointer.clientY - box.top, box.width);
}

function draw(pad: HTMLCanvasElement, strokes: readonly Stroke[]): void {
  const pen = pad.getContext('2d');
  if (!pen) return;
  pen.setTransform(DOTS, 0, 0, DOTS, 0, 0);
  pen.clearRect(0, 0, PAD_WIDTH, PAD_HEIGHT);
  pen.lineWidth = LINE_WIDTH;
  pen.lineCap = pen.lineJoin = 'round';
  pen.strokeStyle = getComputedStyle(pad).color;
  for (const stroke of strokes) {
    const [first, ...rest] = pointsOf(stroke);
    if (!first) continue;
    pen.beginPath();
    pen.moveTo(first.x, first.y);
    // A dot is a line to where it began.
    for (const point of rest.length > 0 ? rest : [first]) pen.lineTo(point.x, point.y);
    pen.stroke();
  }
}
