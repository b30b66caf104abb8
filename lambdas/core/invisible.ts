/** Characters that nobody sees: line breaks, control characters, marks of direction, blanks without width. */

const names: Readonly<Record<number, string>> = {
  0x00: 'a null character',
  0x09: 'a tab',
  0x0a: 'a line break',
  0x0b: 'a vertical tab',
  0x0c: 'a form feed',
  0x0d: 'a line break',
  0x1b: 'an escape character',
  0x85: 'a line break',
  0xad: 'a soft hyphen',
  0x34f: 'a combining grapheme joiner',
  0x61c: 'an Arabic letter mark',
  0x115f: 'a Hangul filler',
  0x1160: 'a Hangul filler',
  0x180e: 'a Mongolian vowel separator',
  0x200b: 'a zero-width space',
  0x200c: 'a zero-width non-joiner',
  0x200d: 'a zero-width joiner',
  0x200e: 'a left-to-right mark',
  0x200f: 'a right-to-left mark',
  0x2028: 'a line separator',
  0x2029: 'a paragraph separator',
  0x202a: 'a left-to-right embedding',
  0x202b: 'a right-to-left embedding',
  0x202c: 'a pop directional formatting mark',
  0x202d: 'a left-to-right override',
  0x202e: 'a right-to-left override',
  0x2060: 'a word joiner',
  0x2066: 'a left-to-right isolate',
  0x2067: 'a right-to-left isolate',
  0x2068: 'a first-strong isolate',
  0x2069: 'a pop directional isolate',
  0x2800: 'a blank Braille pattern',
  0x3164: 'a Hangul filler',
  0xfeff: 'a byte order mark',
  0xffa0: 'a Hangul filler',
  0xfffd: 'a replacement character',
};

/** Unicode Standard Annex 14, class BK and its like. */
const LINE_ENDS = new Set([0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029]);

const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufffd]/u;
/** Joiners belong to emoji of several parts, and to the spelling of Persian and of Indian languages. */
const JOINED =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})|(?<=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\u0900-\u0dff\u1000-\u109f\u1780-\u17ff])[\u200c\u200d](?=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]|$)/gu;

export interface Invisible {
  /** Such as "a tab" or "an invisible character". */
  name: string;
  /** Such as "U+0009". */
  code: string;
  breaksLine: boolean;
}

/** The first one in the text that has no business there. */
export function invisibleIn(text: string): Invisible | undefined {
  const [found] = INVISIBLE.exec(text.replace(JOINED, '')) ?? [];
  const point = found?.codePointAt(0);
  if (point === undefined) return undefined;
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return { name: names[point] ?? kindOf(point), code, breaksLine: LINE_ENDS.has(point) };
}

function kindOf(point: number): string {
  if (point < 0xa0) return 'a control character';
  if (point >= 0xd800 && point <= 0xdfff) return 'half of a character';
  const isPrivate = /\p{Co}/u.test(String.fromCodePoint(point));
  return isPrivate ? 'a private-use character' : 'an invisible character';
}

/** As JSON writes it, with every invisible character as its code, and no longer than a line can take. */
export function quoted(value: string): string {
  const short = value.length > 60 ? `${value.slice(0, 59)}…` : value;
  return JSON.stringify(short).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
