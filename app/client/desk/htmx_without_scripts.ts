/** Takes from htmx the one thing our content security policy forbids: running text from attributes as a script. */

import htmx from 'htmx.org';

type MakeFunction = (...source: string[]) => never;

interface Internals {
  readonly initSecurity: (trustedTypes: null, makeFunction: MakeFunction, makeAsyncFunction: MakeFunction) => void;
}

/** Stands in for `new Function(…)`, so that `hx-on:…`, `js:` values and trigger filters fail with their own text. */
function refuse(...source: string[]): never {
  throw new Error(`htmx may not run scripts from attributes: ${source.at(-1) ?? ''}`);
}

htmx.registerExtension('without-scripts', {
  init: (internals: Internals) => internals.initSecurity(null, refuse, refuse),
});
