/** One entry of the Hugging Face API becomes one paper, or an error that names the field. */
import { newestDay, readEntry } from '../../lambdas/sources/hugging-face';
import { now } from '../mails';

const paper = {
  id: '2503.05236',
  title: 'Unified Reward Model',
  summary: 'One judge for everything visual.',
  authors: [{ name: 'Yibin Wang' }, { name: 'Yuhang Zang' }],
  upvotes: 65,
};
const entry = { paper, publishedAt: '2025-03-11T02:00:00.000Z' };
const withPaper = (change: object) => ({ ...entry, paper: { ...paper, ...change } });

test('an entry with everything becomes a paper with everything', () => {
  const whole = {
    ...withPaper({
      publishedAt: '2025-03-07T18:00:00.000Z',
      submittedOnDailyAt: '2025-03-10T00:00:00.000Z',
      githubRepo: 'https://github.com/CodeGoat24/UnifiedReward',
      projectPage: 'https://codegoat24.github.io/UnifiedReward/',
    }),
    numComments: 4,
    _daily: '2025-03-10',
    _capturedAt: '2025-03-10T07:49:38+00:00',
  };
  const reading = { upvotes: 65, at: '2025-03-10T07:49:38.000Z' };
  expect(readEntry(whole, now)).toEqual({
    paperId: '2503.05236',
    title: 'Unified Reward Model',
    authors: ['Yibin Wang', 'Yuhang Zang'],
    abstract: 'One judge for everything visual.',
    listedOn: '2025-03-10',
    publishedOn: '2025-03-07',
    first: reading,
    last: reading,
    comments: 4,
    links: {
      paper: 'https://arxiv.org/abs/2503.05236',
      pdf: 'https://arxiv.org/pdf/2503.05236',
      code: 'https://github.com/CodeGoat24/UnifiedReward',
      project: 'https://codegoat24.github.io/UnifiedReward/',
      discussion: 'https://huggingface.co/papers/2503.05236',
    },
    source: 'hugging-face',
  });
});

test('unknown fields pass by, and what is optional may be missing', () => {
  const read = readEntry({ ...withPaper({ ai_summary: 'x', organization: { a: 1 } }), thumbnail: 'x' }, now);
  expect(read).not.toHaveProperty('ai_summary');
  expect(read.links.code).toBeUndefined();
  expect(read.comments).toBeUndefined();
});

test('a wrong optional field costs the field, not the paper', () => {
  const odd = {
    ...withPaper({
      githubRepo: null,
      projectPage: 'javascript:alert(1)',
      publishedAt: 7,
      submittedOnDailyAt: 'soon',
    }),
    numComments: -1,
    _capturedAt: null,
  };
  expect(readEntry(odd, now)).toMatchObject({ listedOn: '2025-03-11', last: { at: now.toISOString() } });
  expect(readEntry(odd, now).links).not.toMatchObject({ project: expect.any(String) as string });
});

test.each([
  ['no title', withPaper({ title: undefined }), 'paper.title is missing'],
  ['an empty title', withPaper({ title: ' \n' }), 'title is empty'],
  ['a title of nothing visible', withPaper({ title: '\u200b\u202e\0' }), 'title is empty'],
  [
    'a title of a thousand and one letters',
    withPaper({ title: 'x'.repeat(1_001) }),
    'title is longer than 1,000 characters',
  ],
  ['no abstract', withPaper({ summary: null }), 'paper.summary '],
  ['no authors', withPaper({ authors: undefined }), 'paper.authors '],
  ['an author without a name', withPaper({ authors: [{ fullname: 'A' }] }), 'paper.authors.0.name '],
  ['no id', withPaper({ id: undefined }), 'paper.id '],
  ['an empty id', withPaper({ id: ' ' }), 'id is not a valid id'],
  ['an id with markup', withPaper({ id: '"><script>' }), 'id is not a valid id'],
  ['no upvotes', withPaper({ upvotes: undefined }), 'paper.upvotes '],
  ['upvotes that are no number', withPaper({ upvotes: Number.NaN }), 'paper.upvotes '],
  ['negative upvotes', withPaper({ upvotes: -1 }), 'paper.upvotes '],
  ['upvotes beyond counting', withPaper({ upvotes: 1e308 }), 'paper.upvotes '],
  ['half an upvote', withPaper({ upvotes: 0.5 }), 'paper.upvotes '],
  ['upvotes as text', withPaper({ upvotes: '65' }), 'paper.upvotes '],
  ['a day that is none', { ...entry, _daily: '2025-02-30' }, '_daily '],
  [
    'a day in the far future',
    { ...entry, _daily: '2099-01-01' },
    'the day it was listed, 2099-01-01, is in the future',
  ],
  ['a listing in the far future', withPaper({ submittedOnDailyAt: '2099-01-01T00:00:00Z' }), 'in the future'],
  ['no paper', { title: 'x' }, 'paper '],
  ['nothing', null, 'the entry '],
  ['text', 'paper', 'the entry '],
])('an entry with %s is refused by the field’s name', (_, value, message) => {
  expect(() => readEntry(value, now)).toThrow(message);
});

