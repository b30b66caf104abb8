/** BibTeX and BibLaTeX as entries with the texts of their fields. Braces count as BibTeX counts them, escaped or not. */

export interface BibEntry {
  line: number;
  /** What papers are cited by. */
  key: string;
  fields: Readonly<Record<string, string>>;
  /** Why it could not be read; then there are no fields. */
  fault?: string;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** In order. An entry that can't be read costs only itself: the next one begins at the start of a line. */
export function bibEntries(text: string): BibEntry[] {
  const strings = new Map(MONTHS.map((month) => [month, month]));
  const found: BibEntry[] = [];
  const lineAt = lineCounter(text);
  const start = /@\s*([a-z]+)\s*([{(])/gi;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const [, type = '', opener = '{'] = match;
    const scan = new Scan(text, start.lastIndex, opener === '{' ? '}' : ')');
    const entry = { line: lineAt(match.index), key: '', fields: {} };
    try {
      const read = readers[type.toLowerCase()] ?? readEntry;
      const more = read(scan, strings);
      if (more) found.push({ ...entry, ...more });
    } catch (error) {
      found.push({ ...entry, key: scan.key, fault: (error as Error).message });
      scan.at = nextStart(text, start.lastIndex);
    }
    start.lastIndex = scan.at;
  }
  return found;
}

/** For places in ascending order. */
function lineCounter(text: string): (at: number) => number {
  let [line, from] = [1, 0];
  return (at) => {
    for (let n = text.indexOf('\n', from); n >= 0 && n < at; n = text.indexOf('\n', from)) {
      line += 1;
      from = n + 1;
    }
    return line;
  };
}

const ENTRY_START = /^[ \t]*@[ \t]*[a-z]+\s*[{(]/gim;
const STARTS_ENTRY = /@[ \t]*[a-z]+\s*[{(]/iy;

function nextStart(text: string, from: number): number {
  ENTRY_START.lastIndex = from;
  return ENTRY_START.exec(text)?.index ?? text.length;
}

type Strings = Map<string, string>;

/** What isn't a paper. */
const readers: Readonly<Record<string, (scan: Scan, strings: Strings) => undefined>> = {
  comment: (scan) => scan.skip(),
  preamble: (scan) => scan.skip(),
  string: (scan, strings) => {
    const [name, value] = scan.field(strings);
    strings.set(name, value);
    scan.expect(scan.closer);
  },
};

function readEntry(scan: Scan, strings: Strings): Pick<BibEntry, 'key' | 'fields'> {
  scan.key = scan.take(/[^\s,})]*/y);
  const fields: Record<string, string> = {};
  while (scan.accepts(',')) {
    if (scan.peeks(scan.closer)) break;
    const [name, value] = scan.field(strings);
    fields[name] ??= value; // of two, BibTeX takes the first
  }
  scan.expect(scan.closer);
  return { key: scan.key, fields };
}

/** A place in the text of one entry. */
class Scan {
  key = '';
  constructor(
    private readonly text: string,
    public at: number,
    readonly closer: string,
  ) {}

  take(pattern: RegExp): string {
    this.blanks();
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  private blanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  peeks(sign: string): boolean {
    this.blanks();
    return this.text[this.at] === sign;
  }

  accepts(sign: string): boolean {
    const isThere = this.peeks(sign);
    if (isThere) this.at += 1;
    return isThere;
  }

  expect(sign: string): void {
    if (this.accepts(sign)) return;
    if (this.at >= this.text.length || this.isAtEntry())
      throw new Error(`isn't closed: a ${sign} is missing at its end`);
    throw new Error(
      `can't be read near "${this.text.slice(this.at, this.at + 20).split('\n', 1)[0]}": is a comma missing before it?`,
    );
  }

  field(strings: Strings): [name: string, value: string] {
    const name = this.take(/[^\s=,{}()"#%']+/y).toLowerCase();
    if (!name) this.expect(this.closer);
    if (!this.accepts('='))
      throw new Error(`has a field "${name.slice(0, 40)}" without a value: "=" is missing`);
    let value = this.value(strings, name);
    while (this.accepts('#')) value += this.value(strings, name);
    return [name, value];
  }

  /** {braces}, "quotes", a number, or the name of an @string. */
  private value(strings: Strings, name: string): string {
    if (this.accepts('{')) return this.until('}', name);
    if (this.accepts('"')) return this.until('"', name);
    const word = this.take(/[^\s=,{}()"#%']+/y);
    if (!word) throw new Error(`has a field "${name.slice(0, 40)}" without a value`);
    return strings.get(word.toLowerCase()) ?? word;
  }

  /** Up to the closing sign outside of inner braces. */
  private until(end: string, name: string): string {
    const from = this.at;
    for (let depth = 0; this.at < this.text.length; this.at += 1) {
      const sign = this.text[this.at];
      if (sign === end && depth === 0) return this.text.slice(from, this.at++);
      if (sign === '{') depth += 1;
      if (sign === '}') depth -= 1;
      if (depth < 0 || (sign === '@' && this.isAtEntry())) break;
    }
    throw new Error(`has a field "${name.slice(0, 40)}" that isn't closed: a ${end} is missing`);
  }

  /** An entry that begins in the middle of another: that one was never closed. */
  private isAtEntry(): boolean {
    const before = this.text.slice(Math.max(0, this.at - 100), this.at);
    STARTS_ENTRY.lastIndex = this.at;
    return /\n[ \t]*$/.test(before) && STARTS_ENTRY.test(this.text);
  }

  /** To the end of what isn't read. */
  skip(): undefined {
    for (let depth = 0; this.at < this.text.length; this.at += 1) {
      const sign = this.text[this.at];
      if (sign === this.closer && depth === 0) return void (this.at += 1);
      if (sign === '{') depth += 1;
      if (sign === '}') depth -= 1;
      if (sign === '@' && this.isAtEntry()) return undefined;
    }
    return undefined;
  }
}
