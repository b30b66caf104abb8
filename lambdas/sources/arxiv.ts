/** arXiv: one entry of its feeds or of its API becomes one paper. */
import * as z from 'zod/mini';
import { addDays, type Day } from '../core/calendar';
import { arxivIdOf, type Paper } from '../core/paper';
import { readable } from '../core/readable';
import { plainText } from '../core/text';
import { Text } from './atom';
import { checked, checkedPaper, LONGEST } from './checked';

const Category = z.object({ '@_term': z.string().check(z.regex(/^[\w.-]{1,40}$/)) });

const Entry = z.object({
  id: Text,
  title: z.pipe(Text, z.string().check(z.maxLength(LONGEST.title))),
  summary: z.pipe(Text, z.string().check(z.maxLength(LONGEST.abstract))),
  published: z.catch(z.optional(Text), undefined),
  /** The API's, a person each. */
  author: z._default(z.array(z.object({ name: Text })), []),
  /** The feed's, all in one line. */
  'dc:creator': z.optional(Text),
  category: z._default(z.array(z.unknown()), []),
  'arxiv:primary_category': z.optional(z.unknown()),
  /** Only the feed has it: new, cross, replace or replace-cross. */
  'arxiv:announce_type': z.optional(Text),
});

/** Before the abstract, a feed repeats what the entry says elsewhere, where readers of feeds show it. */
const PREAMBLE = /^\s*arXiv:\S+\s+Announce Type:\s*(\S+)\s+Abstract:\s*/;
/** The other types are of papers that were announced before: replace, replace-cross. */
const WANTED: ReadonlySet<string> = new Set(['new', 'cross']);

/**
 * Reads one entry that was fetched at `now` and announced on a day. A paper that is announced again because of a new
 * version is none: undefined. Throws an Error that names the field and what is wrong with it.
 */
export function readArxivEntry(value: unknown, now: Date, announcedOn: Day): Paper | undefined {
  const entry = checked(Entry, value);
  const type = entry['arxiv:announce_type'] ?? PREAMBLE.exec(entry.summary)?.[1];
  if (type !== undefined && !WANTED.has(type)) return undefined;
  const paperId = arxivIdOf(entry.id);
  if (!paperId) throw new Error('id is not a valid arXiv id');
  const none = { upvotes: 0, at: now.toISOString() };
  return checkedPaper({
    paperId,
    title: readable(entry.title),
    authors: authorsOf(entry),
    abstract: readable(entry.summary.replace(PREAMBLE, '')),
    listedOn: announcedOn,
    // a feed means the announcement by it, the API the first version
    publishedOn: type ? undefined : publishedOn(entry.published, now),
    categories: categoriesOf(entry),
    first: none,
    last: none,
    links: { paper: `https://arxiv.org/abs/${paperId}`, pdf: `https://arxiv.org/pdf/${paperId}` },
    source: 'arxiv',
    voted: false,
  });
}

const BRACKETS = /\([^()]*\)/g;

/** "Ada Lovelace, Grace Hopper (Yale, Vassar)": what is in brackets, or in brackets in brackets, are universities. */
function authorsOf(entry: z.infer<typeof Entry>): string[] {
  const line = entry['dc:creator']?.replace(BRACKETS, '').replace(BRACKETS, '') ?? '';
  const names = entry.author.length ? entry.author.map(({ name }) => name) : line.split(',');
  return names.map(plainText).filter(Boolean);
}

function categoriesOf(entry: z.infer<typeof Entry>): string[] {
  const all = [entry['arxiv:primary_category'], ...entry.category];
  return [...new Set(all.flatMap((one) => Category.safeParse(one).data?.['@_term'] ?? []))].slice(0, 50);
}

function publishedOn(text: string | undefined, now: Date): Day | undefined {
  const day = z.iso.datetime().safeParse(text).data?.slice(0, 10);
  return day && day <= addDays(now.toISOString().slice(0, 10), 2) ? day : undefined;
}
