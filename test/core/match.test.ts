/** Searches over papers: what they find and in what order, and what mentions them at all. */
import * as fc from 'fast-check';
import { indexPapers } from '../../lambdas/core/match';
import type { Paper } from '../../lambdas/core/paper';
import { readSearch, SearchField } from '../../lambdas/core/search';
import { allHostileStrings, hostileStrings } from '../inputs/hostile-strings';
import { paperOf, samplePapers } from '../mails';

type Fields = Parameters<typeof paperOf>[0] & { categories?: string[] };

/** Papers by what is said of them; the others say nothing to the point. */
const listOf = (...papers: Fields[]): Paper[] =>
  papers.map(({ categories, ...fields }, n) =>
    Object.assign(paperOf({ id: `2503.0000${n}`, summary: 'We do something else.', ...fields }), {
      categories,
    }),
  );

const titled = (...titles: string[]): Paper[] => listOf(...titles.map((title) => ({ title })));

const found = (papers: readonly Paper[], search: string, loosely = false): (string | undefined)[] =>
  indexPapers(papers)
    .find(readSearch(search), 25, { loosely })
    .map(({ place }) => papers[place]?.title);

const filler = ['Protein folding', 'Speech in noise', 'Maps of the brain', 'Prime numbers', 'Cooking rice'];

test.each([
  ['other forms', 'quantized models', 'Model quantization in practice'],
  ['accents and case', 'poincare MAPS', 'Poincaré maps'],
  ['American and British', 'modeling', 'Modelling the sea'],
  ['words in another order with others between them', 'video generation', 'Generation of long videos'],
  ['a part of Chinese text', '扩散模型', '基于扩散模型的图像生成'],
  ['Cyrillic', 'нейронные сети', 'Нейронные сети и языки'],
  ['numbers', '3D gaussian splatting', 'On 3d Gaussian Splatting'],
  ['a phrase with function words', '"chain of thought"', 'Chain-of-Thought, revisited'],
  ['only function words', 'the who', 'The Who'],
])('a search finds %s', (_, search, title) => {
  expect(found(titled(title, ...filler), search)).toEqual([title]);
});

test.each([
  ['what it has no word of', 'quantum computing'],
  ['one word of two', 'protein design'],
  ['words far from each other', 'brain rice'],
  ['half a phrase', '"speech in noise and silence"'],
  ['the phrase in another order', '"folding protein"'],
  ['an author of that name in a title', 'author:rice'],
])('a search finds nothing of %s', (_, search) => {
  const papers = listOf(...filler.map((title) => ({ title })), {
    title: 'All of it',
    summary: `The brain ${'is one thing and then '.repeat(5)} rice.`,
  });
  expect(found(papers, search)).toEqual([]);
});

test('most words of a long search are enough', () => {
  const papers = titled('Augmented text retrieval', 'Generation of noise', ...filler);
  expect(found(papers, 'retrieval augmented generation of text')).toEqual(['Augmented text retrieval']);
});

test('the rarer word must be there, if most are enough', () => {
  const papers = titled(
    'Neural networks',
    'More neural networks',
    'Neural networks again',
    'Graph networks',
    ...filler,
  );
  expect(found(papers, 'graph neural networks')).toEqual(['Graph networks']);
});

test('the whole phrase comes before its words, the title before the abstract', () => {
  const papers = listOf(
    { title: 'Matching the flow' },
    { title: 'Something', summary: 'About flow matching and more.' },
    { title: 'Flow matching', summary: 'About flow matching and more.' },
    ...filler.map((title) => ({ title })),
  );
  expect(found(papers, 'flow matching', true)).toEqual(['Flow matching', 'Something', 'Matching the flow']);
});

test('words in the title count for more than in the abstract', () => {
  const papers = listOf({ title: 'Rain', summary: 'Voxels' }, { title: 'Voxels', summary: 'Rain' });
  expect(found(papers, 'voxels')).toEqual(['Voxels', 'Rain']);
});

test('where papers have the whole phrase, those with its words alone are left out', () => {
  const papers = titled('Flow matching', 'Matching of the flow', 'Flow and matching', ...filler);
  expect(found(papers, 'flow matching')).toEqual(['Flow matching']);
  expect(found(papers.slice(1), 'flow matching')).toEqual(['Flow and matching', 'Matching of the flow']);
});

test('a rare word is not enough, however common the other one', () => {
  const far = `A protein, ${'and then other things '.repeat(4)}, a network.`;
  const papers = listOf(
    { title: 'Far', summary: far },
    ...['a', 'b', 'c', 'd'].map((one) => ({ title: `Network ${one}` })),
  );
  expect(found(papers, 'protein networks')).toEqual([]);
});

