/** How wide a figure is before it is drawn, so that it can be made as large as its room allows. */

const DIGIT_EMS = 0.66;
const POINT_EMS = 0.34;
const LETTER_EMS = 0.75;

/** The width of a text in bold Inter with tabular figures, in ems of its font size, rounded up a little. */
export function emsOf(text: string): number {
  return Array.from(text, emsOfSign).reduce((sum, ems) => sum + ems, 0);
}

/** The width of the longest piece of a text that a line break cannot part. */
export function longestWordEms(text: string): number {
  return Math.max(1, ...text.split(/\s|(?<=-)/).map(emsOf));
}

function emsOfSign(sign: string): number {
  if (/[\d–-]/.test(sign)) return DIGIT_EMS;
  return /[\s:.,]/.test(sign) ? POINT_EMS : LETTER_EMS;
}
