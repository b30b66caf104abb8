/** Reading a reader's search: one normal form for what means the same, and a clear word about what is none. */
import * as fc from 'fast-check';
import { readSearch, SearchField } from '../../lambdas/core/search';
import { allHostileStrings } from '../inputs/hostile-strings';

/** Nothing a person can type makes another kind of error than these. */
const REASONS = /^(has no word|is longer than|has nothing behind|has "(cat|author):)/;

function textOrReason(text: string): string {
  try {
    return readSearch(text).text;
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
}

test.each([
  ['words stay as they are', 'sparse voxel volume', 'sparse voxel volume'],
  ['case, punctuation and white space fold', '  Sparse,\tVOXEL\u00a0volume! ', 'sparse voxel volume'],
  ['accents fold', 'Poincaré Schrödinger Łukasz Straße', 'poincare schrodinger lukasz strasse'],
  ['composed and decomposed letters are one', 'Poincare\u0301', 'poincare'],
  ['letters of another width and ligatures are one', 'ｖｏｘｅｌ eﬃcient', 'voxel efficient'],
  ['a hyphen is a space', 'retrieval-augmented generation', 'retrieval augmented generation'],
  ['an apostrophe is nothing', 'Alzheimer’s disease', 'alzheimers disease'],
  ['words keep their order', 'voxel sparse', 'voxel sparse'],
  ['quotes make a phrase', '"flow matching" video', 'video "flow matching"'],
  ['any quotes do', '“flow matching” «world models»', '"flow matching" "world models"'],
  [
    'phrases stand in order, each once',
    '"world models" "flow matching" "World-Models"',
    '"flow matching" "world models"',
  ],
  ['one word in quotes is a word', '"diffusion" models', 'diffusion models'],
  ['a quote without its other half is none', 'a 5" screen', 'a 5 screen'],
  ['quotes around nothing are none', 'video "" "…"', 'video'],
  ['categories are written as arXiv does', 'cat:CS.cv CAT:cond-mat.STR-EL', 'cat:cond-mat.str-el cat:cs.CV'],
  ['several may follow one another', 'cat:cs.CV,cs.LG', 'cat:cs.CV cat:cs.LG'],
  ['an archive is all of its categories', 'cat:cs cat:hep-th.*', 'cat:cs.* cat:hep-th.*'],
  [
    'authors stand behind',
    'author:"Kaiming He" author:LeCun vision',
    'vision author:"kaiming he" author:lecun',
  ],
  ['family names may come first', 'author:"He, Kaiming"', 'author:"kaiming he"'],
  ['a colon elsewhere is a space', 'title:attention', 'title attention'],
  ['scripts without spaces stay together', '扩散 模型 Transformer', '扩散模型 transformer'],
  ['Japanese keeps its marks', 'ガウス スプラッティング', 'ガウススプラッティング'],
  ['a letter with a mark of its own stays', 'Нейронные сети', 'нейронные сети'],
  ['vowel signs of India stay', 'हिन्दी', 'हिन्दी'],
])('%s', (_, typed, normal) => {
  expect(textOrReason(typed)).toBe(normal);
  expect(textOrReason(normal)).toBe(normal);
});

test.each([
  ['nothing', '', 'has no word to search for'],
  ['only punctuation', '"?!" … -- ☃', 'has no word to search for'],
  ['control characters alone', '\u0000\u001b\u202e', 'has no word to search for'],
  ['more than 200 characters', 'voxel '.repeat(35), 'is longer than 200 characters'],
  ['ten kilobytes', '"'.repeat(10_000), 'is longer than 200 characters'],
  ['letters that get more', 'ﷺ'.repeat(50), 'is longer than 200 characters'],
  ['a category that is none', 'cat:cs.CV!', 'has "cat:cs.CV!", which is no category'],
  ['an empty category', 'cat:"" voxel', 'has "cat:" without a category'],
  ['a category behind a space', 'cat: cs.CV', 'has nothing behind "cat:"'],
  ['an author without letters', 'author:"?"', 'has "author:" without a name'],
  ['an author behind a space', 'author: He', 'has nothing behind "author:"'],
])('%s is no search, and it says why', (_, typed, reason) => {
  expect(textOrReason(typed)).toContain(reason);
});

test('a form answers with the normal form, or with a sentence', () => {
  expect(SearchField.parse(' Sparse  Voxels ')).toBe('sparse voxels');
  expect(SearchField.safeParse('!!!').error?.issues[0]?.message).toBe(
    'This search has no word to search for.',
  );
  expect(SearchField.safeParse(undefined).error?.issues[0]?.message).toBe('Enter a search.');
});

test('two hundred characters are enough and not too many', () => {
  expect(textOrReason('x'.repeat(200))).toBe('x'.repeat(200));
  expect(textOrReason(` ${'x'.repeat(200)} `)).toBe('x'.repeat(200));
  expect(textOrReason('x'.repeat(201))).toBe('is longer than 200 characters');
});

/** What is wrong with the reading of what was typed, if it is anything. */
function nonsense(typed: string): string | undefined {
  const normal = textOrReason(typed);
  if (REASONS.test(normal)) return undefined;
  if (!/[\p{L}\p{N}]/u.test(normal)) return `"${typed}" became "${normal}"`;
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^ | $|  /u.test(normal)) return `"${normal}" can't be shown`;
  const same = JSON.stringify(readSearch(normal)) === JSON.stringify(readSearch(typed));
  return same ? undefined : `"${normal}" means another thing than "${typed}"`;
}

test('whatever is typed, the normal form means the same and can be shown', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(
      '"',
      'cat:cs.CV',
      'cat:',
      'author:"Kaiming He"',
      'author:He',
      ' ',
      '扩散模型',
      'ー',
      "'",
      'Σς',
    ),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      expect(nonsense(parts.join(''))).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test('hostile strings are searches like any, or are none', () => {
  expect(allHostileStrings.map(nonsense).filter(Boolean)).toEqual([]);
});
