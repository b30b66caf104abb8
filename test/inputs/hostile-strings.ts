/** Texts that programs trip over, by kind: for every field that takes a text, whatever it is for. */
import { hostileCharacters } from './hostile-characters';
import { hostileCode } from './hostile-code';
import { hostileHtml } from './hostile-html';
import { hostileWords } from './hostile-words';

export const hostileStrings: Record<string, readonly string[]> = {
  ...hostileWords,
  ...hostileCharacters,
  ...hostileHtml,
  ...hostileCode,
};

export const allHostileStrings: readonly string[] = [...new Set(Object.values(hostileStrings).flat())];
