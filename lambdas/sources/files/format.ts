/** Which format a file is in: what it holds tells first, its name second. */
import { bibtexEntries } from './bibtex-fields';
import { csvEntries, delimiterIn } from './csv';
import type { Entries } from './entry';
import { jsonEntries } from './json';
import { risEntries } from './ris';

/** Characters that are looked at. */
const START = 100_000;

/** @throws Error that says what is wrong and what to do; it is read behind "the file" */
export function entriesIn(text: string, path = ''): Entries {
  const start = text.slice(0, START);
  if (start.trim() === '') throw new Error('is empty');
  if (/^\s*[[{]/.test(start)) return jsonEntries(text);
  if (/^TY {1,2}- ?/m.test(start)) return risEntries(text);
  if (/^[ \t]*@[ \t]*[a-z]+\s*[{(]/im.test(start)) return bibtexEntries(text);
  if (/^\s*<[!?a-z]/i.test(start))
    throw new Error('is XML or HTML: export the papers as JSON, BibTeX, RIS or CSV first');
  const delimiter = delimiterIn(start);
  if (delimiter !== undefined) return csvEntries(text, delimiter);
  return byName(text, path);
}

/** A file that looks like nothing known is read by its name, so that the fault is told in the words of its format. */
function byName(text: string, path: string): Entries {
  const [ending = ''] = /\.\w+$/.exec(path.toLowerCase()) ?? [];
  switch (ending) {
    case '.json':
    case '.jsonl':
    case '.ndjson':
      return jsonEntries(text);
    case '.csv':
      return csvEntries(text);
    case '.tsv':
      return csvEntries(text, '\t');
    case '.bib':
      throw new Error('has no BibTeX entry, such as "@article{key, title = {…}}"');
    case '.ris':
      throw new Error('has no RIS record: each begins with a line "TY  - JOUR"');
    default:
      throw new Error('is in no format that can be read: JSON, BibTeX, RIS, or CSV with a column "title"');
  }
}
