/** A research paper, as every source gives it and the papers table keeps it. */
import * as z from 'zod';
import { parseUrl } from './url';

export type Paper = z.infer<typeof Paper>;

const day = z.iso.date();
/** Upvotes and when they were read: they keep growing for weeks. */
const Reading = z.object({ upvotes: z.int().nonnegative(), at: z.iso.datetime() });

export const Paper = z.object({
  /** The arXiv id without its version where there is one. */
  paperId: z.string().regex(/^[\w.\-/]{1,100}$/, 'has characters that an id cannot have'),
  title: z
    .string()
    .max(1_000)
    .regex(/[\p{L}\p{N}\p{P}\p{S}]/u, 'is empty'),
  authors: z.array(z.string().min(1)).max(5_000),
  abstract: z.string().max(20_000),
  /** The day the community listed it. */
  listedOn: day,
  publishedOn: day.optional(),
  first: Reading,
  last: Reading,
  comments: z.int().nonnegative().optional(),
  links: z.object({
    paper: z.string(),
    pdf: z.string().optional(),
    code: z.string().optional(),
    project: z.string().optional(),
    discussion: z.string().optional(),
  }),
  source: z.string(),
});

export const upvotesOf = (paper: Paper): number => paper.last.upvotes;

/** The address, if it is one that may stand in a mail: https, no user name or password; else undefined. */
export function safeLink(text: string | undefined): string | undefined {
  const url = text && text.length <= 2_000 ? parseUrl(text) : undefined;
  if (url?.protocol !== 'https:' || url.username || url.password) return undefined;
  return url.href.length <= 2_000 ? url.href : undefined;
}
