/** What papers say that letters stand for: one or many, in brackets behind the words. */
import { learnAbbreviations } from '../../lambdas/core/abbreviations';

const learnt = (...texts: string[]): string[] =>
  [...learnAbbreviations(texts).long].map(([short, long]) => `${short}: ${long.join(' ')}`);

test.each<[what: string, text: string, means: string[]]>([
  ['one', 'A large language model (LLM) answers.', ['llm: larg languag model']],
  ['several', 'Large language models (LLMs) answer.', ['llm: larg languag model']],
  ['whose s is a word', 'We use support vector sets (SVS) here.', ['svs: support vector set']],
  ['that end in an s of their own', 'A sparse atomic data set (SADS) helps.', ['sad: spars atomic data set']],
  ['with a hyphen', 'By retrieval-augmented generation (RAG), we answer.', ['rag: retrieval augment gener']],
  [
    'at the beginning of something long',
    `A large language model (LLM) answers${' and answers'.repeat(30)}.`,
    ['llm: larg languag model'],
  ],
  ['that stand for other words', 'Our method (RAG) answers.', []],
  ['across a full stop', 'We do reinforcement. Learning (RL) is hard.', []],
  ['of one letter', 'Every language (L) counts.', []],
  ['that are a word', 'It is under some (US) rule.', []],
  ['that begin with a function word', 'The answers (TA) count.', []],
])('letters %s', (_, text, means) => {
  expect(learnt(text)).toEqual(means);
});

test('what most papers say counts, and a paper that says it twice is one', () => {
  const twice = 'Random access game (RAG), random access game (RAG).';
  const usual = 'retrieval augmented generation (RAG)';
  expect(learnt(twice, `By ${usual}.`, `With ${usual}.`)).toEqual(['rag: retrieval augment gener']);
  expect(learnt(twice, 'Random access game (RAG).', `By ${usual}.`)).toEqual(['rag: random acces gam']);
});

test('of as many the first by alphabet, in whatever order they come', () => {
  const [one, other] = ['A zebra cut (ZC) here.', 'A zoo cat (ZC) here.'];
  expect(learnt(one, other)).toEqual(learnt(other, one));
  expect(learnt(one, other)).toEqual(['zc: zebra cut']);
});
