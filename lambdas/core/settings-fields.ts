/** The kinds of fields of newsletter.json, each with what to say when it is wrong. */
import * as z from 'zod/mini';
import { categories, formerArchives } from './arxiv-categories';
import { contrast, ENOUGH, grounds } from './colour';
import { cronProblem } from './cron-fields';
import { invisibleIn, quoted } from './invisible';
import { didYouMean } from './nearest';
import { checked } from './settings-checks';
import { isZone } from './zones';

/** Text that may stand in a mail header or on a page: one line in which every character can be seen. */
export const line = (longest: number) =>
  z.string().check(
    z.trim(),
    checked((text) => lineProblem(text, longest)),
  );

function lineProblem(text: string, longest: number): string | undefined {
  if (text === '') return 'must not be empty';
  if (text.length > longest) return `must be at most ${longest} characters long, not ${text.length}`;
  const found = invisibleIn(text);
  if (found === undefined) return undefined;
  const what = `${found.name} (${found.code})`;
  return found.breaksLine ? `must be on one line, but contains ${what}` : `contains ${what}. Remove it`;
}

/** EventBridge takes IANA's names. */
export const timeZone = z.string().check(
  checked((name) => {
    if (isZone(name)) return undefined;
    const meant = didYouMean(name, ['UTC', ...Intl.supportedValuesOf('timeZone')]);
    return `${quoted(name)} is not a valid IANA time zone.${meant || ' Examples: "Europe/Berlin" or "UTC"'}`;
  }),
);

/** EventBridge's six fields. */
export const cron = z.string().check(checked(cronProblem));

const numeral = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 20 });

export const number = (least: number, most: number) =>
  z
    .number()
    .check(
      checked((value) =>
        value >= least && value <= most
          ? undefined
          : `must be between ${numeral(least)} and ${numeral(most)}`,
      ),
    );

export const count = (least: number, most: number) =>
  z
    .number()
    .check(checked((value) => (Number.isInteger(value) ? undefined : 'must be a whole number')))
    .check(
      checked((value) =>
        value >= least && value <= most
          ? undefined
          : `must be between ${numeral(least)} and ${numeral(most)}`,
      ),
    );

/** More than nothing. */
export const positive = (most: number) =>
  z
    .number()
    .check(
      checked((value) =>
        value > 0 && value <= most ? undefined : `must be more than 0 and at most ${numeral(most)}`,
      ),
    );

/** An archive or a category of it: "hep-th", "cs.CL", "cond-mat.str-el". */
const category = z.string().check(
  checked((name) => {
    if (categories.has(name)) return undefined;
    const successor = formerArchives[name];
    if (successor !== undefined) return `${quoted(name)} takes no papers any more. Use "${successor}"`;
    const meant = didYouMean(name, [...categories], 1);
    return `${quoted(name)} is not a valid arXiv category.${meant || ' Examples: "cs.CL" or "hep-th"'}`;
  }),
);

export const categoryList = z.array(category).check(
  z.minLength(1, 'must name at least one category'),
  z.maxLength(20),
  checked((names) => {
    const again = names.find((name, n) => names.indexOf(name) < n);
    return again === undefined ? undefined : `lists ${quoted(again)} twice`;
  }),
);

/** Links and buttons; in the dark a lighter shade of it, which is always found (core/colour.ts). */
export const accent = z.pipe(
  z.string().check(checked(colourProblem)),
  z.transform((colour) => colour.toLowerCase()),
);

function colourProblem(colour: string): string | undefined {
  const [, short] = /^#([0-9a-f]{3})$/i.exec(colour) ?? [];
  if (short) return `must have six digits after the "#": "#${short.replaceAll(/./g, '$&$&')}"`;
  if (!/^#[0-9a-f]{6}$/i.test(colour))
    return `${quoted(colour)} is not a valid color. Use "#" and six hexadecimal digits, such as "#a2391c"`;
  const ratio = contrast(colour.toLowerCase(), grounds.light);
  if (ratio >= ENOUGH) return undefined;
  return `is too light to read: its contrast with the page is ${ratio.toFixed(1)} to 1, and must be at least ${ENOUGH} to 1. Choose a darker shade`;
}
