/** What this screen draws just now, in the words of its steering, for the desk to see. */

import { signal } from '@preact/signals';

export const shownNow = signal('');
