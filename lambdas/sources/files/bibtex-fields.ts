/** The fields of a BibTeX entry by our names: docs/papers.md says which become what. */
import { arxivIdOf, MOST_AUTHORS } from '../../core/paper';
import { readable } from '../../core/readable';
import { LONGEST } from '../checked';
import { firstNameFirst } from './authors';
import { bibEntries, type BibEntry } from './bibtex';
import type { Entries } from './entry';
import { meantBy, type FieldName } from './field-names';
import { arxivIdMentioned, firstLink } from './mentions';

export function bibtexEntries(text: string): Entries {
  const entries = bibEntries(text).map((entry) => ({
    where: entry.key ? `line ${entry.line} (${entry.key.slice(0, 60)})` : `line ${entry.line}`,
    read: () => fieldsOf(entry),
  }));
  return { entries, isExport: true };
}

/** BibTeX's `note` and `annote` are often private or of another kind, so no note is made of them. */
function fieldsOf({ fields, fault }: BibEntry): Partial<Record<FieldName, unknown>> {
  if (fault) throw new Error(`the entry ${fault}`);
  for (const name of Object.keys(fields)) {
    const meant = meantBy(name);
    if (meant && meant !== 'note')
      throw new Error(`"${name.slice(0, 40)}" is not a field: did you mean "${meant}"?`);
  }
  const { title, subtitle, abstract, doi, url, pdf, code, project, discussion, listedon, upvotes } = fields;
  return {
    title: plain([title, subtitle].filter(Boolean).join(': ')),
    authors: authorsIn(fields['author'] ?? ''),
    abstract: abstract && plain(abstract),
    id: arxivIdIn(fields),
    doi: doi && address(doi),
    url: firstLink([url, fields['howpublished']].map((one) => address(one ?? ''))),
    pdf: pdf && address(pdf),
    code: code && address(code),
    project: project && address(project),
    discussion: discussion && address(discussion),
    categories: [fields['primaryclass'] ?? '', ...plain(fields['keywords'] ?? '').split(/[;,]/)],
    publishedOn: dateIn(fields),
    listedOn: listedon,
    upvotes: upvotes === undefined ? undefined : Number(upvotes),
  };
}

const FORMULA = /(?<!\\)\$[^$\ufdd0]*\$/g;
/** No character: a text that has one loses it when it is made readable. */
const HOLE = '\ufdd0';
const HOLES = /\ufdd0(\d+)\ufdd0/g;

/** Braces that only keep capitals have done their work; those of a command, a script or a formula stay for it. */
function plain(text: string): string {
  if (text.length > LONGEST.abstract) return text; // refused afterwards
  const formulas: string[] = [];
  const outside = text.trim().replace(FORMULA, (formula) => `${HOLE}${formulas.push(formula) - 1}${HOLE}`);
  return withoutBraces(outside).replace(HOLES, (_, n: string) => formulas[Number(n)] ?? '');
}

const KEEPS_CAPITALS = /(?<!\\[A-Za-z]{1,30}\*?|[\\^_}])\{([^{}\\]*)\}/g;

function withoutBraces(text: string): string {
  for (let shown = text, depth = 0; depth < 20; depth += 1) {
    const next = shown.replace(/^\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}$/, '$1').replace(KEEPS_CAPITALS, '$1');
    if (next === shown) return shown;
    shown = next;
  }
  return text;
}

/** "Lovelace, Ada and {Royal Society} and others": "and" counts outside of braces only. */
function authorsIn(text: string): string[] {
  const names = splitOutsideBraces(text.replace(/\s+/g, ' '), / and /iy)
    .map((name) => name.trim())
    .filter((name) => name && name !== 'others');
  if (names.length > MOST_AUTHORS || text.length > LONGEST.abstract * 10) return names; // refused afterwards
  return names.map((name) => readable(/^\{[^{}]*\}$/.test(name) ? plain(name) : inOrder(name)));
}

const inOrder = (name: string): string =>
  plain(
    firstNameFirst(
      splitOutsideBraces(name, /,/y)
        .map((part) => plain(part).trim())
        .join(','),
    ),
  );

function splitOutsideBraces(text: string, border: RegExp): string[] {
  const parts: string[] = [];
  let [from, depth] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    border.lastIndex = at;
    const found = depth === 0 ? border.exec(text)?.[0] : undefined;
    if (!found) continue;
    parts.push(text.slice(from, at));
    from = at + found.length;
    at = from - 1;
  }
  return [...parts, text.slice(from)];
}

/** An address without what LaTeX needs around it: \url{…}, \_, {\%}. */
const address = (text: string): string =>
  text
    .replace(/\\(?:url|href)\s*/g, '')
    .replace(/\\([_%&#~$])/g, '$1')
    .replace(/[{}]/g, '')
    .trim();

/** eprint is arXiv's unless archivePrefix names another archive; Google Scholar and DBLP only mention it. */
function arxivIdIn(fields: BibEntry['fields']): string | undefined {
  const archive = fields['archiveprefix'] ?? fields['eprinttype'] ?? 'arxiv';
  const eprint = /^arxiv$/i.test(archive.trim()) ? arxivIdOf(fields['eprint'] ?? '') : undefined;
  return (
    eprint ?? arxivIdMentioned([fields['journal'], fields['volume'], fields['howpublished'], fields['note']])
  );
}

const MONTH = 'janfebmaraprmayjunjulaugsepoctnovdec';

function dateIn({ date, year, month, day }: BibEntry['fields']): string | undefined {
  if (date) return date;
  const named = MONTH.indexOf((month ?? '').slice(0, 3).toLowerCase()) / 3 + 1;
  const number = Number(month) || named;
  return year && day && number >= 1
    ? [year, number, day].map((part) => String(part).padStart(2, '0')).join('-')
    : undefined;
}
