/** Tables as text: a header with the names of the columns, then a paper in each row. */
import { CsvError, parse } from 'csv-parse/sync';
import { plainText } from '../../core/text';
import type { Entries, Entry } from './entry';
import { fieldCalled, meantBy } from './field-names';

const DELIMITERS = [',', ';', '\t'];

/** The sign that divides the columns of a header that names a title, if one does. */
export function delimiterIn(text: string): string | undefined {
  const [, named] = /^sep=(.)\n/i.exec(text) ?? [];
  const columns = (sign: string): string[] => splitHeader(withoutSign(text), sign).filter(fieldCalled);
  const best = DELIMITERS.toSorted((a, b) => columns(b).length - columns(a).length)[0] ?? ',';
  return named ?? (columns(best).some((name) => fieldCalled(name) === 'title') ? best : undefined);
}

/** Excel's line that says by what columns are divided; it keeps its place, so that lines count as they stand. */
const withoutSign = (text: string): string => text.replace(/^sep=.\n/i, '\n');

function splitHeader(text: string, delimiter: string): string[] {
  const [line = ''] = text.trimStart().split('\n', 1);
  return line.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
}

interface Row {
  line: number;
  cells: string[];
}

export function csvEntries(text: string, delimiter = ','): Entries {
  const body = withoutSign(text);
  const { rows, fault } = rowsIn(body, delimiter);
  const [header, ...papers] = rows;
  if (header) checkHeader(header.cells);
  const entries = papers.map((row): Entry => ({
    where: `line ${row.line}`,
    read: () => fieldsOf(header?.cells ?? [], row.cells),
  }));
  return { entries: fault ? [...entries, fault] : entries, isExport: true };
}

/** Rows with the lines they begin in; a quotation mark that is never closed takes the rest of the file with it. */
function rowsIn(text: string, delimiter: string): { rows: Row[]; fault?: Entry } {
  const rows: Row[] = [];
  let line = 1;
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (record: string[], { lines }) => {
        const begins = lines - record.join('').split('\n').length + 1;
        if (record.some((cell) => cell.trim())) rows.push({ line: begins, cells: record });
        line = lines + 1;
        return null;
      },
    });
    return { rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, fault: { where: `line ${line}`, read: neverClosed } };
  }
}

function neverClosed(): never {
  throw new Error('a quotation mark is never closed, so nothing after it can be read');
}

function checkHeader(columns: readonly string[]): void {
  for (const name of columns) {
    const meant = meantBy(name);
    if (meant && meant !== 'note')
      throw new Error(`has a column "${shown(name)}": did you mean "${meant}"? Rename it in the first line`);
  }
  if (columns.some((name) => fieldCalled(name) === 'title')) return;
  const named = columns.map((name) => `"${shown(name)}"`).slice(0, 10);
  throw new Error(
    `has no column "title" in its first line, which has ${named.join(', ')}. Name the columns there`,
  );
}

const shown = (name: string): string => plainText(name).slice(0, 40);

/** Where a note stands in a column "note" it is meant for readers; "Notes" of reference managers are not. */
function fieldsOf(columns: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const extra = cells.slice(columns.length).filter((cell) => cell.trim());
  if (extra.length)
    throw new Error(
      `the row has ${cells.length} columns and the header ${columns.length}: text with the dividing sign in it must be in quotation marks`,
    );
  const fields: Record<string, unknown> = {};
  for (const [n, name] of columns.entries())
    if (fieldCalled(name) && cells[n]?.trim()) fields[name] ??= cells[n].trim();
  return Object.fromEntries(
    Object.entries(fields).map(([name, cell]) => [name, valueOf(name, String(cell))]),
  );
}

function valueOf(name: string, cell: string): unknown {
  const field = fieldCalled(name);
  if (field === 'upvotes' && /^\d+$/.test(cell)) return Number(cell);
  if (field === 'upvotes') throw new Error('upvotes must be a whole number');
  return field === 'voted' ? undefined : cell;
}