test('of papers that fit as well the one with more upvotes comes first', () => {
  const papers = listOf(
    { title: 'World models', upvotes: 3 },
    { title: 'World models', upvotes: 80 },
    { title: 'World models', upvotes: 9 },
    ...filler.map((title) => ({ title })),
  );
  const places = indexPapers(papers).find(readSearch('world models'), 2);
  expect(places.map(({ place }) => place)).toEqual([1, 2]);
});

test('upvotes weigh a little: two per cent for each e-fold, so a paper that fits better comes first however many others have', () => {
  const papers = listOf(
    { title: 'World models', upvotes: 0 },
    { title: 'World models', upvotes: 99 },
    ...filler.map((title) => ({ title })),
  );
  const [more, none] = indexPapers(papers).find(readSearch('world models'), 2);
  expect([more?.place, none?.place]).toEqual([1, 0]);
  expect((more?.score ?? 0) / (none?.score ?? 1)).toBeCloseTo(1 + 0.02 * Math.log(100), 6);
  const better = listOf(
    { title: 'World models of world models', summary: 'World models.', upvotes: 0 },
    { title: 'Something else', summary: 'It has world models.', upvotes: 900 },
    ...filler.map((title) => ({ title })),
  );
  expect(indexPapers(better).find(readSearch('world models'), 1)[0]?.place).toBe(0);
});

test('phrases and words are alternatives, each part of a search counts', () => {
  const papers = titled('World models', 'Flow matching', 'Flow matching for world models', ...filler);
  expect(found(papers, '"world models" "flow matching"')).toEqual([
    'Flow matching for world models',
    'World models',
    'Flow matching',
  ]);
  expect(found(papers, 'cooking "flow matching"')).toContain('Cooking rice');
});

describe('abbreviations are learnt from the papers', () => {
  const papers = listOf(
    { title: 'A survey', summary: 'Of retrieval-augmented generation (RAG), as it is.' },
    { title: 'RAG in practice' },
    { title: 'Augmented retrieval', summary: 'Nothing else.' },
    { title: 'Agents that read', summary: 'They use retrieval augmented generation.' },
    ...filler.map((title) => ({ title })),
  );

  test.each(['RAG', 'retrieval-augmented generation'])('%s finds both ways to say it', (search) => {
    expect(new Set(found(papers, search))).toEqual(
      new Set(['A survey', 'Agents that read', 'RAG in practice']),
    );
  });

  test('the way that a reader says it comes first', () => {
    const said = listOf(
      { title: 'Agents', summary: 'Retrieval augmented generation. '.repeat(3) },
      { title: 'B', summary: 'RAG.' },
    );
    const all = [...said, ...papers];
    expect(found(all, 'RAG').indexOf('B')).toBeLessThan(found(all, 'RAG').indexOf('Agents'));
  });

  test('quotes take words as they are', () => {
    expect(new Set(found(papers, '"retrieval augmented generation"'))).toEqual(
      new Set(['A survey', 'Agents that read']),
    );
  });

  test('without a paper that says so they mean nothing', () => {
    expect(found(papers.slice(1), 'RAG')).toEqual(['RAG in practice']);
  });
});

describe('categories and authors', () => {
  const papers = listOf(
    { title: 'Seeing', categories: ['cs.CV', 'cs.LG'], authors: ['Kaiming He', 'Łukasz Kaiser'], upvotes: 5 },
    { title: 'Reading', categories: ['cs.CL'], authors: ['Yann A. LeCun'], upvotes: 50 },
    { title: 'Seeing far', categories: ['astro-ph.GA'], authors: ['He Jiang'], upvotes: 7 },
    { title: 'Strings', categories: ['hep-th'], authors: ['Jean-Baptiste O’Brien'], upvotes: 1 },
    { title: 'Unsorted', upvotes: 99 },
  );

  test.each([
    ['cat:cs.cv', ['Seeing']],
    ['cat:cs.LG', ['Seeing']],
    ['cat:cs.*', ['Reading', 'Seeing']],
    ['cat:hep-th', ['Strings']],
    ['cat:cs.CV cat:cs.CL', ['Reading', 'Seeing']],
    ['cat:c', []],
    ['author:"Kaiming He"', ['Seeing']],
    ['author:"He, Kaiming"', ['Seeing']],
    ['author:"K. He"', ['Seeing']],
    ['author:He', ['Seeing far', 'Seeing']],
    ['author:"He Kaiming"', []],
    ['author:"Yann LeCun"', ['Reading']],
    ['author:kaiser', ['Seeing']],
    ['author:"Jean Baptiste OBrien"', ['Strings']],
    ['author:"Lukasz Kaiser" author:LeCun', ['Reading', 'Seeing']],
    ['cat:cs.* author:He', ['Seeing']],
    ['seeing cat:cs.*', ['Seeing']],
    ['seeing author:"He Jiang"', ['Seeing far']],
    ['reading cat:cs.CV', []],
  ])('%s finds %j', (search, titles) => {
    expect(found(papers, search)).toEqual(titles);
    const mentioned = [...indexPapers(papers).mentions(readSearch(search))].map(
      (place) => papers[place]?.title,
    );
    expect(new Set(mentioned)).toEqual(new Set(titles));
  });
});

