/** What comes to a reader, and what a wish would change about it, in words for mails and pages. */
import type { Cadence } from '../lambdas/core/cadences';
import { searchesOf, type Subscriber, type Wish } from '../lambdas/core/subscriber';
import { excerpt, plainText } from '../lambdas/core/text';

export type Coming = Pick<Subscriber, 'cadence' | 'searches'>;

export const often: Record<Cadence, string> = {
  weekly: 'every week',
  daily: 'every weekday',
  monthly: 'every month',
};

/** "every week", or "every week, with papers that match ‘a’ or ‘b’ first". */
export function comingOf(reader: Coming): string {
  const searches = searchesOf(reader);
  const matches = searches.length && `, with papers that match ${listed(searches, 'disjunction')} first`;
  return `${often[reader.cadence]}${matches || ''}`;
}

const listed = (searches: readonly string[], type: 'conjunction' | 'disjunction'): string =>
  new Intl.ListFormat('en-GB', { type }).format(searches.map((search) => quoted(search)));

/** Characters of a search: a longer one can't be saved; in a subject there is room for few. */
const LONGEST = 200;
const LONGEST_IN_SUBJECT = 40;

/** Whoever fills in the form writes these words into somebody's inbox: so no mail program may make a link of them. */
const quoted = (search: string, longest = LONGEST): string =>
  `‘${excerpt(plainText(search), longest).replace(/[.@](?=\p{L})|:(?=\/\/)/gu, '$&\u200c')}’`;

/** A question to a reader: its title, what was asked for (behind "asked to"), and the button that agrees. */
export function questionOf(
  { search, cadence }: Wish,
  name: string,
): Record<'title' | 'asked' | 'button', string> {
  const send = cadence && `get ${name} ${often[cadence]}`;
  const add = (longest?: number) => search && `add the search ${quoted(search, longest)}`;
  const title = both(add(LONGEST_IN_SUBJECT), send);
  return {
    title: `${title.charAt(0).toUpperCase()}${title.slice(1)}?`,
    asked: both(add(), send && `${search ? 'to ' : ''}${send}`),
    button: `Yes, ${both(search && 'add the search', cadence && `send it ${often[cadence]}`)}`,
  };
}

const both = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' and ');

/** For a search beyond the most; nothing where there is none. */
export const leftOutNote = (leftOut: string | undefined): string =>
  leftOut === undefined ? '' : ` You have five searches already, so ${quoted(leftOut)} is left out.`;

/** The same where nothing else was asked for. */
export const refusalOf = (leftOut: string, reader: Coming): string =>
  `asked to add the search ${quoted(leftOut)}. It is left out, and nothing changes, since you have five searches already: ${listed(searchesOf(reader), 'conjunction')}.`;
