/** Entries in our own format: what becomes of each field, and what is said of one that is wrong. */
import { readOwnEntry } from '../../lambdas/sources/files/own-entry';
import { now } from '../mails';

const title = 'A title of some length';
const url = 'https://example.org/paper';
const reading = { now, today: '2025-03-17', isExport: false };
const paperOf = (fields: object, isExport = false) =>
  readOwnEntry({ title, url, ...fields }, { ...reading, isExport }).paper;

test('a title and a link are enough', () => {
  const { paper, isUndated } = readOwnEntry({ title, url }, reading);
  expect(paper).toMatchObject({
    title,
    authors: [],
    abstract: '',
    listedOn: '2025-03-17',
    voted: false,
    last: { upvotes: 0, at: now.toISOString() },
    links: { paper: url },
    source: 'file',
  });
  expect(isUndated).toBe(true);
});

test('votes that are named count, even none; those that are not are no zero', () => {
  expect(paperOf({ upvotes: 0 }).voted).toBeUndefined();
  expect(paperOf({ upvotes: 12 })).toMatchObject({ last: { upvotes: 12 } });
  expect(paperOf({ voted: false, upvotes: 12 })).toMatchObject({ voted: false, last: { upvotes: 0 } });
});

test.each([
  ['a list', ['Ada Lovelace', 'Grace Hopper']],
  ['objects', [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }]],
  [
    'family and given names',
    [
      { family: 'Lovelace', given: 'Ada' },
      { family: 'Hopper', given: 'Grace' },
    ],
  ],
  ['a text with semicolons', 'Ada Lovelace; Grace Hopper'],
  ['a text with "and"', 'Ada Lovelace and Grace Hopper'],
  ['a text with commas', 'Ada Lovelace, Grace Hopper'],
  ['family names first', 'Lovelace, Ada; Hopper, Grace'],
  ['family names first, and "and"', 'Lovelace, Ada and Hopper, Grace'],
])('authors are read from %s', (_, authors) => {
  expect(paperOf({ authors }).authors).toEqual(['Ada Lovelace', 'Grace Hopper']);
});

test.each([
  ['three with commas and "and"', 'Ada Lovelace, Grace Hopper and Alan Turing', 3],
  ['three with an Oxford comma', 'Ada Lovelace, Grace Hopper, and Alan Turing', 3],
  ['one with a suffix', 'King, Jr., Martin Luther', 1],
])('authors: %s', (_, authors, count) => {
  expect(paperOf({ authors }).authors).toHaveLength(count);
});

test.each([
  ['a link of one’s own, before arXiv’s', { id: '2503.01234' }, url],
  ['arXiv', { url: undefined, id: '2503.01234' }, 'https://arxiv.org/abs/2503.01234'],
  [
    'arXiv by its old address',
    { url: 'http://arxiv.org/abs/2503.01234' },
    'https://arxiv.org/abs/2503.01234',
  ],
  ['the DOI', { url: undefined, doi: '10.1145/3292500' }, 'https://doi.org/10.1145/3292500'],
  ['the DOI as an id', { url: undefined, id: '10.1145/3292500' }, 'https://doi.org/10.1145/3292500'],
])('a paper is linked to %s', (_, fields, link) => {
  const { links } = paperOf(fields);
  expect(links.paper).toBe(link);
  expect(JSON.stringify(links)).not.toContain('huggingface.co');
});

test('an export’s http link gives way to the DOI', () => {
  const fields = { url: 'http://old.example.org/', doi: '10.1145/3292500' };
  expect(paperOf(fields, true).links.paper).toBe('https://doi.org/10.1145/3292500');
  expect(() => paperOf(fields)).toThrow('url must be an https link');
});

test('the answer of a site like this one is read with its links', () => {
  const links = {
    paper: 'https://arxiv.org/abs/2503.01234',
    code: 'https://git.example.org/',
    pdf: 'ftp://x',
  };
  const paper = paperOf({ url: undefined, paperId: '2503.01234', links, score: 17.3, upvotes: 3 });
  expect(paper).toMatchObject({ paperId: '2503.01234', last: { upvotes: 3 } });
  expect(paper.links).toMatchObject({ ...links, pdf: 'https://arxiv.org/pdf/2503.01234' });
});