test.each([
  ['as it is', '2503.05236', '2503.05236'],
  ['without its version', '2503.05236v2', '2503.05236'],
  ['without a version of two digits', '2503.05236v12', '2503.05236'],
  ['without spaces', ' 2503.05236 ', '2503.05236'],
  ['without a trailing slash', '2503.05236/', '2503.05236'],
  ['of the time before 2015', '1412.6980v9', '1412.6980'],
  ['of the time before 2007', 'math.GT/0309136v1', 'math.GT/0309136'],
  ['of no archive that we know', 'some-blog_post', 'some-blog_post'],
])('an id %s', (_, id, paperId) => {
  expect(readEntry(withPaper({ id }), now).paperId).toBe(paperId);
});

test('what is not on arXiv is linked where it was listed', () => {
  expect(readEntry(withPaper({ id: 'some-blog_post' }), now).links).toMatchObject({
    paper: 'https://huggingface.co/papers/some-blog_post',
    discussion: 'https://huggingface.co/papers/some-blog_post',
  });
});

const linksInFile = (projectPage?: string) =>
  readEntry(withPaper({ id: 'mine', projectPage }), now, undefined, 'file').links;

test('an entry of a file that is not on arXiv is linked to its project, never to a page that can’t exist', () => {
  expect(linksInFile('https://example.org/mine').paper).toBe('https://example.org/mine');
  expect(JSON.stringify(linksInFile('https://example.org/mine'))).not.toContain('huggingface.co');
  expect(() => linksInFile()).toThrow('paper.id is not an arXiv id');
});

test.each([
  [
    'its own word for it',
    { ...withPaper({ submittedOnDailyAt: '2025-03-13T00:00:00Z' }), _daily: '2025-03-12' },
    '2025-03-12',
  ],
  [
    'the day it was submitted to the list',
    withPaper({ submittedOnDailyAt: '2025-03-13T23:00:00Z' }),
    '2025-03-13',
  ],
  ['the day of the list it came with', entry, '2025-03-14'],
])('a paper is listed on: %s', (_, value, day) => {
  expect(readEntry(value, now, '2025-03-14').listedOn).toBe(day);
});

test('without a list a paper is listed on the day it was published there, or else today', () => {
  expect(readEntry(entry, now).listedOn).toBe('2025-03-11');
  expect(readEntry({ paper }, now).listedOn).toBe('2025-03-17');
  expect(readEntry({ paper, publishedAt: 'yesterday' }, now).listedOn).toBe('2025-03-17');
});

test('no clock that is wrong puts a reading or a publication into the future', () => {
  const ahead = {
    ...withPaper({ publishedAt: '2099-01-01T00:00:00Z' }),
    _capturedAt: '2099-01-01T00:00:00Z',
  };
  const read = readEntry(ahead, now);
  expect(read.last.at).toBe(now.toISOString());
  expect(read.publishedOn).toBeUndefined();
});

test('titles, names and abstracts come as one line of safe text', () => {
  const read = readEntry(
    withPaper({
      title: 'Two\n  lines \u202eevil\u202c \ufdd0to\ufdd1',
      summary: '  An\r\nabstract\0 ',
      authors: [{ name: ' Ada\tLovelace ' }, { name: '\u200b' }],
    }),
    now,
  );
  expect(read).toMatchObject({
    title: 'Two lines evil to',
    abstract: 'An abstract',
    authors: ['Ada Lovelace'],
  });
});

const on = (publishedAt: string) => ({ paper, publishedAt });

test('the day of a list is the newest that its entries name, but for wrong ones and days to come', () => {
  const entries = [
    on('2025-03-10T01:00:00Z'),
    on('2025-03-11T23:59:59Z'),
    on('2099-01-01T00:00:00Z'),
    null,
    on('x'),
  ];
  expect(newestDay(entries, now)).toBe('2025-03-11');
  expect(newestDay([null], now)).toBeUndefined();
});
