/** Files as people have them: which format each is, and what is read of it (test/inputs/papers). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPaperFile } from '../../lambdas/sources/paper-file';
import { now } from '../mails';

const sample = (name: string): string =>
  readFileSync(join(__dirname, '..', 'inputs', 'papers', name), 'utf8');
const titlesIn = (text: string): string[] => readPaperFile(text, now).papers.map(({ title }) => title);
const problemsIn = (text: string): string[] =>
  readPaperFile(text, now).problems.map(({ where, reason }) => `${where}: ${reason}`);
const firstOf = (text: string) => readPaperFile(text, now).papers[0];

test.each([
  ['own.jsonl', 3, ['line 5: title', 'line 6: url', 'line 7: "abstrct"']],
  ['list.json', 2, []],
  ['site.json', 1, []],
  ['hugging-face.json', 1, []],
  ['references.bib', 4, ['line 34 (untitled2025): title', 'line 36 (open2025): the entry']],
  ['references.ris', 2, ['line 14: title']],
  ['table.csv', 2, ['line 5: title', 'line 6: url']],
  ['semicolons.csv', 1, []],
])('%s is told by what it holds, whatever it is called', (name, papers, problems) => {
  const text = sample(name);
  expect(titlesIn(text)).toHaveLength(papers);
  expect(problemsIn(text).map((problem) => problem.split(' ').slice(0, -1).join(' '))).toHaveLength(
    problems.length,
  );
  for (const [n, problem] of problemsIn(text).entries()) expect(problem).toMatch(problems[n] ?? 'none');
  for (const { links } of readPaperFile(text, now).papers) expect(links.paper).toMatch(/^https:/);
});

const entry = (fields: string): string => `@article{key, url = {https://example.org/}, ${fields}}`;

describe('BibTeX', () => {
  test('an entry becomes a paper', () => {
    expect(firstOf(sample('references.bib'))).toMatchObject({
      paperId: '10.1000/tides.2025.7',
      title: 'TIDE: Predicting the Sea with α-Weighted Buckets',
      authors: ['Mary Somerville', 'Kurt Gödel', 'The Tide Office'],
      abstract: 'Buckets are weighed twice a day. The sea is predicted to within 2% of a bucket.',
      publishedOn: '2025-03-04',
      listedOn: '2025-03-11',
      categories: ['tides', 'buckets'],
      links: { paper: 'https://doi.org/10.1000/tides.2025.7' },
      voted: false,
    });
  });

  test('a private note stays private', () => {
    expect(JSON.stringify(readPaperFile(sample('references.bib'), now))).not.toContain('Emmy until');
  });

  test.each([
    ['braces around all', 'title = {{A Title}}', 'A Title'],
    ['braces around words', 'title = "{BERT} and the {L}{A}{N}"', 'BERT and the LAN'],
    ['accents', String.raw`title = {\"Uber {\'e}tudes and Erd{\H{o}}s}`, 'Über études and Erdős'],
    ['a formula with braces', 'title = {On $x^{2}$ and {$O(n)$}}', 'On x² and O(n)'],
    ['a concatenation with a month', 'title = "In " # mar # { 7}', 'In mar 7'],
    ['a number', 'title = 1984', '1984'],
    ['capitals in the field', 'TITLE = {Loud}', 'Loud'],
    ['a subtitle', 'title = {Main}, subtitle = {Sub}', 'Main: Sub'],
    ['a quotation in braces', 'title = "The {"}quiet{"} kettle"', 'The "quiet" kettle'],
    ['a comma at the end', 'title = {Ends},', 'Ends'],
    ['an @ in a text', 'title = {Mail to ada@example.org {x}}', 'Mail to ada@example.org x'],
  ])('a title with %s', (_, fields, title) => {
    expect(problemsIn(entry(fields))).toEqual([]);
    expect(titlesIn(entry(fields))).toEqual([title]);
  });

  test.each([
    ['family name first', 'Lovelace, Ada', ['Ada Lovelace']],
    ['first name first', 'Ada Lovelace', ['Ada Lovelace']],
    ['a particle', 'van der Waerden, B. L.', ['B. L. van der Waerden']],
    ['a suffix', 'King, Jr., Martin Luther', ['Martin Luther King Jr.']],
    ['an institution with "and"', '{Bell and Sons}', ['Bell and Sons']],
    [
      'over lines, and others',
      'Ada Lovelace\n  and\n  Hopper, Grace and others',
      ['Ada Lovelace', 'Grace Hopper'],
    ],
    ['accents', String.raw`G{\"o}del, Kurt and \L{}ukasz, Jan`, ['Kurt Gödel', 'Jan Łukasz']],
    ['an Anderson', 'Anderson, Andy', ['Andy Anderson']],
  ])('authors: %s', (_, author, authors) => {
    expect(firstOf(entry(`title = {T}, author = {${author}}`))?.authors).toEqual(authors);
  });

  test.each([
    ['eprint', 'eprint = {2503.01234v2}, archivePrefix = {arXiv}'],
    ['eprint of BibLaTeX', 'eprint = {2503.01234}, eprinttype = {arxiv}'],
    ['Google Scholar', 'journal = {arXiv preprint arXiv:2503.01234}'],
    ['DBLP', 'journal = {CoRR}, volume = {abs/2503.01234}'],
    ['a DOI', 'doi = {10.48550/arXiv.2503.01234}'],
  ])('the arXiv id of %s', (_, fields) => {
    expect(firstOf(entry(`title = {T}, ${fields}`))?.paperId).toBe('2503.01234');
  });

  test('an eprint of another archive is none of arXiv’s', () => {
    const fields = 'title = {T}, eprint = {2503.01234}, archivePrefix = {hal}';
    expect(firstOf(entry(fields))?.paperId).toMatch(/^title-/);
  });

  test.each([
    ['an entry without a comma', '@misc{a, title = {A} url = {x}}', 'is a comma missing'],
    ['a field without =', '@misc{a, title {A}}', '"=" is missing'],
    ['an entry that ends early', '@misc{a, title = {A}', "isn't closed: a } is missing at its end"],
    ['a text that ends early', '@misc{a, title = {A', `"title" that isn't closed: a } is missing`],
    ['a slip', '@misc{a, title = {A}, abstrct = {B}}', 'did you mean "abstract"?'],
  ])('%s costs only itself, and is told', (_, text, says) => {
    const good = entry('title = {Good}');
    expect(titlesIn(`${good}\n${text}\n${good.replace('Good', 'Better')}`)).toEqual(['Good', 'Better']);
    expect(problemsIn(`${good}\n${text}\n`)).toEqual([expect.stringContaining(says)]);
    expect(problemsIn(`${good}\n${text}\n`)[0]).toMatch(/^line 2 \(a\): /);
  });

  test.each(['@', '{', '@misc{', '@misc{a,t={', '@misc{a, title = "', '"', '@ ', '{@'])(
    'a file that goes on with %j is told from its papers',
    (sign) => {
      const text = `@misc{a, title = {A}, url = {https://a.org/}}\n${sign.repeat(20_000)}`;
      expect(titlesIn(text)).toEqual(['A']);
    },
  );
});

describe('RIS', () => {
  test('a record becomes a paper', () => {
    expect(firstOf(sample('references.ris'))).toMatchObject({
      paperId: '10.1000/sheep.1',
      title: 'Counting sheep with fewer sheep',
      authors: ['Grace Hopper', 'Alan Turing Jr.'],
      abstract: 'A flock is estimated from its bells. Two bells are enough for forty sheep.',
      publishedOn: '2025-03-04',
      listedOn: '2025-03-17',
      categories: ['sheep', 'sampling'],
    });
    expect(JSON.stringify(readPaperFile(sample('references.ris'), now))).not.toContain('Ask Grace');
  });

  test('papers without a day of listing are told apart, and may be given one', () => {
    const { papers, undated } = readPaperFile(sample('references.ris'), now, { listedOn: '2025-03-12' });
    expect([...undated]).toEqual(papers.map(({ paperId }) => paperId));
    expect(papers.map(({ listedOn }) => listedOn)).toEqual(['2025-03-12', '2025-03-12']);
  });

  test('a record without an end ends where the next one begins', () => {
    const text = 'TY  - JOUR\nTI  - One\nUR  - https://a.org/1\nTY  - JOUR\nT1  - Two\nUR  - https://a.org/2';
    expect(titlesIn(text)).toEqual(['One', 'Two']);
  });
});

describe('CSV', () => {
  test('rows become papers, with line breaks and quotation marks in their cells', () => {
    expect(readPaperFile(sample('table.csv'), now).papers).toMatchObject([
      {
        title: 'Kettles, compared',
        authors: ['Ada Lovelace', 'Grace Hopper'],
        abstract: 'Forty kettles were boiled. The loudest was not the fastest.',
        last: { upvotes: 7 },
        note: 'Read it, then boil one.',
      },
      { title: 'The "quiet" kettle', voted: false },
    ]);
  });

  const row = 'A,https://example.org/a';
  test.each([
    ['commas', `title,url\n${row}`],
    ['semicolons', `title;url\n${row.replace(',', ';')}`],
    ['tabs', `title\turl\n${row.replace(',', '\t')}`],
    ['Excel’s first line', `sep=;\ntitle;url\n${row.replace(',', ';')}`],
    ['columns in quotation marks', `"Title","Url"\n${row}`],
    ['empty lines before and after', `\n\ntitle,url\n\n${row}\n,\n`],
    ['empty cells at the end of a row', `title,url\n${row}, ,`],
    ['Windows', `\ufefftitle,url\r\n${row}\r\n`],
  ])('with %s', (_, text) => {
    expect(problemsIn(text)).toEqual([]);
    expect(titlesIn(text)).toEqual(['A']);
  });

  test.each([
    ['more cells than columns', `title,url\nA,https://a.org/,x\n${row}`, ['line 2: the row has 3 columns']],
    ['a quotation that never ends', `title,url\n${row}\n"B,https://b.org/\nC,`, ['line 3: a quotation mark']],
    [
      'votes in words',
      `title,url,upvotes\n${row},many\n${row},3`,
      ['line 2: upvotes must be a whole number'],
    ],
  ])('%s cost only themselves', (_, text, says) => {
    expect(titlesIn(text)).toEqual(['A']);
    expect(problemsIn(text)).toHaveLength(says.length);
    for (const [n, problem] of problemsIn(text).entries()) expect(problem).toContain(says[n]);
  });

  test.each([
    [
      'no column for titles',
      'name,url\nA,https://a.org/',
      'has no column "title" in its first line, which has "name", "url"',
    ],
    [
      'more columns than one wants to read',
      `${Array.from({ length: 12 }, (_, n) => `c${n}`).join(',')}\nA`,
      '"c8", "c9". Name the columns there',
    ],
    ['a slip in a column', 'title,abstrct\nA,B', 'has a column "abstrct": did you mean "abstract"?'],
  ])('%s is told once', (_, text, says) => {
    expect(() => readPaperFile(text, now, { path: 'papers.csv' })).toThrow(says);
  });
});
