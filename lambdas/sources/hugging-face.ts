/** Hugging Face Daily Papers: one entry of its API becomes one paper. https://huggingface.co/api/daily_papers */
import * as z from 'zod/mini';
import { addDays, type Day } from '../core/calendar';
import { arxivIdOf, safeLink, type Paper } from '../core/paper';
import { readable } from '../core/readable';
import { plainText } from '../core/text';
import { checked, checkedPaper, LONGEST } from './checked';

/** What a paper can do without: a wrong one counts as none. */
const optionalText = z.catch(z.optional(z.string()), undefined);

/** Only what is used; everything else in an entry passes by. `_daily` and `_capturedAt` come from archives of the API. */
const Entry = z.object({
  paper: z.object({
    id: z.string(),
    title: z.string().check(z.maxLength(LONGEST.title)),
    summary: z.string().check(z.maxLength(LONGEST.abstract)),
    authors: z.array(z.object({ name: z.string() })),
    upvotes: z.int().check(z.nonnegative()),
    publishedAt: optionalText,
    submittedOnDailyAt: optionalText,
    githubRepo: optionalText,
    projectPage: optionalText,
  }),
  publishedAt: optionalText,
  numComments: z.catch(z.optional(z.int().check(z.nonnegative())), undefined),
  _daily: z.optional(z.iso.date()),
  _capturedAt: optionalText,
});

/** Whether Hugging Face gave the entry, so that it has a page of it, or a file that may say anything. */
export type Origin = 'site' | 'file';

/**
 * Reads one entry that was fetched at `now`, from the list of `listDay` where that is known (most entries say it
 * themselves). Throws an Error that names the field and what is wrong with it.
 */
export function readEntry(value: unknown, now: Date, listDay?: Day, origin: Origin = 'site'): Paper {
  const { paper, ...entry } = checked(Entry, value);
  const onArxiv = arxivIdOf(paper.id);
  const paperId = onArxiv ?? paper.id.trim().replace(/\/+$/, '');
  const at = earlier(momentOf(entry._capturedAt), now.toISOString());
  const listedOn =
    entry._daily ?? dayOf(paper.submittedOnDailyAt) ?? listDay ?? dayOf(entry.publishedAt) ?? at.slice(0, 10);
  if (listedOn > latestDay(now)) throw new Error(`the day it was listed, ${listedOn}, is in the future`);
  const publishedOn = dayOf(paper.publishedAt);
  const reading = { upvotes: paper.upvotes, at };
  return checkedPaper({
    paperId,
    title: readable(paper.title),
    authors: paper.authors.map(({ name }) => plainText(name)).filter(Boolean),
    abstract: readable(paper.summary),
    listedOn,
    publishedOn: publishedOn && publishedOn <= latestDay(now) ? publishedOn : undefined,
    first: reading,
    last: reading,
    comments: entry.numComments,
    links: linksOf(paper, paperId, onArxiv !== undefined, origin),
    source: 'hugging-face',
  });
}

/** Hugging Face has pages of what it lists, and of arXiv's papers; any other would lead nowhere. */
function linksOf(
  { githubRepo, projectPage }: z.infer<typeof Entry>['paper'],
  paperId: string,
  isOnArxiv: boolean,
  origin: Origin,
): Paper['links'] {
  const project = safeLink(projectPage);
  const discussion =
    isOnArxiv || origin === 'site' ? `https://huggingface.co/papers/${encodeURI(paperId)}` : undefined;
  const paper = isOnArxiv ? `https://arxiv.org/abs/${paperId}` : (discussion ?? project);
  if (!paper)
    throw new Error(
      'paper.id is not an arXiv id, so there is no page to link to: add paper.projectPage, or write the entry with a "title" and a "url" (docs/papers.md)',
    );
  const pdf = isOnArxiv ? `https://arxiv.org/pdf/${paperId}` : undefined;
  return { paper, pdf, code: safeLink(githubRepo), project, discussion };
}

/** Some days ahead of us are real: it is tomorrow in Asia already. */
const latestDay = (now: Date): Day => addDays(now.toISOString().slice(0, 10), 2);

const earlier = (moment: string | undefined, now: string): string => (moment && moment < now ? moment : now);

function momentOf(text = ''): string | undefined {
  const moment = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN; // which reads a year in anything
  return moment >= 0 && moment < Date.parse('9999-12-31') ? new Date(moment).toISOString() : undefined;
}

const dayOf = (text: string | undefined): Day | undefined => momentOf(text)?.slice(0, 10);

/**
 * The newest day that entries name, but for days to come: the day of a list whose entries don't say it, as the API's
 * answers before mid 2025.
 */
export function newestDay(entries: readonly unknown[], now: Date): Day | undefined {
  const days = entries.map((value) => {
    const entry = Entry.safeParse(value).data;
    return entry?._daily ?? dayOf(entry?.paper.submittedOnDailyAt) ?? dayOf(entry?.publishedAt) ?? '';
  });
  const known = days.filter((day) => day <= latestDay(now));
  return known.toSorted().at(-1) || undefined;
}
