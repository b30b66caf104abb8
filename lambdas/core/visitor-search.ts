/** What a visitor who searches asked for, and what to offer one who finds nothing. */
import type { PaperIndex } from './match';
import { readSearch, SearchField, type Search } from './search';

export type Asked =
  | { outcome: 'nothing' }
  | { outcome: 'search'; search: Search }
  | { outcome: 'refused'; typed: string; reason: string };

/** Reads a search as it stands behind the "?", where it may be missing, empty or there twice. */
export function asked(typed: readonly string[]): Asked {
  const [text = '', ...more] = typed;
  if (more.length > 0) return { outcome: 'refused', typed: text, reason: 'Send one search at a time.' };
  if (text.trim() === '') return { outcome: 'nothing' };
  const read = SearchField.safeParse(text);
  if (read.success) return { outcome: 'search', search: readSearch(read.data) };
  return {
    outcome: 'refused',
    typed: text,
    reason: read.error.issues.map(({ message }) => message).join(' '),
  };
}

/** Other searches for the same that do find something, at most three. */
export function broader({ words, phrases, categories, authors }: Search, index: PaperIndex): string[] {
  const all = [...words, ...phrases.flat()];
  const isName = words.length > 1 && words.length <= 4 && all.length === words.length;
  const searches = [
    ...(isName && categories.length + authors.length === 0 ? [`author:"${words.join(' ')}"`] : []),
    ...(phrases.length + categories.length + authors.length > 0 ? [all.join(' ')] : []),
    ...authors.map((name) => `author:"${name.join(' ')}"`),
    ...categories.map((category) => `cat:${category}`),
    ...(all.length > 1 ? all : []),
  ];
  return [...new Set(searches)]
    .filter((text) => text !== '' && index.find(readSearch(text), 1).length > 0)
    .slice(0, 3);
}
