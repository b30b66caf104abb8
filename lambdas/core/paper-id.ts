/** What a paper is known by across sources: its arXiv id, else an id of its own, else its DOI, else its title. */
import { createHash } from 'node:crypto';
import { arxivIdOf, PAPER_ID, titleKey } from './paper';
import { parseUrl } from './url';

export interface Names {
  title: string;
  id?: string | undefined;
  url?: string | undefined;
  pdf?: string | undefined;
  doi?: string | undefined;
}

/** The same for the same names, so that importing a file again changes papers instead of repeating them. */
export function paperIdOf({ title, id, doi, ...links }: Names): string {
  const onArxiv = arxivIdOfNames({ id, doi, ...links });
  if (onArxiv) return onArxiv;
  if (id) return PAPER_ID.test(id) ? id : `id-${digest(id)}`;
  if (doi) return PAPER_ID.test(doi) ? doi : `doi-${digest(doi)}`;
  return `title-${digest(titleKey(title) ?? title)}`;
}

/** The first arXiv id among the names of a paper. */
export const arxivIdOfNames = ({ id, url, pdf, doi }: Omit<Names, 'title'>): string | undefined =>
  [id, url, doi, pdf].map((name) => name && (arxivIdOf(name) ?? arxivIdIn(name))).find(Boolean);

/** Pages and names of papers that arXiv has: its own, Hugging Face's, and arXiv's DOIs (10.48550). */
const PLACES: Readonly<Record<string, RegExp>> = {
  'arxiv.org': /^\/(?:abs|pdf|html|format)\/(.+?)(?:\.pdf)?\/?$/,
  'huggingface.co': /^\/papers\/(.+?)\/?$/,
  'doi.org': /^\/10\.48550\/arxiv\.(.+)$/i,
};

function arxivIdIn(text: string): string | undefined {
  const url = parseUrl(text.startsWith('10.') ? `https://doi.org/${text}` : text);
  const place = url && PLACES[url.hostname.replace(/^(?:www|export|dx)\./, '')];
  const [, id] = place?.exec(url?.pathname ?? '') ?? [];
  return id === undefined ? undefined : arxivIdOf(id);
}

/** "10.1145/3292500" of "https://doi.org/10.1145/3292500", "doi:10.1145/3292500" or as it is; in small letters, as DOIs know no others. */
export function doiOf(text: string): string | undefined {
  const [, doi] =
    /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S{1,500})$/i.exec(text.trim()) ?? [];
  return doi?.toLowerCase();
}

/** https://www.doi.org/doi-handbook/HTML/encoding-rules-for-urls.html */
export const doiLink = (doi: string): string =>
  `https://doi.org/${encodeURI(doi).replace(/[?#]/g, encodeURIComponent)}`;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
