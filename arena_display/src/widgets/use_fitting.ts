/** Fits a picture to its screen: names shrink in steps, then what matters least makes room, so that nothing is cut. */

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { fitInSteps } from './fit_in_steps';

/** 1: long names of schools give way to the region alone; 2: so does who comes after the next. The style sheet says so. */
const DENSITIES = [0, 1, 2];

/** Fits anew when one of the causes changes, or the window, or when the fonts have come. */
export function useFitting(causes: readonly unknown[]): RefObject<HTMLElement | null> {
  const picture = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    const fit = () => {
      if (picture.current) fitPicture(picture.current);
    };
    fit();
    void document.fonts.ready.then(fit);
    addEventListener('resize', fit);
    return () => removeEventListener('resize', fit);
  }, causes);
  return picture;
}

function fitPicture(picture: HTMLElement): void {
  for (const name of picture.querySelectorAll<HTMLElement>('.team .name')) fitInSteps(name);
  for (const density of DENSITIES) {
    picture.dataset['density'] = String(density);
    if (picture.scrollHeight <= picture.clientHeight) return;
  }
}
