/** Text from anywhere: what is left of it, and where it is cut. */
import * as fc from 'fast-check';
import { excerpt, plainText } from '../../lambdas/core/text';

test.each([
  ['plain words stay', 'Attention is all you need', 'Attention is all you need'],
  ['line breaks and tabs are spaces', 'two\r\n  lines\tand a tab', 'two lines and a tab'],
  ['white space around it goes', ' \u00a0 title \u2003', 'title'],
  ['no-break and wide spaces are spaces', 'a\u00a0b\u3000c', 'a b c'],
  ['control characters go', 'a\0b\u0007c\u001bd\u007fe\u009ff', 'abcdef'],
  ['bidirectional overrides go', 'a\u202emoc.x\u202c\u2066b\u2069\u200e\u200f\u061c', 'amoc.xb'],
  ['zero-width spaces, soft hyphens and byte order marks go', 'a\u200bb\u00adc\ufeffd\u2060e', 'abcde'],
  ['letters that nobody sees go', 'a\u3164\uffa0\u180eb\u{e0041}\u{e007f}', 'ab'],
  ['lone surrogates go', 'a\ud800b\udc00c', 'abc'],
  ['pairs of surrogates stay', 'a\u{1f600}b', 'a\u{1f600}b'],
  ['the marks of a slot go', '\ufdd0unsubscribe\ufdd1', 'unsubscribe'],
  ['other noncharacters go', 'a\ufdefb\uffffc\ufffed', 'abcd'],
  ['line and paragraph separators go', 'a\u2028b\u2029c', 'abc'],
  ['an umlaut of two is one (NFC)', 'mu\u0308de', 'müde'],
  ['so is one split by a control character', 'u\0\u0308', 'ü'],
  ['stacks of accents are cut', `Z${'\u0301'.repeat(50)}algo`, 'Ź\u0301\u0301\u0301\u0301algo'],
  ['also with joiners between', `Z${'\u0321\u200d'.repeat(50)}algo`, 'Z\u0321\u200d\u0321\u200dalgo'],
  ['Vietnamese stays', 'Tiếng Việt', 'Tiếng Việt'],
  ['pointed Hebrew stays', 'בְּרֵאשִׁית', 'בְּרֵאשִׁית'.normalize('NFC')],
  ['Burmese stays', 'လျှော့', 'လျှော့'],
  ['Hindi and Persian keep their joiners', 'क्‍ष می‌خواهم', 'क्‍ष می‌خواهم'],
  ['an emoji family stays together', '👩‍👩‍👧‍👦 ❤️‍🔥 1️⃣', '👩‍👩‍👧‍👦 ❤️‍🔥 1️⃣'],
  ['markup is text like any other', '<b>&amp;</b> {{x}}', '<b>&amp;</b> {{x}}'],
  ['nothing is nothing', ' \0\n ', ''],
])('%s', (_, text, plain) => {
  expect(plainText(text)).toBe(plain);
});

test('plain text is one normalised line without anything unsafe, and cleaning it again changes nothing', () => {
  const odd = fc.constantFrom(
    '\0',
    '\u202e',
    '\ufdd0',
    '\ufdd1',
    '\ud800',
    '\udfff',
    '\u0301',
    '\u200d',
    ' ',
    '\n',
    '각',
    'ᅡ',
  );
  const text = fc
    .array(fc.oneof(odd, fc.string({ unit: 'binary' })), { maxLength: 20 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(text, (from) => {
      const plain = plainText(from);
      expect(plain).not.toMatch(
        /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]|^\s|\s$|\s\s/u,
      );
      expect(plain).toBe(plain.normalize('NFC'));
      expect(plainText(plain)).toBe(plain);
    }),
    { numRuns: 500 },
  );
});

const family = '👩‍👩‍👧‍👦';

test.each([
  ['short text stays whole', 'four words in all', 17, 'four words in all'],
  ['the cut comes after a word', 'a sentence that goes on and on', 25, 'a sentence that goes on…'],
  ['no comma stands before the ellipsis', 'first, second, third, fourth', 21, 'first, second, third…'],
  ['a word longer than all of it is cut inside', 'x'.repeat(100), 10, `${'x'.repeat(10)}…`],
  ['a late short word does not cost a long one', `a ${'x'.repeat(100)}`, 10, `a ${'x'.repeat(8)}…`],
  ['characters are counted as readers count', family.repeat(5), 5, family.repeat(5)],
  ['and never cut apart', family.repeat(6), 5, `${family.repeat(5)}…`],
  ['Chinese is cut between letters', '多模态理解与生成', 4, '多模态理…'],
  ['nothing stays nothing', '', 10, ''],
])('an excerpt: %s', (_, text, longest, shown) => {
  expect(excerpt(text, longest)).toBe(shown);
});

test('one endless character is cut as well, and still well-formed', () => {
  const endless = Array.from({ length: 5_000 }, () => '👩').join('\u200d');
  const shown = excerpt(endless, 300);
  expect(shown.length).toBeLessThanOrEqual(6_001);
  expect(shown).toMatch(/👩…$/u);
  expect(shown).not.toMatch(/\p{Cs}/u);
});

test('an excerpt is never longer than asked for, and a beginning of the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 1, max: 50 }),
      (text, longest) => {
        const shown = excerpt(text, longest);
        expect([...new Intl.Segmenter('en').segment(shown.replace(/…$/, ''))].length).toBeLessThanOrEqual(
          longest,
        );
        expect(text.startsWith(shown === text ? shown : shown.slice(0, -1))).toBe(true);
      },
    ),
  );
});
