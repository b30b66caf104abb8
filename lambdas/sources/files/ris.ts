/** RIS, the tagged lines of reference managers: one tag and its value on each, from TY to ER. */
import type { Entries } from './entry';
import type { FieldName } from './field-names';
import { arxivIdMentioned, firstLink } from './mentions';
import { firstNameFirst } from './authors';

interface RisRecord {
  line: number;
  /** In the order of their lines: authors have a tag each. */
  tags: [tag: string, value: string][];
}

const TAG = /^([A-Z][A-Z0-9]) {1,2}- ?(.*)$/;

export function risEntries(text: string): Entries {
  const entries = recordsIn(text).map((record) => ({
    where: `line ${record.line}`,
    read: () => fieldsOf(record),
  }));
  return { entries, isExport: true };
}

/** A line without a tag goes on with the value before it. A record whose ER is missing ends where the next begins. */
function recordsIn(text: string): RisRecord[] {
  const records: RisRecord[] = [];
  let open: RisRecord | undefined;
  for (const [n, line] of text.split('\n').entries()) {
    const [, tag, value = ''] = TAG.exec(line.trimEnd()) ?? [];
    if (tag === 'TY') records.push((open = { line: n + 1, tags: [] }));
    else if (tag === 'ER') open = undefined;
    else if (open && tag) open.tags.push([tag, value.trim()]);
    else if (open && line.trim()) (open.tags.at(-1) ?? ['', ''])[1] += ` ${line.trim()}`;
  }
  return records;
}

/** N1 and RN are notes to oneself: no note is made of them. */
function fieldsOf({ tags }: RisRecord): Partial<Record<FieldName, unknown>> {
  const all = (...wanted: string[]): string[] =>
    wanted.flatMap((tag) => tags.filter(([one, value]) => one === tag && value).map(([, value]) => value));
  const [title] = all('TI', 'T1', 'CT');
  if (title === undefined) throw new Error('title is missing: add a line with the tag TI or T1');
  return {
    title,
    authors: all('AU', 'A1').map(firstNameFirst),
    abstract: all('AB', 'N2')[0],
    id: arxivIdMentioned(all('M3', 'JO', 'JF', 'T2', 'AN', 'PB', 'VL', 'N1')),
    doi: all('DO', 'DI')[0],
    url: firstLink(all('UR', 'LK')),
    pdf: firstLink(all('L1')),
    categories: all('KW'),
    publishedOn: all('DA', 'Y1', 'PY')
      .map((date) => /^\d{4}[/-]\d\d[/-]\d\d/.exec(date)?.[0].replaceAll('/', '-'))
      .find(Boolean),
  };
}
