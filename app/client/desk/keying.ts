/** Forms filled from the keyboard alone: Enter goes to the next field, and from the last one it sends the form. */

const CONTROLS = 'input:not([type=hidden]), select, textarea, button[type=submit]';

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-keying]')) {
  const controls = [...form.querySelectorAll<HTMLElement>(CONTROLS)];
  form.addEventListener('keydown', (event) => {
    const at = controls.indexOf(event.target as HTMLElement);
    const next = controls[at + 1];
    if (event.key !== 'Enter' || at < 0 || !next) return;
    event.preventDefault();
    next.focus();
    if (next instanceof HTMLInputElement) next.select();
  });
  const wrong = form.querySelector('.invalid-feedback')?.parentElement;
  (wrong?.querySelector<HTMLElement>(CONTROLS) ?? controls[0])?.focus();
}