test('a loose search also finds papers that have only one of the words, behind the others', () => {
  const papers = titled('Sparse coding', 'Sparse voxels', 'Voxel worlds', ...filler);
  expect(found(papers, 'sparse voxel volume', true)[0]).toBe('Sparse voxels');
  expect(new Set(found(papers, 'sparse voxel volume', true))).toEqual(
    new Set(['Sparse coding', 'Sparse voxels', 'Voxel worlds']),
  );
});

test('no more come than were asked for, best first', () => {
  const index = indexPapers(samplePapers);
  const all = index.find(readSearch('language models'), 100);
  expect(all.length).toBeGreaterThan(4);
  expect(all.map(({ score }) => score)).toEqual(all.map(({ score }) => score).toSorted((a, b) => b - a));
  expect(index.find(readSearch('language models'), 3)).toEqual(all.slice(0, 3));
  expect(index.find(readSearch('language models'), 0)).toEqual([]);
});

test('a list without papers, and papers without words, are searched in vain', () => {
  expect(indexPapers([]).find(readSearch('voxel'), 5)).toEqual([]);
  expect(indexPapers([]).mentions(readSearch('voxel')).size).toBe(0);
  expect(found(listOf({ title: '…', summary: '' }), 'voxel')).toEqual([]);
});

/** Few words, so that they meet, and some that define abbreviations. */
const texts = [
  'large language model',
  'language model',
  'reward learning',
  '(LLMs)',
  '(LM)',
  '(RL)',
  'LLM',
  'RL',
  'of',
  '.',
];
const sentence = fc
  .array(fc.constantFrom(...texts), { minLength: 1, maxLength: 5 })
  .map((some) => some.join(' '));
const search = fc
  .tuple(
    fc.array(fc.constantFrom('large', 'language', 'model', 'LLM', 'of', 'RL'), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.boolean(),
  )
  .map(([some, quoted]) => (quoted ? `"${some.join(' ')}"` : some.join(' ')));

test('what a search finds in any list, it is mentioned in, in every list', () => {
  const lists = fc.tuple(fc.array(sentence, { maxLength: 6 }), fc.array(sentence, { maxLength: 3 }), search);
  fc.assert(
    fc.property(lists, ([some, others, typed]) => {
      const [few, many] = [some, [...some, ...others]].map((all) =>
        listOf(...all.map((title) => ({ title: `x ${title}` }))),
      );
      const places = indexPapers(many ?? [])
        .find(readSearch(typed), 99)
        .map(({ place }) => place)
        .filter((place) => place < some.length);
      const mentions = indexPapers(few ?? []).mentions(readSearch(typed));
      expect(places.filter((place) => !mentions.has(place))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

const scoresIn = (papers: readonly Paper[]) =>
  new Map(
    indexPapers(papers)
      .find(readSearch('video generation'), 99, { loosely: true })
      .map(({ place, score }) => [papers[place]?.paperId, score.toFixed(9)]),
  );

test('the same papers in another order have the same scores', () => {
  expect(scoresIn(samplePapers.toReversed())).toEqual(scoresIn(samplePapers));
});

test.each(Object.entries(hostileStrings))('of hostile strings, %s find what they say', (_, strings) => {
  const searches = strings.filter((typed) => SearchField.safeParse(typed).success).map(readSearch);
  const index = indexPapers(
    searches.map(({ text }, n) => paperOf({ id: `n${n}`, title: `${text} ?`, summary: text.repeat(20) })),
  );
  const lost = searches.filter(
    (one, place) =>
      one.words.length > 0 && !(index.mentions(one).has(place) && index.find(one, 1_000).length > 0),
  );
  expect(lost).toEqual([]);
});

test('most hostile strings are searches', () => {
  const searches = allHostileStrings.filter((typed) => SearchField.safeParse(typed).success);
  expect(searches.length).toBeGreaterThan(400);
});
