/** Makes a name as large as its room allows: at its full size, or one or two steps smaller, wrapped but never cut. */

/** How many lines a name may take at each step; at the last it takes what it needs. */
const LINES_WIDE = [1, 2, Infinity];
const LINES_TALL = [2, 3, Infinity];

/** Sets `data-step` to 0, 1 or 2; the style sheet says how large each is. */
export function fitInSteps(name: HTMLElement): void {
  const lines = innerHeight > innerWidth ? LINES_TALL : LINES_WIDE;
  for (const [step, mostLines] of lines.entries()) {
    name.dataset['step'] = String(step);
    const lineHeight = parseFloat(getComputedStyle(name).lineHeight);
    const isWithin = name.scrollWidth <= name.clientWidth && name.offsetHeight < (mostLines + 0.5) * lineHeight;
    if (isWithin) return;
  }
}
