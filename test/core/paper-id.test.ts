/** What a paper is known by, whatever a file calls it. */
import { doiLink, doiOf, paperIdOf } from '../../lambdas/core/paper-id';
import { PAPER_ID } from '../../lambdas/core/paper';

const title = 'A title of some length';

test.each([
  ['an arXiv id', { id: '2503.01234v2' }, '2503.01234'],
  ['arXiv’s page', { url: 'https://arxiv.org/abs/2503.01234v2' }, '2503.01234'],
  ['arXiv’s page over http', { url: 'http://www.arxiv.org/abs/2503.01234' }, '2503.01234'],
  ['arXiv’s PDF', { url: 'https://arxiv.org/pdf/2503.01234v2.pdf' }, '2503.01234'],
  ['arXiv’s HTML', { url: 'https://arxiv.org/html/2503.01234v1' }, '2503.01234'],
  ['a page of the time before 2007', { url: 'https://arxiv.org/abs/math.GT/0309136' }, 'math.GT/0309136'],
  ['a page of Hugging Face', { url: 'https://huggingface.co/papers/2503.01234' }, '2503.01234'],
  [
    'a PDF beside a page of one’s own',
    { url: 'https://a.org/x', pdf: 'https://arxiv.org/pdf/2503.01234' },
    '2503.01234',
  ],
  ['arXiv’s DOI', { doi: '10.48550/arXiv.2503.01234' }, '2503.01234'],
  ['arXiv’s DOI as a link', { url: 'https://doi.org/10.48550/arXiv.2503.01234' }, '2503.01234'],
  [
    'an arXiv id before an id of one’s own',
    { id: 'mine', url: 'https://arxiv.org/abs/2503.01234' },
    '2503.01234',
  ],
  ['an id of one’s own before the DOI', { id: 'mine-7', doi: '10.1145/3292500' }, 'mine-7'],
  ['the DOI', { doi: '10.1145/3292500.3330701' }, '10.1145/3292500.3330701'],
])('%s', (_, names, id) => {
  expect(paperIdOf({ title, ...names })).toBe(id);
});

test.each([
  ['an id that climbs', { id: '../../x' }],
  ['an id of dots', { id: '..' }],
  ['an id that begins at the root', { id: '/etc/passwd' }],
  ['an id with an empty part', { id: 'a//b' }],
  ['an id that is an address', { id: 'http://zotero.org/users/1/items/ABC' }],
  ['an id with control characters', { id: 'a\u001b[31mb' }],
  ['an id of two hundred letters', { id: 'x'.repeat(200) }],
  ['a DOI with signs that no key has', { doi: '10.1002/(sici)1097<338::aid>3.0.co;2-b' }],
  ['a title', {}],
  ['a title of one letter', { title: 'x' }],
])('%s becomes an id that is safe and stays the same', (_, names) => {
  const id = paperIdOf({ title, ...names });
  expect(id).toMatch(/^(id|doi|title)-[0-9a-f]{16}$/);
  expect(id).toMatch(PAPER_ID);
  expect(paperIdOf({ title, ...names })).toBe(id);
});

test('a title that is written a little differently is the same one', () => {
  expect(paperIdOf({ title: 'A Title of  some length!' })).toBe(paperIdOf({ title }));
  expect(paperIdOf({ title: 'Another title of some length' })).not.toBe(paperIdOf({ title }));
});

test.each(['', '.', '..', '../x', 'a/../b', 'a/..', '/a', 'a/', 'a//b', './a', 'a b', 'a\n', 'é'])(
  '%j is no id',
  (id) => expect(id).not.toMatch(PAPER_ID),
);

test.each([
  ['10.1145/3292500', '10.1145/3292500'],
  ['https://doi.org/10.1145/ABC.1', '10.1145/abc.1'],
  ['http://dx.doi.org/10.1145/3292500', '10.1145/3292500'],
  ['doi: 10.1145/3292500', '10.1145/3292500'],
  ['10.1145/two words', undefined],
  ['javascript:alert(1)', undefined],
  ['3292500', undefined],
])('the DOI in %s is %s', (text, doi) => {
  expect(doiOf(text)).toBe(doi);
});

test('a DOI’s link has no sign that would end it', () => {
  expect(doiLink('10.1000/a?b#c"<d>')).toBe('https://doi.org/10.1000/a%3Fb%23c%22%3Cd%3E');
});
