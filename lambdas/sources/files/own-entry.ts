/** An entry in our own format becomes a paper: docs/papers.md tells operators of every field. */
import * as z from 'zod/mini';
import { addDays, type Day } from '../../core/calendar';
import { FILE, LONGEST_NOTE, MOST_AUTHORS, safeLink, type Paper } from '../../core/paper';
import { arxivIdOfNames, doiLink, doiOf, paperIdOf } from '../../core/paper-id';
import { readable } from '../../core/readable';
import { plainText } from '../../core/text';
import { checked, checkedPaper, LONGEST } from '../checked';
import { firstNameFirst, namesIn } from './authors';
import { byField, meantBy } from './field-names';

const LONGEST_LINE = 2_000;
const line = z.string().check(z.maxLength(LONGEST_LINE));
const link = line.check(z.refine(isLink, 'must be an https link, such as "https://example.org/paper"'));

function isLink(text: string): boolean {
  return safeLink(text) !== undefined;
}

/** CSL, the format of citation styles, has the two names apart. */
const Author = z.union([line, z.object({ name: line }), z.object({ family: line, given: z.optional(line) })]);

const NAMES = 'must be a list of names, or text such as "Ada Lovelace; Grace Hopper"';

const Own = z.object({
  title: z.string().check(z.maxLength(LONGEST.title)),
  /** As a number an arXiv id loses its last zero. */
  id: z.optional(z.string('must be in quotation marks').check(z.maxLength(LONGEST_LINE))),
  authors: z.optional(z.union([z.string().check(z.maxLength(LONGEST.abstract)), z.array(Author)], NAMES)),
  abstract: z.optional(z.string().check(z.maxLength(LONGEST.abstract))),
  listedOn: z.optional(z.iso.date()),
  publishedOn: z.optional(z.unknown()),
  url: z.optional(line),
  doi: z.optional(line),
  pdf: z.optional(link),
  code: z.optional(link),
  project: z.optional(link),
  discussion: z.optional(link),
  note: z.optional(z.string()),
  categories: z.optional(z.union([line, z.array(line)], 'must be a list of texts')),
  upvotes: z.optional(z.int().check(z.nonnegative())),
  voted: z.optional(z.unknown()),
});
type Own = z.infer<typeof Own>;

/** As this newsletter's own site answers programs (core/listing.ts): the links of a paper in an object. */
const Links = z.object({
  paper: z.optional(line),
  pdf: z.optional(line),
  code: z.optional(line),
  project: z.optional(line),
  discussion: z.optional(line),
});

export interface Reading {
  now: Date;
  /** The day of listing of a paper that names none. */
  today: Day;
  isExport: boolean;
}

/** @throws Error that names the field and what is wrong with it */
export function readOwnEntry(value: unknown, reading: Reading): { paper: Paper; isUndated: boolean } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the entry must be an object with a title');
  refuseSlips(value);
  const own = checked(Own, withoutLinks(value, reading.isExport));
  const { now, today } = reading;
  const at = now.toISOString();
  const listedOn = own.listedOn ?? today;
  if (listedOn > latestDay(now)) throw new Error(`listedOn ${listedOn} is in the future`);
  const count = { upvotes: own.voted === false ? 0 : (own.upvotes ?? 0), at };
  const paper = checkedPaper({
    ...namesOf(own, reading.isExport),
    title: readable(own.title),
    authors: authorsOf(own.authors).map(plainText).filter(Boolean),
    abstract: readable(own.abstract ?? ''),
    listedOn,
    publishedOn: dayOf(own.publishedOn, now),
    categories: categoriesOf(own.categories, reading.isExport),
    first: count,
    last: count,
    voted: own.upvotes === undefined || own.voted === false ? false : undefined,
    note: noteOf(own.note),
    source: FILE,
  });
  return { paper, isUndated: own.listedOn === undefined };
}