test('text is made readable and safe', () => {
  const nasty = ' a\u001b[31m\u202eb\n$\\alpha$ ';
  const paper = paperOf({
    title: nasty,
    abstract: nasty,
    note: nasty,
    authors: [nasty],
    categories: [nasty],
  });
  for (const text of [paper.title, paper.abstract, paper.note, ...paper.authors, ...(paper.categories ?? [])])
    expect(text).toMatch(/^a\[31mb /);
  expect(JSON.stringify(paper)).not.toMatch(/\\u001b|\\n|\u202e/);
});

test.each([
  [
    'null and empty texts count as none',
    { abstract: null, note: '', pdf: ' ', upvotes: null },
    { abstract: '' },
  ],
  ['a time counts as its day', { listedOn: '2025-03-12T23:00:00Z' }, { listedOn: '2025-03-12' }],
  ['a year is no day', { year: 2025, date: '2025' }, { publishedOn: undefined }],
  ['categories from a text', { keywords: 'a b; c, c' }, { categories: ['a b', 'c'] }],
  ['our own name before another', { summary: 'x', abstract: 'y' }, { abstract: 'y' }],
  [
    'names in any spelling',
    { 'Listed On': '2025-03-12', ABSTRACT: 'y' },
    { listedOn: '2025-03-12', abstract: 'y' },
  ],
  ['what means nothing here', { volume: 3, publisher: 'P', type: 'article', year: 2025 }, { title }],
])('%s', (_, fields, expected) => {
  expect(paperOf(fields)).toMatchObject(expected);
});

test.each<[what: string, fields: object, says: string]>([
  ['no title', { title: undefined }, 'title is missing'],
  ['an empty title', { title: ' ' }, 'title is missing'],
  ['a title of nothing visible', { title: '\u200b' }, 'title is empty'],
  ['a title that is a number', { title: 7 }, 'title must be text'],
  ['no link', { url: undefined }, 'url is missing: add the https link of the paper, its DOI or its arXiv id'],
  ['a link without https', { url: 'http://example.org' }, 'url must be an https link'],
  ['a link that runs', { url: 'javascript:alert(1)' }, 'url must be an https link'],
  ['a link with a password', { url: 'https://a:b@example.org' }, 'url must be an https link'],
  ['a PDF without https', { pdf: 'http://example.org/x.pdf' }, 'pdf must be an https link'],
  [
    'a DOI that is none',
    { doi: '3292500' },
    'doi is not valid: it should look like "10.1145/3292500.3330701"',
  ],
  ['an id as a number', { id: 2503.0123 }, 'id must be in quotation marks'],
  ['authors that are a number', { authors: 7 }, 'authors must be a list of names'],
  ['a day that is none', { listedOn: '2025-02-30' }, 'listedOn must be a day, such as "2025-03-11"'],
  ['a day in words', { listedOn: '12 March' }, 'listedOn must be a day, such as "2025-03-11"'],
  ['a day far ahead', { listedOn: '2099-01-01' }, 'listedOn 2099-01-01 is in the future'],
  ['half an upvote', { upvotes: 0.5 }, 'upvotes must be a whole number'],
  ['upvotes as text', { upvotes: '7' }, 'upvotes must be a number'],
  ['fewer than no upvotes', { upvotes: -1 }, 'upvotes is less than 0'],
  ['a note of a page', { note: 'x'.repeat(301) }, 'note is longer than 300 characters: it has 301'],
  ['an abstract of a chapter', { abstract: 'x'.repeat(20_001) }, 'abstract is longer than 20,000 characters'],
  ['a slip', { abstrct: 'x' }, '"abstrct" is not a field: did you mean "abstract"?'],
  ['swapped letters', { title: undefined, titel: 'x' }, '"titel" is not a field: did you mean "title"?'],
  ['a plural', { notes: 'x' }, '"notes" is not a field: did you mean "note"?'],
  ['a slip with escapes', { 'abs\u001b[31mtract': 'x', titel: 'x' }, '"titel" is not a field'],
])('%s is told in plain English', (_, fields, says) => {
  expect(() => paperOf(fields)).toThrow(says);
});

test.each([null, [], 'text', 7])('%j is no entry', (value) => {
  expect(() => readOwnEntry(value, reading)).toThrow('the entry must be an object with a title');
});
