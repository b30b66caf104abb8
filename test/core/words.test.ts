/** Words: what counts as the same one. */
import * as fc from 'fast-check';
import { isFunctionWord, stemOf, wordsOf } from '../../lambdas/core/words';

test.each([
  [['model', 'models', 'modeling', 'modelling', 'modelled']],
  [['quantize', 'quantized', 'quantizing', 'quantization', 'quantisation']],
  [['generate', 'generates', 'generating', 'generation', 'generative']],
  [['distill', 'distilled', 'distillation', 'distilling']],
  [['detect', 'detection', 'detecting']],
  [['tune', 'tuned', 'tuning', 'tunes']],
  [['study', 'studies', 'studied', 'studying']],
  [['process', 'processes', 'processing', 'processed']],
  [['loss', 'losses']],
  [['supervised', 'supervision', 'supervise']],
  [['match', 'matches', 'matching']],
])('forms of one word: %s', (forms) => {
  expect(new Set(forms.map(stemOf)).size).toBe(1);
});

test.each([
  [['general', 'generative', 'generous']],
  [['transformer', 'transform']],
  [['image', 'imagine']],
  [['bias', 'base']],
  [['string', 'stray']],
  [['basis', 'bases', 'basic']],
  [['use', 'us']],
])('different words: %s', (words) => {
  expect(new Set(words.map(stemOf)).size).toBe(words.length);
});

test.each(['gpt4', 'été', '模', 'нейронные', 'rl', '3d', 'bus', 'ss', ''])('%s has no forms', (word) => {
  expect(stemOf(word)).toBe(word);
});

test('function words are known by their stems, words of a subject are none', () => {
  expect(
    ['the', 'of', 'having', 'others', 'does', 'this'].filter((word) => !isFunctionWord(stemOf(word))),
  ).toEqual([]);
  expect(['use', 'tool', 'world', 'one', 'new', 'vision'].filter(isFunctionWord)).toEqual([]);
});

test('plain English is read as any other text is', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      expect(wordsOf(`${text} ☃`)).toEqual(wordsOf(text));
    }),
  );
  expect(wordsOf("Don't -- it's GPT-4o's")).toEqual(['dont', 'its', 'gpt', '4os']);
});
