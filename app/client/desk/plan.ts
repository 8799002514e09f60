/** The timeline under the hand: boxes are dragged along time and rows, or moved by arrow keys; the server judges. */

interface Place {
  readonly start: number;
  readonly row: SVGGElement;
}

interface Held {
  readonly item: SVGGElement;
  readonly day: SVGSVGElement;
  readonly from: { readonly x: number; readonly y: number };
  readonly began: Place;
  now: Place;
}

const NEAR_PX = 4;
let held: Held | null = null;

function hold(item: SVGGElement, x: number, y: number): Held | null {
  const day = item.ownerSVGElement;
  const row = item.closest<SVGGElement>('[data-row]');
  if (!day || !row || !item.hasAttribute('tabindex')) return null;
  const began = { start: Number(item.dataset.start), row };
  return { item, day, from: { x, y }, began, now: began };
}

/** Where a box lands that was carried so far, in whole slots; the row is the one under its middle. */
function carried(one: Held, dx: number, dy: number): Place {
  const scale = Number(one.day.dataset.scale);
  const slot = Number(one.day.dataset.slot);
  const start = one.began.start + Math.round(dx / scale / slot) * slot;
  const middle = Number(one.began.row.dataset.top) + Number(one.began.row.dataset.height) / 2 + dy;
  const rows = [...one.day.querySelectorAll<SVGGElement>('[data-row]')];
  const row = rows.find(({ dataset }) => middle >= Number(dataset.top) && middle < Number(dataset.top) + Number(dataset.height));
  return { start, row: row ?? one.now.row };
}

function show(one: Held): void {
  const scale = Number(one.day.dataset.scale);
  const dx = (one.now.start - one.began.start) * scale;
  const dy = Number(one.now.row.dataset.top) - Number(one.began.row.dataset.top);
  one.item.setAttribute('transform', `translate(${dx} ${dy})`);
  one.item.classList.add('plan-held');
}

function letGo(one: Held): void {
  one.item.removeAttribute('transform');
  one.item.classList.remove('plan-held');
  held = null;
}

/** Ask the server to put it there; dropped on a box of the same length, the two change places. */
function put(one: Held): void {
  const { start, row } = one.now;
  const isThere = start === one.began.start && row === one.began.row;
  const form = document.querySelector<HTMLFormElement>('#plan-move');
  if (isThere || !form) {
    letGo(one);
    return;
  }
  const minutes = Number(one.item.dataset.minutes);
  const other = [...row.querySelectorAll<SVGGElement>('[data-activity]')].find(
    (box) => box !== one.item && Number(box.dataset.start) === start && Number(box.dataset.minutes) === minutes,
  );
  const said: Record<string, string> = {
    activity: one.item.dataset.activity ?? '',
    start: String(start),
    resource: row.dataset.row ?? '',
    other: other?.dataset.activity ?? '',
  };
  for (const [name, value] of Object.entries(said)) {
    const input = form.elements.namedItem(name);
    if (input instanceof HTMLInputElement) input.value = value;
  }
  held = null;
  form.requestSubmit();
}

function itemAt(target: EventTarget | null): SVGGElement | null {
  return target instanceof Element ? target.closest<SVGGElement>('g.plan-item') : null;
}

document.addEventListener('pointerdown', (event) => {
  const item = itemAt(event.target);
  if (!item || event.button !== 0) return;
  held = hold(item, event.clientX, event.clientY);
  if (held) item.setPointerCapture(event.pointerId);
});

document.addEventListener('pointermove', (event) => {
  if (!held || event.buttons === 0) return;
  const [dx, dy] = [event.clientX - held.from.x, event.clientY - held.from.y];
  if (Math.abs(dx) + Math.abs(dy) < NEAR_PX) return;
  held.now = carried(held, dx, dy);
  show(held);
});

document.addEventListener('pointerup', () => {
  if (held) put(held);
});

document.addEventListener('pointercancel', () => {
  if (held) letGo(held);
});

document.addEventListener('keydown', (event) => {
  const item = itemAt(event.target);
  if (!item) return;
  const one = held?.item === item ? held : hold(item, 0, 0);
  if (!one) return;
  const slot = Number(one.day.dataset.slot);
  const rows = [...one.day.querySelectorAll<SVGGElement>('[data-row]')];
  const at = rows.indexOf(one.now.row);
  const moves: Record<string, () => void> = {
    ArrowLeft: () => (one.now = { ...one.now, start: one.now.start - slot }),
    ArrowRight: () => (one.now = { ...one.now, start: one.now.start + slot }),
    ArrowUp: () => (one.now = { ...one.now, row: rows[at - 1] ?? one.now.row }),
    ArrowDown: () => (one.now = { ...one.now, row: rows[at + 1] ?? one.now.row }),
    Enter: () => {
      put(one);
    },
    Escape: () => {
      letGo(one);
    },
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  const isArrow = event.key.startsWith('Arrow');
  if (isArrow) held = one;
  move();
  if (isArrow) show(one);
});
