/** Papers: which links may stand in a mail, and in what order papers do. */
import * as fc from 'fast-check';
import { arxivIdOf, Paper, safeLink, titleKey } from '../../lambdas/core/paper';
import { rank } from '../../lambdas/core/ranking';
import { paperOf } from '../mails';

test.each([
  ['an https address stays', 'https://github.com/a/b', 'https://github.com/a/b'],
  ['spaces around it go', ' https://example.org/a ', 'https://example.org/a'],
  ['quotes are encoded', `https://x.org/"onmouseover="alert(1)`, 'https://x.org/%22onmouseover=%22alert(1)'],
  ['angle brackets are encoded', 'https://x.org/<script>', 'https://x.org/%3Cscript%3E'],
  ['the marks of a slot are encoded', 'https://x.org/\ufdd0to\ufdd1', 'https://x.org/%EF%B7%90to%EF%B7%91'],
  ['line breaks go', 'https://x.org/a\r\nb', 'https://x.org/ab'],
  ['an international host becomes punycode', 'https://münchen.de/', 'https://xn--mnchen-3ya.de/'],
  ['http is no link for a mail', 'http://example.org', undefined],
  ['nor is javascript', 'javascript:alert(1)', undefined],
  ['nor javascript in disguise', ' jav\tascript:alert(1)', undefined],
  ['nor data', 'data:text/html,<script>alert(1)</script>', undefined],
  ['nor a private address over http', 'http://169.254.169.254/latest', undefined],
  ['nor a file', 'file:///etc/passwd', undefined],
  ['nor mail', 'mailto:ada@example.org', undefined],
  ['nor one with a user name', 'https://github.com@evil.example/', undefined],
  ['nor one with a password', 'https://:secret@example.org/', undefined],
  ['nor a path alone', '/papers/1', undefined],
  ['nor a bare host', 'example.org', undefined],
  ['nor nothing', '', undefined],
  ['nor what is not there', undefined, undefined],
  ['nor a very long one', `https://example.org/${'a'.repeat(2_000)}`, undefined],
  ['nor one that gets very long when encoded', `https://example.org/${'摘'.repeat(500)}`, undefined],
])('a link: %s', (_, text, link) => {
  expect(safeLink(text)).toBe(link);
});

test('whatever comes in, a link that comes out can stand in an attribute and in a line of text', () => {
  const start = fc.constantFrom('https://x.org/', 'https://', 'https:', 'http://', 'javascript:', '');
  fc.assert(
    fc.property(start, fc.string({ unit: 'binary' }), (begin, rest) => {
      expect(safeLink(begin + rest) ?? 'https://none/').toMatch(
        /^https:\/\/[^\s"<>@/]+\/[^\s"<>\u0080-\uffff]*$/u,
      );
    }),
  );
});

test.each([
  ['as it is', '2503.05236'],
  ['of a version', '2503.05236v2'],
  ['of a version, in capitals', '2503.05236V12'],
  ['with a slash', '2503.05236/'],
  ['with spaces', ' 2503.05236\n'],
  ['as people cite it', 'arXiv:2503.05236v1'],
  ['as feeds have it', 'oai:arXiv.org:2503.05236v1'],
  ['as the API has it', 'http://arxiv.org/abs/2503.05236v1'],
  ['as a browser has it', 'https://www.arxiv.org/pdf/2503.05236'],
])('an arXiv id %s is the same paper', (_, text) => {
  expect(arxivIdOf(text)).toBe('2503.05236');
});

test.each([
  ['1412.6980v9', '1412.6980'],
  ['math.GT/0309136v1', 'math.GT/0309136'],
  ['MATH.gt/0309136', 'math.GT/0309136'],
  ['hep-th/9901001', 'hep-th/9901001'],
  ['2503.5', undefined],
  ['2503.052361', undefined],
  ['some-blog_post', undefined],
  ['https://example.org/abs/2503.05236', undefined],
  ['https://arxiv.org.example.org/abs/2503.05236', undefined],
  ['2503.05236"><script>', undefined],
  ['', undefined],
])('the arXiv id in %s is %s', (text, id) => {
  expect(arxivIdOf(text)).toBe(id);
});

test.each([
  ['however it is written', 'Attention is ALL you  need!', 'Attention Is All You Need'],
  [
    'with other dashes and quotes',
    'Video-Thinker: “Thinking with Videos”',
    'Video–Thinker: "thinking with videos"',
  ],
  ['in wide letters', 'ＡＴＴＥＮＴＩＯＮ is all you need', 'Attention Is All You Need'],
])('a title is the same %s', (_, one, other) => {
  expect(titleKey(one)).toBe(titleKey(other));
  expect(titleKey(one)).toMatch(/\w{12}/);
});

test('titles of other words are others, and those of a word or none tell nothing', () => {
  expect(titleKey('Attention Is All You Need 2')).not.toBe(titleKey('Attention Is All You Need'));
  for (const title of ['Reply', 'Erratum', '?', '']) expect(titleKey(title)).toBeUndefined();
});

test('a paper needs a title that can be seen', () => {
  const paper = paperOf({});
  expect(Paper.safeParse({ ...paper, title: '' }).success).toBe(false);
  expect(Paper.safeParse({ ...paper, title: '\u200d' }).success).toBe(false);
  expect(Paper.safeParse({ ...paper, title: '?' }).success).toBe(true);
});

test('most upvotes come first, and of papers with as many the lower id', () => {
  const papers = [
    paperOf({ id: '2503.00003', upvotes: 5 }),
    paperOf({ id: '2503.00001', upvotes: 5 }),
    paperOf({ id: '2503.00002', upvotes: 50 }),
  ];
  expect(rank(papers).map(({ paper }) => paper.paperId)).toEqual(['2503.00002', '2503.00001', '2503.00003']);
  expect(rank([])).toEqual([]);
});

test('papers are in the same order however they come in, and none gets lost', () => {
  const some = fc.uniqueArray(
    fc.record({ id: fc.stringMatching(/^25\d\d\.\d{5}$/), upvotes: fc.nat({ max: 3 }) }),
    { selector: ({ id }) => id, maxLength: 12 },
  );
  const shuffled = some.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, ([one, other]) => {
      const ranked = rank(one.map(paperOf));
      expect(rank(other.map(paperOf))).toEqual(ranked);
      expect(ranked).toHaveLength(one.length);
    }),
  );
});

test('an international host is fine the ten thousandth time as well', () => {
  for (let n = 0; n < 10_000; n++) expect(safeLink('https://münchen.de/')).toBe('https://xn--mnchen-3ya.de/');
});
