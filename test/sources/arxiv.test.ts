/** arXiv's Atom: entries of its feeds and of its API become papers, or an error that names the field. */
import { readArxivEntry } from '../../lambdas/sources/arxiv';
import { submittedFor, weekdayBefore, weekdaysOf } from '../../lambdas/sources/arxiv-days';
import { readAtom } from '../../lambdas/sources/atom';
import { feedXml, queryXml, type ArxivPaper } from '../../local/arxiv-xml';
import { now } from '../mails';

const paper: ArxivPaper = {
  id: '2503.05236v2',
  title: 'Unified\n  Reward Model',
  abstract: 'One judge, for 5 < 6 & "everything" visual.',
  authors: ['Yibin Wang', 'Börje F. Karlsson'],
  categories: ['cs.CV', 'cs.CL'],
  submittedAt: '2025-03-07T18:00:00Z',
};
const DAY = '2025-03-10';
const inFeed = (change: Partial<ArxivPaper> = {}) =>
  readArxivEntry(readAtom(feedXml(DAY, [{ ...paper, ...change }])).entries[0], now, DAY);
const inApi = (change: Partial<ArxivPaper> = {}) =>
  readArxivEntry(readAtom(queryXml(1, 0, [{ ...paper, ...change }])).entries[0], now, DAY);

const whole = {
  paperId: '2503.05236',
  title: 'Unified Reward Model',
  authors: ['Yibin Wang', 'Börje F. Karlsson'],
  abstract: 'One judge, for 5 < 6 & "everything" visual.',
  listedOn: DAY,
  categories: ['cs.CV', 'cs.CL'],
  first: { upvotes: 0, at: now.toISOString() },
  last: { upvotes: 0, at: now.toISOString() },
  links: { paper: 'https://arxiv.org/abs/2503.05236', pdf: 'https://arxiv.org/pdf/2503.05236' },
  source: 'arxiv',
  voted: false,
};

test('an entry of the feed becomes a paper: the announcement’s preamble is no part of the abstract', () => {
  expect(inFeed()).toEqual(whole);
});

test('an entry of the API becomes the same paper, and says when it was published', () => {
  expect(inApi()).toEqual({ ...whole, publishedOn: '2025-03-07' });
});

test.each([
  ['new', true],
  ['cross', true],
  ['replace', false],
  ['replace-cross', false],
] as const)('a paper that is announced as %s: wanted %s', (announceType, wanted) => {
  expect(inFeed({ announceType }) !== undefined).toBe(wanted);
  const bare = feedXml(DAY, [{ ...paper, announceType }]).replace(/<arxiv:announce_type>.*?</, '<dc:x>x<');
  const [entry] = readAtom(bare.replace('</arxiv:announce_type>', '</dc:x>')).entries;
  expect(readArxivEntry(entry, now, DAY)).toEqual(inFeed({ announceType }));
});

test('of an old id the version goes as well, and of affiliations nothing stays', () => {
  expect(inFeed({ id: 'math.GT/0309136v1' })?.paperId).toBe('math.GT/0309136');
  const authors = ['Ada Lovelace (MIT (CSAIL, 32), Cambridge)', 'Grace Hopper', ' '];
  expect(inFeed({ authors })?.authors).toEqual(['Ada Lovelace', 'Grace Hopper']);
});

test('a wrong optional field costs the field, not the paper', () => {
  const odd = inApi({ categories: ['cs.CV', 'x'.repeat(41), '"><b>', ''], submittedAt: 'yesterday' });
  expect(odd?.categories).toEqual(['cs.CV']);
  expect(odd).not.toHaveProperty('publishedOn', expect.any(String));
  expect(inApi({ submittedAt: '2099-01-01T00:00:00Z' })?.publishedOn).toBeUndefined();
});

