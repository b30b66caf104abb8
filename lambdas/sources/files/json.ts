/** Papers as JSON: a list, an object with a list in it, one paper, or an object on each line. */
import { fieldCalled } from './field-names';
import type { Entries, Entry } from './entry';
import { jsonFault } from './json-fault';

export function jsonEntries(text: string): Entries {
  const trimmed = text.trimEnd();
  if (trimmed.trimStart().startsWith('[')) return entriesOfList(parsed(trimmed));
  const lines = trimmed.split('\n');
  if (isLines(lines)) return { entries: lines.flatMap(entryOfLine), isExport: false };
  return entriesOfList(listIn(parsed(trimmed)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(jsonFault(text));
  }
}

const opensObject = (line: string): boolean => /^\s*\{/.test(line);

const LOOKED_AT = 100;

/** Unlike the lines of one object, most lines open one of their own; a line that is broken doesn't change that. */
function isLines(lines: readonly string[]): boolean {
  const written = lines.slice(0, LOOKED_AT).filter((line) => line.trim() !== '');
  if (written.length < 2) return written.length === 1 && !canBe(written[0] ?? '');
  const [first = ''] = written;
  if (canBe(first)) return true;
  return written.filter((line) => opensObject(line) && canBe(line)).length >= written.length / 2;
}

function canBe(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function entryOfLine(line: string, n: number): Entry[] {
  if (line.trim() === '') return [];
  const read = (): unknown => {
    try {
      return JSON.parse(line);
    } catch {
      throw new Error(jsonFault(line));
    }
  };
  return [{ where: `line ${n + 1}`, read }];
}

function entriesOfList(whole: unknown): Entries {
  const list: unknown[] = Array.isArray(whole) ? whole : [whole];
  return {
    entries: list.map((value, n) => ({ where: `entry ${n + 1}`, read: () => value })),
    isExport: false,
  };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One paper, of ours or of Hugging Face; else the list in an object, or in an object in it. */
function listIn(whole: unknown): unknown {
  if (!isObject(whole) || isPaper(whole)) return whole;
  const inner = [whole, ...Object.values(whole).filter(isObject)];
  const found = inner.map(listsIn).find((lists) => lists.length > 0);
  if (!found) return whole;
  const [first] = found;
  if (found.length > 1 && first?.[0] !== 'papers')
    throw new Error(
      `has several lists (${found.map(([name]) => `"${name}"`).join(', ')}): call the one with the papers "papers"`,
    );
  return first?.[1];
}

const isPaper = (value: object): boolean =>
  'paper' in value ||
  Object.keys(value).some((name) => fieldCalled(name) === 'title' && !Array.isArray(value));

/** "papers" first; lists of anything but objects are no papers. */
function listsIn(value: object): [name: string, list: unknown[]][] {
  return Object.entries(value)
    .filter((pair): pair is [string, unknown[]] => Array.isArray(pair[1]))
    .filter(([name, list]) => name === 'papers' || (list.length > 0 && list.every(isObject)))
    .toSorted(([a], [b]) => Number(b === 'papers') - Number(a === 'papers'));
}
