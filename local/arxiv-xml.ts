/** Atom as arXiv's feed and arXiv's API write it, each in its own way. */
import type { Day } from '../lambdas/core/calendar';

export interface ArxivPaper {
  /** With its version: "2503.00001v1". */
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  /** The primary one first. */
  categories: string[];
  /** Only the feed says it. */
  announceType?: 'new' | 'cross' | 'replace' | 'replace-cross';
  /** When it was submitted, such as "2025-03-12T17:59:59Z". Only the API says it. */
  submittedAt?: string;
}

const NAMESPACES =
  'xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

const document = (...parts: string[]): string =>
  `<?xml version='1.0' encoding='UTF-8'?>\n<feed ${NAMESPACES}>\n${parts.join('\n')}\n</feed>\n`;

const terms = (categories: readonly string[]): string[] =>
  categories.map((name) => `<category term="${escaped(name)}"/>`);

/** The feed of a day. It is made after midnight in New York, which is 5:00 UTC in winter. */
export function feedXml(day: Day, papers: readonly ArxivPaper[]): string {
  const entries = papers.map(({ id, title, abstract, authors, categories, announceType = 'new' }) => {
    const parts = [
      element('id', `oai:arXiv.org:${id}`),
      element('title', title),
      element('updated', `${day}T05:00:05.912384+00:00`),
      `<link href="https://arxiv.org/abs/${escaped(id.replace(/v\d+$/, ''))}" rel="alternate" type="text/html"/>`,
      element('summary', `arXiv:${id} Announce Type: ${announceType} \nAbstract: ${abstract}`),
      ...terms(categories),
      element('published', `${day}T00:00:00-05:00`),
      element('arxiv:announce_type', announceType),
      element('dc:creator', authors.join(', ')),
    ];
    return `<entry>${parts.join('\n')}</entry>`;
  });
  return document(
    element('title', 'updates on arXiv.org'),
    element('updated', `${day}T05:00:04.556492+00:00`),
    ...entries,
  );
}

/** A page of the API's answer: `total` is how many there are in all. */
export function queryXml(total: number, start: number, papers: readonly ArxivPaper[]): string {
  const entries = papers.map(({ id, title, abstract, authors, categories, submittedAt = '' }) => {
    const parts = [
      element('id', `http://arxiv.org/abs/${id}`),
      element('title', title),
      element('updated', submittedAt),
      element('summary', abstract),
      ...terms(categories.toSorted()),
      element('published', submittedAt),
      `<arxiv:primary_category term="${escaped(categories[0] ?? '')}"/>`,
      ...authors.map((name) => `<author>${element('name', name)}</author>`),
    ];
    return `<entry>${parts.join('\n')}</entry>`;
  });
  return document(
    element('opensearch:totalResults', String(total)),
    element('opensearch:startIndex', String(start)),
    ...entries,
  );
}

/** What the API says about a query that it can't read. */
export const complaintXml = (what: string): string =>
  document(
    element('opensearch:totalResults', '1'),
    `<entry>${element('id', 'https://arxiv.org/api/errors#x')}${element('title', 'Error')}${element('summary', what)}</entry>`,
  );
