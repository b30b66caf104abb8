/** A reader's search: words, "phrases", categories of arXiv (cat:cs.CV, cat:cs.*) and authors (author:"Kaiming He"). */
import * as z from 'zod/mini';
import { wordsOf, written } from './words';

export const MOST_SEARCHES = 5;
const LONGEST = 200;

/** A paper must be in one of the categories and by one of the authors, if there are any; words and phrases are alternatives. */
export interface Search {
  /**
   * The normal form, which a reader is shown and caches go by. Searches that differ in case, accents, punctuation or
   * white space, or in the order of phrases, categories and authors, have the same. "model" and "models" don't,
   * though they find the same.
   */
  text: string;
  /** Words without quotes, in their order: also the phrase that they make. */
  words: readonly string[];
  /** Two words and more each. */
  phrases: readonly (readonly string[])[];
  /** "cs.CV", or "cs.*" for all of an archive. */
  categories: readonly string[];
  /** The words of each name in their order; a single letter is an initial. */
  authors: readonly (readonly string[])[];
}

const QUOTES = /[“”„‟«»〝〞〟＂]/g;
/** A word or a quotation, with what it is of before it. A quotation mark without its other half counts as a space. */
const PARTS = /(?:(cat|author):)?(?:"([^"]*)"|([^\s"]+))/gi;

/** Throws an Error that says what is wrong with the search, such as "has no word to search for". */
export function readSearch(text: string): Search {
  // first of all, so that nothing below ever takes long
  if (text.trim().length > LONGEST) throw new Error(TOO_LONG);
  const words: string[] = [];
  const phrases = new Map<string, string[]>();
  const categories = new Set<string>();
  const authors = new Map<string, string[]>();
  for (const [, of, quoted, plain = ''] of text.replace(QUOTES, '"').matchAll(PARTS)) {
    if (of?.toLowerCase() === 'cat') for (const one of categoriesOf(quoted ?? plain)) categories.add(one);
    else if (of) {
      const name = nameOf(quoted ?? plain);
      authors.set(written(name), name);
    } else if (/^(cat|author):$/i.test(plain)) {
      throw new Error(`has nothing behind "${plain}", such as ${EXAMPLES}`);
    } else {
      const found = wordsOf(quoted ?? plain);
      if (quoted === undefined || found.length < 2) words.push(...found);
      else phrases.set(written(found), found);
    }
  }
  const search = {
    words,
    phrases: inOrder(phrases),
    categories: [...categories].toSorted(),
    authors: inOrder(authors),
  };
  const normal = textOf(search);
  if (normal === '') throw new Error('has no word to search for');
  if (normal.length > LONGEST) throw new Error(TOO_LONG); // "㍿" alone becomes four letters
  return { text: normal, ...search };
}

const TOO_LONG = `is longer than ${LONGEST} characters`;
const EXAMPLES = 'cat:cs.CV, cat:cs.* or author:"Kaiming He"';

const inOrder = (found: ReadonlyMap<string, string[]>): string[][] =>
  [...found].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, words]) => words);

/** Archives are written small, their two-letter classes large. https://arxiv.org/category_taxonomy */
function categoriesOf(text: string): string[] {
  const names = text.split(/[\s,;]+/).filter(Boolean);
  if (names.length === 0) throw new Error(`has "cat:" without a category, such as ${EXAMPLES}`);
  return names.map((name) => {
    const [, archive, subject = '*'] =
      /^([a-z]+(?:-[a-z]+)?)(?:\.([a-z]+(?:-[a-z]+)?|\*))?$/i.exec(name) ?? [];
    if (!archive) throw new Error(`has "cat:${name}", which is no category, such as ${EXAMPLES}`);
    return `${archive.toLowerCase()}.${subject.length === 2 ? subject.toUpperCase() : subject.toLowerCase()}`;
  });
}

/** Given names first, as papers have them: "He, Kaiming" is "Kaiming He". */
function nameOf(text: string): string[] {
  const [family = [], ...given] = text.split(',').map(wordsOf);
  const name = [...given.flat(), ...family];
  if (name.length === 0) throw new Error(`has "author:" without a name, such as ${EXAMPLES}`);
  return name;
}

function textOf({ words, phrases, categories, authors }: Omit<Search, 'text'>): string {
  return [
    written(words),
    ...phrases.map((phrase) => `"${written(phrase)}"`),
    ...categories.map((category) => `cat:${category}`),
    ...authors.map((name) => `author:${name.length > 1 ? `"${written(name)}"` : name[0]}`),
  ]
    .filter(Boolean)
    .join(' ');
}

/** A field of a form that is a search: its normal form; a wrong one says why. */
export const SearchField = z.pipe(
  z.string('Enter a search.'),
  z.transform((text, context) => {
    try {
      return readSearch(text).text;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'cannot be read';
      context.issues.push({ code: 'custom', message: `This search ${reason}.`, input: text });
      return z.NEVER;
    }
  }),
);
