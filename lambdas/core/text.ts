/** Text from anywhere, made safe to show: one line of visible characters. */

/**
 * Controls, bidirectional overrides, invisible format characters and fillers, lone surrogates and noncharacters have no
 * place in a title: they break XML, turn text around or hide it. Joiners stay: Persian, Hindi and emoji need them.
 * Made when it is first needed, as most requests need none: an expression with classes of Unicode takes long to make.
 */
const unsafe = () =>
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufdd0-\ufdef\ufff9-\uffff\u{e0000}-\u{e007f}]/gu;
/**
 * More accents on one letter than any language writes (four, in Vietnamese and Hebrew) would climb over the lines.
 * Marks with a width of their own (Mc) don't stack: Burmese writes five and more in a row.
 */
const stackedMarks = () => /([\p{Mn}\p{Me}\u200c\u200d]{4})[\p{Mn}\p{Me}\u200c\u200d]+/gu;

/** Normalised (NFC), control characters as spaces, white space folded. */
export function plainText(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085]/g, ' ')
    .replace(unsafe(), '')
    .normalize('NFC')
    .replace(stackedMarks(), '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Here each character is one to a reader too. */
const ASCII = /^[ -~]*$/;
/** Made when it is first needed, since making it takes as long as a page's first answer may. */
let graphemes: Intl.Segmenter | undefined;

/** At most `longest` characters as a reader counts them, cut after a word where there is one, with an ellipsis. */
export function excerpt(text: string, longest: number): string {
  const head = text.slice(0, longest + 1);
  if (ASCII.test(head)) return head.length > longest ? ellipsis(head.slice(0, longest)) : text; // ten times as fast
  const start = text.slice(0, longest * 20).replace(/[\p{Cs}\u200d]$/u, ''); // joiners make characters of any length
  const shown: string[] = [];
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of graphemes.segment(start)) {
    if (shown.length === longest) return ellipsis(shown.join(''));
    shown.push(segment);
  }
  return start.length < text.length ? ellipsis(start) : text;
}

function ellipsis(cut: string): string {
  const space = cut.lastIndexOf(' ');
  const atWord = space > cut.length * 0.7 ? cut.slice(0, space) : cut;
  return `${atWord.replace(/[\s,;:.–-]+$/u, '')}…`;
}
