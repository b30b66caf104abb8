/** Files of papers: lines or an array, whole or broken. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchFile } from '../../lambdas/sources/file';
import { readPaperFile } from '../../lambdas/sources/paper-file';
import { now } from '../mails';

const entry = (id: string, upvotes = 1, more: object = {}) => ({
  paper: { id, title: `Paper ${id}`, summary: 'S', authors: [{ name: 'A' }], upvotes, ...more },
  publishedAt: `2025-03-${id.slice(-2)}T01:00:00Z`,
});
const line = (id: string, upvotes = 1): string => JSON.stringify(entry(id, upvotes));
const idsIn = (text: string): string[] => readPaperFile(text, now).papers.map(({ paperId }) => paperId);

const both = ['2503.00011', '2503.00012'];

test.each([
  ['lines', both.map((id) => line(id)).join('\n')],
  ['lines with a line break at the end', both.map((id) => `${line(id)}\n`).join('')],
  ['lines as Windows ends them', both.map((id) => `${line(id)}\r\n`).join('')],
  ['lines with a byte order mark', `\ufeff${both.map((id) => line(id)).join('\n')}`],
  ['lines with empty ones between', `\n${both.map((id) => line(id)).join('\n\n  \n')}\n\n`],
  ['an array', JSON.stringify(both.map((id) => entry(id)))],
  [
    'an array over many lines',
    JSON.stringify(
      both.map((id) => entry(id)),
      null,
      2,
    ),
  ],
  [
    'an array with a byte order mark and a line break',
    `\ufeff\n${JSON.stringify(both.map((id) => entry(id)))}\r\n`,
  ],
])('papers are read from %s', (_, text) => {
  expect(readPaperFile(text, now).problems).toEqual([]);
  expect(idsIn(text)).toEqual(both);
});

test.each([
  ['an empty array', '[]'],
  ['an empty list in an object', '{"papers": []}'],
])('nothing is read from %s, and nothing is wrong', (_, text) => {
  expect(readPaperFile(text, now)).toMatchObject({ papers: [], problems: [] });
});

test.each([
  ['an empty file', ''],
  ['only line breaks', '\n\r\n'],
  ['only a byte order mark', '\ufeff'],
])('%s is told', (_, text) => {
  expect(() => readPaperFile(text, now)).toThrow(/^is empty$/);
});

test('a bad line costs only itself, and is told by its number and its fault', () => {
  const text = [
    '',
    line('2503.00011'),
    '{"paper": ',
    line('2503.00012', -1),
    'null',
    line('2503.00013'),
  ].join('\r\n');
  const { papers, problems } = readPaperFile(text, now);
  expect(papers.map(({ paperId }) => paperId)).toEqual(['2503.00011', '2503.00013']);
  expect(problems.map(({ where }) => where)).toEqual(['line 3', 'line 4', 'line 5']);
  expect(problems[0]?.reason).toMatch(/JSON/);
  expect(problems[1]?.reason).toBe('paper.upvotes is less than 0');
});

test('a bad entry of an array costs only itself', () => {
  const future = { ...entry('2503.00014'), publishedAt: '2099-01-01T00:00:00Z', _daily: '2099-01-01' };
  const entries = [entry('2503.00011'), null, entry('2503.00012', -1), future, entry('2503.00013')];
  const { papers, problems } = readPaperFile(JSON.stringify(entries), now);
  expect(papers.map(({ paperId }) => paperId)).toEqual(['2503.00011', '2503.00013']);
  expect(problems.map(({ where }) => where)).toEqual(['entry 2', 'entry 3', 'entry 4']);
});

test('an array that breaks off is refused as a whole', () => {
  expect(() => readPaperFile(JSON.stringify(both.map((id) => entry(id))).slice(0, -5), now)).toThrow(/JSON/);
});

test('of entries with one id the last counts, whatever version they name', () => {
  const text = [line('2503.00011v1', 1), line('2503.00012', 5), line('2503.00011v2', 9)].join('\n');
  const { papers } = readPaperFile(text, now);
  expect(papers.map(({ paperId, last }) => [paperId, last.upvotes])).toEqual([
    ['2503.00011', 9],
    ['2503.00012', 5],
  ]);
});

test('an array of the time before the API named the day is one day’s list: the newest of its days', () => {
  const { papers } = readPaperFile(
    JSON.stringify(['2503.00005', '2503.00012', '2503.00011'].map((id) => entry(id))),
    now,
  );
  expect(papers.map(({ listedOn }) => listedOn)).toEqual(['2025-03-12', '2025-03-12', '2025-03-12']);
});

test('lines are of no one list: each names its own day', () => {
  const { papers } = readPaperFile([line('2503.00005'), line('2503.00012')].join('\n'), now);
  expect(papers.map(({ listedOn }) => listedOn)).toEqual(['2025-03-05', '2025-03-12']);
});

describe('on disk', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperboy-papers-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('a file is read', async () => {
    await writeFile(join(folder, 'papers.jsonl'), line('2503.00011'));
    expect((await fetchFile(join(folder, 'papers.jsonl'), now)).papers).toHaveLength(1);
  });

  test.each([
    ['is missing', 'missing.jsonl', undefined],
    ['breaks off', 'broken.json', '[{"paper":'],
  ])('a file that %s is told by its path, and why', async (_, name, text) => {
    if (text) await writeFile(join(folder, name), text);
    const path = join(folder, name);
    await expect(fetchFile(path, now)).rejects.toMatchObject({
      message: `Can't read papers from ${path}`,
      cause: expect.anything() as unknown,
    });
  });
});

test('the sample papers that come with the project are all fine', async () => {
  const path = join(__dirname, '..', '..', 'local', 'sample-papers.jsonl');
  const { papers, problems } = await fetchFile(path, now);
  expect(problems).toEqual([]);
  expect(papers.length).toBeGreaterThan(50);
});
