/** Letters raised, lowered, accented and in other alphabets, where Unicode has them; else a spelling that reads well. */
import { MATH_ACCENTS, SUBSCRIPTS, SUPERSCRIPTS } from './latex-symbols';

/**
 * x with "max" below is "x_max", 10 with "-3" above is "10⁻³". Words stay words: nobody finds or hears small letters;
 * and one character without a small form leaves the others as they are.
 */
export function script(sign: '^' | '_', text: string): string {
  const inner = text.trim();
  if (sign === '^' && /^(?:st|nd|rd|th)$/.test(inner)) return inner;
  const small = sign === '^' ? SUPERSCRIPTS : SUBSCRIPTS;
  const letters = Array.from(inner.replace(/ /g, ''));
  if (!/\p{L}{2}/u.test(inner) && letters.every((letter) => small.has(letter)))
    return letters.map((letter) => small.get(letter)).join('');
  const isOne = /^(?:[\p{Lu}\p{Ll}][\p{Lu}\p{Ll}\d]*|\d+\.\d+|.?)$/u.test(inner);
  return isOne ? sign + inner : `${sign}(${inner})`;
}

/** With a mark over it, if it is one letter. */
export const accented = (letter: string, mark: string): string =>
  /^\p{L}$/u.test(letter)
    ? `${letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter}${mark}`.normalize('NFC')
    : letter;

export const mathAccented = (name: string, text: string): string =>
  accented(text, MATH_ACCENTS.get(name) ?? '');

/** An operand of "/" or "√", in brackets where it needs them. */
export const operand = (text: string): string =>
  /^[\p{L}\p{M}\p{N}.∞′∂]*$/u.test(text) ? text : `(${text})`;

/** Where an alphabet's A, a and 0 stand in Unicode, and its letters that were there before (Unicode 16, ch. 22.2). */
const ALPHABETS = {
  script: { A: 0x1d49c, a: 0x1d4b6, 0: 0, early: 'Bℬ Eℰ Fℱ Hℋ Iℐ Lℒ Mℳ Rℛ eℯ gℊ oℴ' },
  double: { A: 0x1d538, a: 0x1d552, 0: 0x1d7d8, early: 'Cℂ Hℍ Nℕ Pℙ Qℚ Rℝ Zℤ' },
  fraktur: { A: 0x1d504, a: 0x1d51e, 0: 0, early: 'Cℭ Hℌ Iℑ Rℜ Zℨ' },
};

/** One letter in another alphabet; words stay as they are, for a reader's search and a screen reader. */
export function inAlphabet(name: keyof typeof ALPHABETS, text: string): string {
  const { early, ...starts } = ALPHABETS[name];
  const first = /^[A-Z]$/.test(text) ? 'A' : /^[a-z]$/.test(text) ? 'a' : /^\d$/.test(text) ? 0 : undefined;
  if (first === undefined || starts[first] === 0) return text;
  const known = early.split(' ').find((pair) => pair.startsWith(text));
  return (
    known?.slice(1) ?? String.fromCodePoint(starts[first] + text.charCodeAt(0) - String(first).charCodeAt(0))
  );
}
