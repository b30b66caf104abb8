/** Files that can't be read: each is told in a sentence that says what is wrong and what to do. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchFile } from '../../lambdas/sources/file';
import { now } from '../mails';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-faults-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const faultOf = async (path: string): Promise<string> => {
  const error = await fetchFile(path, now).then(
    () => new Error('it was read'),
    (fault: unknown) => fault as Error,
  );
  expect(error.message).toBe(`Can't read papers from ${path}`);
  return (error.cause as Error).message;
};

const line = '{"title": "Énigmes", "url": "https://example.org/"}';
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test.each<[what: string, bytes: Buffer]>([
  ['UTF-8', Buffer.from(line)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${line}`)],
  ['UTF-16, low byte first', Buffer.from(`\ufeff${line}`, 'utf16le')],
  ['UTF-16, high byte first', swapped(`\ufeff${line}`)],
])('%s is read', async (_, bytes) => {
  const { papers } = await fetchFile(file('papers.json', bytes), now);
  expect(papers.map(({ title }) => title)).toEqual(['Énigmes']);
});

test.each<[what: string, name: string, bytes: string | Buffer, says: RegExp]>([
  ['empty', 'a.json', '', /^the file is empty$/],
  ['only white space', 'a.csv', ' \r\n\t\n', /^the file is empty$/],
  [
    'in Latin-1',
    'a.bib',
    Buffer.from(`%\n%\n@misc{a, title={\xe9}}`, 'latin1'),
    /^the file isn't UTF-8: line 3 .*Latin-1.*Save the file as UTF-8$/,
  ],
  [
    'UTF-16 that doesn’t say so',
    'a.csv',
    Buffer.from('title,url\nA,https://a.org/', 'utf16le'),
    /UTF-16 without a byte order mark: save it as UTF-8$/,
  ],
  ['half of a UTF-16 character', 'a.csv', Buffer.from([0xff, 0xfe, 0x41]), /damaged/],
  ['a PDF', 'a.json', '%PDF-1.7\n%âãÏÓ', /^the file is a PDF: export the papers as/],
  [
    'a spreadsheet',
    'a.csv',
    Buffer.from('PK\u0003\u0004\u0014\u0000'),
    /^the file is a spreadsheet or an archive/,
  ],
  ['compressed', 'a.jsonl', Buffer.from([0x1f, 0x8b, 8, 0]), /^the file is a compressed file/],
  ['random bytes', 'a.json', Buffer.from([7, 0, 200, 13, 0, 255]), /^the file is a binary file: export/],
  ['XML', 'a.xml', '<?xml version="1.0"?><xml/>', /^the file is XML or HTML: export/],
  [
    'prose',
    'a.txt',
    'Dear editor,\nhere are my papers.',
    /^the file is in no format that can be read: JSON, BibTeX, RIS, or CSV with a column "title"$/,
  ],
  ['prose called BibTeX', 'a.bib', 'Dear editor', /^the file has no BibTeX entry/],
  ['prose called RIS', 'a.ris', 'Dear editor', /^the file has no RIS record/],
  [
    'an array cut in the middle',
    'a.json',
    `[\n${line},\n{"title": "B`,
    /^the file isn't valid JSON: it ends in the middle of a text\. Get the whole of it again$/,
  ],
  ['an array cut between two', 'a.json', `[${line},`, /it ends in the middle, before a closing \]/],
  [
    'an array with a trailing comma',
    'a.json',
    `[\n${line},\n]`,
    /^the file isn't valid JSON: line 2 has a comma before a closing \]\. Remove the comma$/,
  ],
  [
    'an object with a trailing comma',
    'a.json',
    `{\n"papers": [${line}],\n}`,
    /line 2 has a comma before a closing \}\. Remove/,
  ],
  [
    'an object in single quotation marks',
    'a.json',
    "[{'title': 'A'}]",
    /it has a single quotation mark: JSON takes double ones only/,
  ],
  ['closed too often', 'a.json', `[${line}]]`, /it has a \] that closes nothing/],
  ['closed by the wrong bracket', 'a.json', `[${line}}`, /it has a \} that closes nothing/],
  ['a missing comma', 'a.json', `[\n${line}\n${line}\n]`, /see line 3 near "\{"title"/],
  [
    'two lists',
    'a.json',
    `{"read": [${line}], "unread": [${line}]}`,
    /has several lists \("read", "unread"\): call the one with the papers "papers"/,
  ],
])('a file that is %s', async (_, name, bytes, says) => {
  const fault = await faultOf(file(name, bytes));
  expect(fault).toMatch(says);
  expect(fault).not.toMatch(/Unexpected|Invalid input|ENOENT|EISDIR|position/);
});

test('a missing file, a folder, and a file of 100 MB', async () => {
  expect(await faultOf(join(folder, 'nowhere.json'))).toBe('there is no such file');
  expect(await faultOf(join(file('x.json', '[]'), 'y.json'))).toBe('there is no such file');
  expect(await faultOf(folder)).toBe('the file is a folder: name a file in it');
  const large = file('large.jsonl', '');
  truncateSync(large, 100_000_000);
  expect(await faultOf(large)).toBe(
    'the file has 100 MB, and at most 32 MB can be read: split it into smaller files',
  );
});

test('lines that are no JSON are told one by one, each by what is wrong', async () => {
  const text = [line, '{"title": "B', `${line},`, '{title: 1}', 'x', "{'a': 1}"].join('\n');
  const { papers, problems } = await fetchFile(file('lines.jsonl', text), now);
  expect(papers).toHaveLength(1);
  expect(problems).toEqual([
    {
      where: 'line 2',
      reason: "isn't valid JSON: it ends in the middle of a text. Get the whole of it again",
    },
    { where: 'line 3', reason: "isn't valid JSON: it has a comma at its end. Remove the comma" },
    {
      where: 'line 4',
      reason: expect.stringMatching(/^isn't valid JSON: see the part near "title: 1/) as string,
    },
    { where: 'line 5', reason: expect.stringMatching(/^isn't valid JSON/) as string },
    {
      where: 'line 6',
      reason: "isn't valid JSON: it has a single quotation mark: JSON takes double ones only",
    },
  ]);
});

test('what a file names is safe to print', async () => {
  const text = [
    '{"title": "\\u001b[2J", "url": "\\u001b]8;;x", "id": "../../x"}',
    '{"title": "A", "id": "\\u001b[31m\\u202e", "url": "https://a.org/", "titel": "\\u0007"}',
    '{"paper": {"id": "../../x", "title": "A", "summary": "", "authors": [], "upvotes": 1}}',
    '{"paper": {"id": "mine", "title": "A", "summary": "", "authors": [], "upvotes": 1}}',
  ].join('\n');
  const { papers, problems } = await fetchFile(file('escapes.jsonl', text), now);
  expect(papers).toEqual([]);
  expect(JSON.stringify(problems)).not.toMatch(/\\u001b|\u202e|\\u0007/);
  expect(problems.map(({ reason }) => reason.slice(0, 30))).toEqual([
    'url must be an https link, suc',
    '"titel" is not a field: did yo',
    'paper.id is not an arXiv id, s',
    'paper.id is not an arXiv id, s',
  ]);
  const bib = await fetchFile(file('escapes.bib', '@misc{k\u001b[31m, author = {A}}'), now);
  expect(bib.problems).toEqual([{ where: 'line 1 (k[31m)', reason: 'title is missing' }]);
});
