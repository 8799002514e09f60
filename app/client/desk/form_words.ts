/** What the browser says of a field that is not filled in as it should be, in the page's words instead of its own. */

export {}; // a module: its names are its own

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const FAULTS = [
  'valueMissing',
  'badInput',
  'typeMismatch',
  'patternMismatch',
  'tooShort',
  'tooLong',
  'rangeUnderflow',
  'rangeOverflow',
  'stepMismatch',
] as const;
const LIMITS: Readonly<Record<string, string>> = {
  tooShort: 'minlength',
  tooLong: 'maxlength',
  rangeUnderflow: 'min',
  rangeOverflow: 'max',
};

const meta = document.querySelector<HTMLMetaElement>('meta[name=form-words]');
const words = JSON.parse(meta?.content ?? '{}') as Readonly<Record<string, string>>;
const told = new Set<Control>();

/** A fault's sentence; empty where the page has none, and the browser's own is said. */
function sentence(control: Control): string {
  const fault = FAULTS.find((one) => control.validity[one]);
  if (!fault) return '';
  const kind = control instanceof HTMLSelectElement ? 'select' : control.type;
  const limit = control.getAttribute(LIMITS[fault] ?? '') ?? '';
  // A number that may have parts is off its step for another reason than not being whole.
  const named = fault === 'stepMismatch' && control.hasAttribute('step') ? fault : `${fault}-${kind}`;
  return (words[named] ?? words[fault] ?? '').replace('{limit}', limit);
}

function isControl(target: EventTarget | null): target is Control {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement
  );
}

/** Words of ours are a fault in themselves: they go before fields are looked at anew, or nothing could be sent. */
function forget(): void {
  for (const control of told) control.setCustomValidity('');
  told.clear();
}

document.addEventListener(
  'invalid',
  ({ target }) => {
    if (!isControl(target)) return;
    target.setCustomValidity('');
    target.setCustomValidity(sentence(target));
    told.add(target);
  },
  true,
);
document.addEventListener('input', forget, true);
document.addEventListener('change', forget, true);
// Enter in a field presses the form's first button, too.
document.addEventListener('click', forget, true);