/** Sent to readers it can't be taken back, so a field that would be lost is better told. */
function refuseSlips(value: object): void {
  for (const name of Object.keys(value)) {
    const meant = meantBy(name);
    if (meant) throw new Error(`"${plainText(name).slice(0, 40)}" is not a field: did you mean "${meant}"?`);
  }
}

function withoutLinks(value: object, isExport: boolean): object {
  const { links, ...fields } = byField(value);
  const known = Links.safeParse(links).data;
  const { paper: url, ...others } = known ?? {};
  const all = { url, ...others, ...fields };
  const day = typeof all.listedOn === 'string' ? all.listedOn.trim().replace(/[T ].*$/, '') : all.listedOn;
  const optional = isExport || known ? ['pdf', 'code', 'project', 'discussion'] : [];
  const kept = Object.entries({ ...all, listedOn: day }).filter(
    ([name, one]) => !optional.includes(name) || (typeof one === 'string' && isLink(one)),
  );
  return Object.fromEntries(kept);
}

/** A paper's id and its links. There is always one that leads to it. */
function namesOf(own: Own, isExport: boolean): Pick<Paper, 'paperId' | 'links'> {
  const { pdf, code, project, discussion } = own;
  const title = readable(own.title);
  const [id, url] = [own.id?.trim(), own.url?.trim()];
  if (own.doi !== undefined && doiOf(own.doi) === undefined && !isExport)
    throw new Error('doi is not valid: it should look like "10.1145/3292500.3330701"');
  const doi = doiOf(own.doi ?? '') ?? doiOf(url ?? '') ?? doiOf(id ?? '');
  const names = { title, id, url, pdf, doi };
  const onArxiv = arxivIdOfNames(names);
  const canReplace = isExport || (url !== undefined && arxivIdOfNames({ url }) !== undefined);
  const derived = (onArxiv && `https://arxiv.org/abs/${onArxiv}`) ?? (doi && doiLink(doi));
  const paper = safeLink(url) ?? (url === undefined || canReplace ? derived : undefined);
  if (!paper)
    throw new Error(
      url === undefined
        ? 'url is missing: add the https link of the paper, its DOI or its arXiv id'
        : 'url must be an https link, such as "https://example.org/paper"',
    );
  return {
    paperId: paperIdOf(names),
    links: {
      paper,
      pdf: safeLink(pdf) ?? (onArxiv && `https://arxiv.org/pdf/${onArxiv}`),
      code: safeLink(code),
      project: safeLink(project),
      discussion: safeLink(discussion),
    },
  };
}

function authorsOf(authors: Own['authors'] = []): string[] {
  const all = typeof authors === 'string' ? namesIn(authors) : authors;
  if (all.length > MOST_AUTHORS) throw new Error('authors has more than 6,000 names');
  return all.map((one) => {
    if (typeof one === 'string') return one;
    return 'name' in one ? one.name : firstNameFirst(`${one.family}, ${one.given ?? ''}`);
  });
}

function categoriesOf(categories: Own['categories'] = [], isExport: boolean): string[] | undefined {
  const names = (typeof categories === 'string' ? categories.split(/[;,]/) : categories)
    .map(plainText)
    .filter((name) => name && (!isExport || name.length <= 40));
  return names.length ? [...new Set(names)].slice(0, 50) : undefined;
}

function noteOf(text: string | undefined): string | undefined {
  const note = plainText(text ?? '');
  if (note.length > LONGEST_NOTE)
    throw new Error(`note is longer than ${LONGEST_NOTE} characters: it has ${note.length}`);
  return note || undefined;
}

/** A whole day, in a timestamp too. A year or a month alone is left out: no day of it would be true. */
function dayOf(value: unknown, now: Date): Day | undefined {
  const [, text] = /^(\d{4}-\d\d-\d\d)(?:$|[T ])/.exec(String(value).trim()) ?? [];
  const day = z.iso.date().safeParse(text).data;
  return day && day <= latestDay(now) ? day : undefined;
}

/** It is tomorrow in Asia already. */
const latestDay = (now: Date): Day => addDays(now.toISOString().slice(0, 10), 2);
