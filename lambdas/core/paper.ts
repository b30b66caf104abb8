/** A research paper, as every source gives it and the papers table keeps it. */
import * as z from 'zod/mini';
import { Cadence } from './cadences';
import { parseUrl } from './url';

export type Paper = z.infer<typeof Paper>;

const day = z.iso.date();
/** Upvotes and when they were read: they keep growing for weeks. */
const Reading = z.object({ upvotes: z.int().check(z.nonnegative()), at: z.iso.datetime() });

/** The largest collaboration so far has 5,154 (arXiv 1503.07589). */
export const MOST_AUTHORS = 6_000;

/** Characters. */
export const LONGEST_NOTE = 300;

/** It stands in keys and addresses: no part of it is empty, "." or "..". */
export const PAPER_ID = /^(?!(?:.*\/)?\.{0,2}(?:\/|$))[\w.\-/]{1,100}$/;

export const Paper = z.object({
  /** The arXiv id without its version where there is one. */
  paperId: z.string().check(z.regex(PAPER_ID, 'is not a valid id')),
  title: z.string().check(
    z.maxLength(1_000),
    z.refine((title) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(title), 'is empty'),
  ),
  authors: z.array(z.string().check(z.minLength(1))).check(z.maxLength(MOST_AUTHORS)),
  abstract: z.string().check(z.maxLength(20_000)),
  /** The day the community listed it. */
  listedOn: day,
  publishedOn: z.optional(day),
  /** As arXiv calls them, the primary one first: "cs.CL". */
  categories: z.optional(z.array(z.string().check(z.maxLength(40))).check(z.maxLength(50))),
  first: Reading,
  last: Reading,
  comments: z.optional(z.int().check(z.nonnegative())),
  /** The operator's own words about it, shown with it. */
  note: z.optional(z.string().check(z.minLength(1), z.maxLength(LONGEST_NOTE))),
  links: z.object({
    paper: z.string(),
    pdf: z.optional(z.string()),
    code: z.optional(z.string()),
    project: z.optional(z.string()),
    discussion: z.optional(z.string()),
  }),
  source: z.string(),
  /** That nobody votes on it: its readings count nothing, and nothing is said of upvotes. */
  voted: z.optional(z.literal(false)),
  /** Only of papers in the table: the first day that it was listed on, if `listedOn` was moved since. */
  firstListedOn: z.optional(day),
  /** Only of papers in the table: the cadences of which an edition showed it to everybody. */
  shownIn: z.optional(z.array(Cadence)),
});

/** Papers frozen before `voted` was kept say it by their source. */
const NEVER_VOTED = 'arxiv';

/** The source of papers in the operator's own format: what it says overwrites what it said before. */
export const FILE = 'file';

export const isVoted = ({ voted, source }: Paper): boolean => voted !== false && source !== NEVER_VOTED;

export const upvotesOf = (paper: Paper): number => (isVoted(paper) ? paper.last.upvotes : 0);

/** The address, if it is one that may stand in a mail: https, no user name or password; else undefined. */
export function safeLink(text: string | undefined): string | undefined {
  const url = text && text.length <= 2_000 ? parseUrl(text) : undefined;
  if (url?.protocol !== 'https:' || url.username || url.password) return undefined;
  return url.href.length <= 2_000 ? url.href : undefined;
}

/** Ids of both ages, as they are and as feeds, the API and readers write them. https://info.arxiv.org/help/arxiv_identifier.html */
const ARXIV_ID =
  /^(?:oai:arxiv\.org:|arxiv:|https?:\/\/(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf)\/)?(?:(\d{4}\.\d{4,5})|([a-z-]+)(\.[a-z]{2})?(\/\d{7}))(?:v\d+)?\/*$/i;

/** The arXiv id in a text, without its version and in one spelling; undefined where it is none. */
export function arxivIdOf(text: string): string | undefined {
  const [, id, archive, subject = '', number] = ARXIV_ID.exec(text.trim()) ?? [];
  return id ?? (archive && number && `${archive.toLowerCase()}${subject.toUpperCase()}${number}`);
}

/** Too few letters to tell papers apart: "Reply" is a title. */
const TELLING = 12;

/** What stays of a title when two sources write it differently; undefined where too little stays to go by. */
export function titleKey(title: string): string | undefined {
  const key = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return key.length < TELLING ? undefined : key;
}