test.each<[string, Partial<ArxivPaper>, string]>([
  ['no title', { title: '' }, 'title is empty'],
  ['a title of nothing visible', { title: '\u200b\u202e' }, 'title is empty'],
  ['a title of a thousand and one letters', { title: 'x'.repeat(1_001) }, 'title '],
  ['an abstract of 2 MB', { abstract: 'x'.repeat(2_000_000) }, 'summary '],
  ['an abstract of a chapter', { abstract: 'x'.repeat(20_001) }, 'abstract '],
  ['ten thousand authors', { authors: Array.from({ length: 10_000 }, () => 'A') }, 'authors '],
  [
    'authors of more than the table takes',
    { authors: Array.from({ length: 2_000 }, () => 'x'.repeat(150)) },
    'the entry has ',
  ],
  ['no id', { id: '' }, 'id is not a valid arXiv id'],
  ['an id with markup', { id: '2503.05236"><script>' }, 'id is not a valid arXiv id'],
  ['an id of elsewhere', { id: 'example.org/2503.05236' }, 'id is not a valid arXiv id'],
])('an entry with %s is refused by the field’s name', (_, change, words) => {
  expect(() => inApi(change)).toThrow(words);
  expect(() => inFeed(change)).toThrow(words);
});

test('the largest collaboration there was is fine', () => {
  const authors = Array.from({ length: 5_154 }, (_, n) => `G. Aad the ${n}th`);
  expect(inFeed({ authors })?.authors).toHaveLength(5_154);
});

const atom = (inside: string) => `<feed xmlns="http://www.w3.org/2005/Atom">${inside}</feed>`;

test.each([
  ['nothing', '', ''],
  ['HTML', '<!doctype html><html><body>Down for maintenance</body></html>', 'document type'],
  ['XHTML', '<html><body><p>Down</p></body></html>', 'feed is missing'],
  ['JSON', '{"feed": []}', ''],
  ['a feed that breaks off', atom('<entry><title>A</title></entry>').slice(0, -10), ''],
  ['a feed in a feed in a feed', `${'<feed>'.repeat(50)}${'</feed>'.repeat(50)}`, 'nested'],
  [
    'a hundred thousand elements in one another',
    `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`,
    'nested',
  ],
  [
    'a billion laughs',
    `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${atom('<title>&b;</title>')}`,
    'document type',
  ],
  [
    'a quadratic blowup',
    `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(9_000)}">]>${atom('&a;'.repeat(9_000))}`,
    'document type',
  ],
  [
    'a file',
    `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${atom('<title>&e;</title>')}`,
    'document type',
  ],
  ['a prototype', atom('<__proto__><x>1</x></__proto__>'), 'prototype'],
])('%s is no feed', (_, text, words) => {
  expect(() => readAtom(text)).toThrow(words);
});

test('an entry that is none costs only itself', () => {
  const { entries } = readAtom(atom('<entry/><entry>x</entry><entry><id>a</id><id>b</id></entry>'));
  expect(entries).toHaveLength(3);
  for (const entry of entries) expect(() => readArxivEntry(entry, now, DAY)).toThrow(/ (is|must) /);
});

test('characters that XML forbids are left out, references are read once, declared entities never', () => {
  const { entries } = readAtom(atom('<entry>a\0\u0007\ufffe&#x41;&amp;amp;&lt;b&gt;&x;</entry>'));
  expect(entries).toEqual(['aA&amp;<b>&x;']);
});

test('arXiv’s own complaint is told in its words', () => {
  const complaint = `<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id</summary></entry>`;
  expect(() => readAtom(atom(complaint))).toThrow('arXiv says: incorrect id');
});

test.each([
  ['Monday', '2025-03-10', '[202503061800 TO 202503071900]'],
  ['Tuesday', '2025-03-11', '[202503071800 TO 202503101900]'],
  ['Wednesday', '2025-03-12', '[202503101800 TO 202503111900]'],
  ['Friday', '2025-01-03', '[202501011800 TO 202501021900]'],
])(
  'what is announced on a %s was submitted before two in the afternoon of the weekday before',
  (_, day, window) => {
    expect(submittedFor(day)).toBe(window);
  },
);

test('weekdays are Monday to Friday, over the ends of months and years', () => {
  expect(weekdaysOf({ from: '2024-12-28', to: '2025-01-02' })).toEqual([
    '2024-12-30',
    '2024-12-31',
    '2025-01-01',
    '2025-01-02',
  ]);
  expect(weekdaysOf({ from: '2025-01-02', to: '2025-01-01' })).toEqual([]);
  expect(weekdayBefore('2025-03-03')).toBe('2025-02-28');
});
