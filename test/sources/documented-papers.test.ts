/** The examples in docs/papers.md, read as an operator's file would be. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPaperFile } from '../../lambdas/sources/paper-file';
import { now } from '../mails';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'papers.md'), 'utf8');
const examples = [...page.matchAll(/^```(jsonl|json|bibtex|ris|csv)\n([^]*?)^```$/gm)].map(
  ([, format = '', text = '']) => [format, text] as const,
);

test('there is an example of each format', () => {
  expect(examples.map(([format]) => format)).toEqual(['jsonl', 'json', 'bibtex', 'ris', 'csv']);
});

test.each(examples)('the example in %s is read whole', (_, text) => {
  const { papers, problems } = readPaperFile(text, now);
  expect(problems).toEqual([]);
  expect(papers.length).toBeGreaterThan(0);
  for (const paper of papers) expect(paper.links.paper).toMatch(/^https:/);
});

const fields = [...page.matchAll(/^\| (`.*?)\|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
);

test('every field that it names is read', () => {
  const entry = Object.fromEntries(fields.map((name) => [name, valueOf(name)]));
  const { papers, problems } = readPaperFile(JSON.stringify([entry]), now);
  expect(problems).toEqual([]);
  expect(papers[0]).toMatchObject({
    paperId: 'id',
    authors: ['authors'],
    abstract: 'abstract',
    note: 'note',
    listedOn: '2025-03-12',
    publishedOn: '2025-03-12',
    categories: ['categories'],
    last: { upvotes: 7 },
    links: {
      paper: 'https://example.org/url',
      pdf: 'https://example.org/pdf',
      code: 'https://example.org/code',
      project: 'https://example.org/project',
      discussion: 'https://example.org/discussion',
    },
  });
});

function valueOf(name: string): unknown {
  if (name.endsWith('On')) return '2025-03-12';
  if (name === 'upvotes') return 7;
  if (name === 'doi') return '10.1000/x';
  return ['url', 'pdf', 'code', 'project', 'discussion'].includes(name)
    ? `https://example.org/${name}`
    : name;
}
