/** newsletter.json: what is fine, what is filled in, and what an operator is told about the rest. */
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

test('the newsletter.json that comes with the project is fine', () => {
  const shipped: unknown = JSON.parse(readFileSync(join(__dirname, '..', '..', 'newsletter.json'), 'utf8'));
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
  expect(() => readSettings({ ...least, joining })).toThrow(/joining\.\w+\.0: must be (an|the) https/);
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

const told = (value: unknown): string => {
  try {
    readSettings(value);
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  ['no name', { name: undefined }, 'name: is missing'],
  ['a name that is no text', { name: 7 }, 'name: must be of type string'],
  ['an empty name', { name: '  ' }, 'name: is empty'],
  ['a long name', { name: 'x'.repeat(61) }, 'name: is longer than 60 characters'],
  [
    'a name of two lines',
    { name: 'Papers\r\nBcc: eve@example.org' },
    'name: has a line break or another control character',
  ],
  ['no sender', { sender: undefined }, 'sender: is missing'],
  [
    'a sender without an address',
    { sender: { name: 'Papers' } },
    'sender.address: Enter an email address, such as "digest@papers.example.org"',
  ],
  [
    'a sender that is no address',
    { sender: { name: 'P', address: 'papers' } },
    'sender.address: This is no email address that we can write to',
  ],
  [
    'a sender’s name of two lines',
    { sender: { name: 'a\nb', address: 'a@example.org' } },
    'sender.name: has a line break',
  ],
  ['no postal address', { postalAddress: undefined }, 'postalAddress: is missing'],
  ['an empty postal address', { postalAddress: '' }, 'postalAddress: is empty'],
  [
    'a site without https',
    { site: 'http://papers.example.org' },
    'site: must be an https address without a path',
  ],
  [
    'a site with a path',
    { site: 'https://example.org/papers' },
    'site: must be an https address without a path',
  ],
  [
    'a site with a question',
    { site: 'https://example.org/?a' },
    'site: must be an https address without a path',
  ],
  [
    'a site with a password',
    { site: 'https://a:b@example.org' },
    'site: must be an https address without a path',
  ],
  ['a site that is none', { site: 'papers' }, 'site: must be an https address without a path'],
  ['no time zone', { timeZone: undefined }, 'timeZone: is missing'],
  [
    'a time zone on Mars',
    { timeZone: 'Mars/Base' },
    'timeZone: is no IANA time zone, such as "Europe/Berlin"',
  ],
  ['an offset, which EventBridge does not know', { timeZone: '+02:00' }, 'timeZone: is no IANA time zone'],
  ['no cadence', { cadences: {} }, 'cadences: needs "weekly"'],
  [
    'an unknown cadence',
    { cadences: { ...least.cadences, hourly: {} } },
    'cadences: has "hourly", which no setting is called',
  ],
  [
    'a crontab of five fields',
    { cadences: { weekly: { cron: '0 7 * * 1', papers: 10 } } },
    'cadences.weekly.cron: must be six EventBridge cron fields',
  ],
  [
    'a cron with two days',
    { cadences: { weekly: { cron: '0 7 * * MON *', papers: 10 } } },
    'cadences.weekly.cron: must be six EventBridge cron fields of which one day field is "?"',
  ],
  [
    'no papers',
    { cadences: { weekly: { cron: '0 7 ? * MON *', papers: 0 } } },
    'cadences.weekly.papers: is less than 1',
  ],
  [
    'too many papers',
    { cadences: { weekly: { cron: '0 7 ? * MON *', papers: 51 } } },
    'cadences.weekly.papers: is more than 50',
  ],
  [
    'half a paper',
    { cadences: { weekly: { cron: '0 7 ? * MON *', papers: 1.5 } } },
    'cadences.weekly.papers: must be a whole number',
  ],
  [
    'a source of another kind',
    { sources: [{ kind: 'ftp', path: 'x' }] },
    'sources.0.kind: must be "file", "hugging-face" or "arxiv"',
  ],
  ['no kind of source', { sources: [{}] }, 'sources.0.kind: must be "file", "hugging-face" or "arxiv"'],
  [
    'a token in the settings',
    { sources: [{ kind: 'hugging-face', token: 'hf_x' }] },
    'sources.0: has "token", which no setting is called',
  ],
  [
    'a secret by no name',
    { sources: [{ kind: 'hugging-face', tokenSecret: 'my token' }] },
    'sources.0.tokenSecret: is no name of a secret',
  ],
  [
    'a site that anybody could read on the way',
    { sources: [{ kind: 'hugging-face', url: 'http://huggingface.co' }] },
    'sources.0.url: must be an https address without a path',
  ],
  ['no categories', { sources: [{ kind: 'arxiv' }] }, 'sources.0.categories: is missing'],
  [
    'an empty list of them',
    { sources: [{ kind: 'arxiv', categories: [] }] },
    'sources.0.categories: names no category',
  ],
  [
    'a category with more in it',
    { sources: [{ kind: 'arxiv', categories: ['cs.CL', 'cs.CL) OR all:(x'] }] },
    'sources.0.categories.1: is no category of arXiv, such as "cs.CL"',
  ],
  [
    'arXiv twice, which would ask it twice as fast as it allows',
    {
      sources: [
        { kind: 'arxiv', categories: ['cs.CL'] },
        { kind: 'arxiv', categories: ['cs.CV'] },
      ],
    },
    'sources: may name "hugging-face" and "arxiv" once each',
  ],
  [
    'a colour that is no six digits',
    { brand: { accent: 'red' } },
    'brand.accent: is no colour of six digits, such as "#a2391c"',
  ],
  [
    'a colour that is faint on the light ground',
    { brand: { accent: '#ffcc00' } },
    'brand.accent: has a contrast of 1.4 to 1 on the light ground #f5f3ee, and needs 4.5 to 1: take a darker shade',
  ],
  [
    'a logo that mail programs don’t load',
    { brand: { logo: { url: 'http://papers.example.org/logo.png', alt: 'x' } } },
    'brand.logo.url: must be an https address without "?"',
  ],
  [
    'a logo that could count who opens it',
    { brand: { logo: { url: 'https://papers.example.org/logo.png?reader=1', alt: 'x' } } },
    'brand.logo.url: must be an https address without "?"',
  ],
  [
    'a logo without words',
    { brand: { logo: { url: 'https://papers.example.org/logo.png' } } },
    'brand.logo.alt: is missing',
  ],
  ['a footer of two lines', { brand: { footer: 'a\nb' } }, 'brand.footer: has a line break'],
  ['a limit below one', { limits: { invitations: 0 } }, 'limits.invitations: is less than 1'],
  [
    'more sites than anybody has',
    { joining: { origins: Array.from({ length: 21 }, () => 'https://a.example.org') } },
    'joining.origins: Too big: expected array to have <=20 items',
  ],
  ['a field with a slip', { taglin: 'x' }, 'the file: has "taglin", which no setting is called'],
])('told about: %s', (_, change, words) => {
  expect(told({ ...least, ...change })).toMatch(`newsletter.json needs a change:\n  ${words}`);
});

test('all that is wrong is told at once, a line each', () => {
  expect(told({ ...least, name: '', timeZone: 'x', site: 'x' }).split('\n')).toHaveLength(4);
  expect(told(null)).toBe('newsletter.json needs a change:\n  the file: must be of type object');
});
