/** Titles and abstracts as sources give them, LaTeX and all, made readable Unicode. */
import { readLatex } from './latex';
import { restoreCommands } from './latex-stripped';
import { plainText } from './text';

/** More than any title or abstract of 2025 takes (two, and one that changes nothing). */
const MOST_PASSES = 4;

/**
 * One line of plain text (see `plainText`) for a reader: LaTeX's accents, formulas, quotations and commands as Unicode,
 * also where Hugging Face stripped their backslashes. URLs, code in backticks and unknown commands stay. Reading its
 * answer again changes nothing: it reads until nothing changes, and a text made so that this takes for ever stays plain.
 */
export function readable(text: string): string {
  const plain = plainText(text);
  let shown = plain;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const next = plainText(readLatex(restoreCommands(shown)));
    if (next === shown) return shown;
    shown = next;
  }
  return plain;
}
