/** Text from anywhere, made safe to show: one line of visible characters. */

/**
 * Controls, bidirectional overrides, invisible format characters, lone surrogates and noncharacters have no place in a
 * title: they break XML, turn text around or hide it. Joiners stay, since Persian, Hindi and emoji need them.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufdd0-\ufdef\ufff9-\uffff]/gu;
/** More accents on one letter than any language writes (four, in Vietnamese and Hebrew) would climb over the lines. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** Normalised (NFC), control characters as spaces, white space folded. */
export function plainText(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085]/g, ' ')
    .replace(UNSAFE, '')
    .normalize('NFC')
    .replace(STACKED_MARKS, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most `longest` characters as a reader counts them, cut after a word where there is one, with an ellipsis. */
export function excerpt(text: string, longest: number): string {
  const shown: string[] = [];
  for (const { segment } of graphemes.segment(text.slice(0, longest * 20))) {
    if (shown.length === longest) return ellipsis(shown.join(''));
    shown.push(segment);
  }
  return shown.join('');
}

function ellipsis(cut: string): string {
  const space = cut.lastIndexOf(' ');
  const atWord = space > cut.length * 0.7 ? cut.slice(0, space) : cut;
  return `${atWord.replace(/[\s,;:.–-]+$/u, '')}…`;
}
