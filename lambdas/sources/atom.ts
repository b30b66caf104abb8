/** Atom as arXiv writes it, as values; not a reader of Atom at large. https://info.arxiv.org/help/atom_specifications.html */
import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import { checked } from './checked';
import { refusal, type Answer } from './web';

/** An element's text, whether or not it has attributes. */
export const Text = z.union([
  z.string(),
  z.pipe(
    z.object({ '#text': z.string() }),
    z.transform((node) => node['#text']),
  ),
]);

const Feed = z.object({
  feed: z.object({
    updated: z.optional(Text),
    'opensearch:totalResults': z.optional(Text),
    entry: z._default(z.array(z.unknown()), []),
  }),
});

/** What arXiv's API answers to a query it can't read: an entry in a feed, with status 200 or 400. */
const Complaint = z.object({ id: z.string().check(z.regex(/\/api\/errors/)), summary: Text });

export interface Feed {
  updated: string | undefined;
  /** How many entries there are in all; this may be a page of them. */
  total: number | undefined;
  entries: unknown[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  ignoreDeclaration: true,
  htmlEntities: true, // without it, numeric ones stay as they are
  isArray: (name) => ['entry', 'author', 'category', 'link'].includes(name),
  maxNestedTags: 20,
});

/** Not characters of XML: one of them in one title would cost the whole feed. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The feed in an answer. Throws an Error where there is none; what arXiv complains of comes with a 400. */
export function feedIn(url: string, answer: Answer): Feed {
  if (answer.status !== 200 && answer.status !== 400) throw refusal(url, answer);
  const feed = readAtom(answer.text);
  if (answer.status !== 200) throw refusal(url, answer);
  return feed;
}

/** Throws an Error where the text is no feed, or is arXiv's own complaint. */
export function readAtom(text: string): Feed {
  // nobody needs a document type here, and entities that it declares can grow without end
  if (/<!DOCTYPE/i.test(text)) throw new Error('it declares a document type');
  const { feed } = checked(Feed, parser.parse(text.replace(FORBIDDEN, ''), true));
  const complaint = feed.entry.map((entry) => Complaint.safeParse(entry).data).find(Boolean);
  if (complaint) throw new Error(`arXiv says: ${complaint.summary}`);
  const total = feed['opensearch:totalResults'];
  return {
    updated: feed.updated,
    total: total === undefined ? undefined : Number(total),
    entries: feed.entry,
  };
}
