/** Finding a team by what somebody types in a hurry, on whatever keyboard is at hand; as `app/registry/finding.py` does. */

const AS_TYPED: Readonly<Record<string, string>> = { ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', і: 'и', һ: 'х', ё: 'е' };
const INSIDE_FROM = 3;

/** Text as it is compared: without case, and with the Russian letters people type for Kazakh ones. */
export function folded(text: string): string {
  const letters = Array.from(text.toLowerCase(), (letter) => AS_TYPED[letter] ?? letter).join('');
  return letters.split(/\s+/u).filter(Boolean).join(' ');
}

/** Whether every word of `query` begins a word of `texts`, or stands inside one from three letters on. */
export function fits(query: string, ...texts: readonly string[]): boolean {
  const haystack = ` ${folded(texts.join(' '))}`;
  const words = folded(query).split(' ').filter(Boolean);
  return words.every((word) => haystack.includes(` ${word}`) || (word.length >= INSIDE_FROM && haystack.includes(word)));
}
