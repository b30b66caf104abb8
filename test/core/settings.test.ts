/** newsletter.json: what is fine, and what is filled in. What is told about the rest: test/settings/messages.test.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../lambdas/core/settings';

const least = {
  name: 'Papers',
  sender: { name: 'Papers', address: 'digest@papers.example.org' },
  postalAddress: '1 Example Street',
  site: 'https://papers.example.org',
  timeZone: 'Europe/Berlin',
  cadences: { weekly: { cron: '0 7 ? * MON *', papers: 10 } },
};

test('the example that comes with the project is fine', () => {
  const shipped: unknown = JSON.parse(
    readFileSync(join(__dirname, '..', '..', 'newsletter.example.json'), 'utf8'),
  );
  expect(readSettings(shipped).name).toBe('Paperboy');
});

test('what an operator leaves out is filled in', () => {
  expect(readSettings(least)).toMatchObject({
    ...least,
    tagline: 'Get trending papers in your email inbox',
    sources: [],
    limits: { invitationsPerAddress: 3, invitationsPerNetwork: 30, invitations: 1_000 },
  });
});

test('nobody may post JSON from other sites or send visitors on, nor has to prove work, unless the operator says so', () => {
  expect(readSettings(least).joining).toEqual({ origins: [], thankYou: [], proof: false });
  const joining = {
    origins: ['https://blog.example.org/'],
    thankYou: ['https://blog.example.org/thanks?a=b'],
  };
  expect(readSettings({ ...least, joining }).joining).toEqual({
    origins: ['https://blog.example.org'],
    thankYou: ['https://blog.example.org/thanks?a=b'],
    proof: false,
  });
});

test.each([
  { origins: ['*'] },
  { origins: ['http://blog.example.org'] },
  { origins: ['https://blog.example.org/path'] },
  { thankYou: ['/thanks'] },
  { thankYou: ['http://blog.example.org/thanks'] },
  { thankYou: ['javascript:alert(1)'] },
  { thankYou: ['https://papers@blog.example.org/thanks'] },
])('joining from anywhere does not mean %j', (joining) => {
  expect(() => readSettings({ ...least, joining })).toThrow(/joining\.\w+\[0\]: /);
});

test('of a live source only its kind is needed, and of arXiv what to read', () => {
  const sources = [{ kind: 'hugging-face' }, { kind: 'arxiv', categories: ['cs.CL'] }];
  expect(readSettings({ ...least, sources }).sources).toEqual([
    { kind: 'hugging-face', url: 'https://huggingface.co' },
    {
      kind: 'arxiv',
      categories: ['cs.CL'],
      feedUrl: 'https://rss.arxiv.org',
      url: 'https://export.arxiv.org',
    },
  ]);
});

test('a brand is whole without a word of the operator, and its colour is written one way', () => {
  expect(readSettings(least).brand).toEqual({ accent: '#a2391c' });
  const brand = {
    accent: '#0B57D0',
    logo: { url: 'https://papers.example.org/logo.png', alt: 'Papers' },
    footer: 'Made by us.',
  };
  expect(readSettings({ ...least, brand }).brand).toEqual({ ...brand, accent: '#0b57d0' });
});

test('a part of the limits may be left out as well', () => {
  expect(readSettings({ ...least, limits: { invitations: 5 } }).limits).toMatchObject({
    invitationsPerAddress: 3,
    invitationsPerNetwork: 30,
    invitations: 5,
  });
});

test.each([
  ['a site with a slash at its end', { site: 'https://papers.example.org/' }],
  ['a site on this machine', { site: 'http://127.0.0.1:3000' }],
  ['a name in any script', { name: '論文便り “daily”' }],
  [
    'all three cadences',
    {
      cadences: {
        ...least.cadences,
        daily: { cron: '0 7 ? * MON-FRI *', papers: 50 },
        monthly: { cron: '0 7 1 * ? *', papers: 1 },
      },
    },
  ],
  ['a file of papers', { sources: [{ kind: 'file', path: 'papers.jsonl' }] }],
  [
    'a site that stands for Hugging Face here',
    { sources: [{ kind: 'hugging-face', url: 'http://127.0.0.1:80' }] },
  ],
  ['a token’s secret', { sources: [{ kind: 'hugging-face', tokenSecret: 'paperboy/hugging-face' }] }],
  [
    'categories of arXiv',
    { sources: [{ kind: 'arxiv', categories: ['cs.CL', 'hep-th', 'cond-mat.str-el', 'q-bio.QM', 'math'] }] },
  ],
])('fine: %s', (_, change) => {
  expect(() => readSettings({ ...least, ...change })).not.toThrow();
});
