/** Which papers a search can be about at all: those in its categories and by its authors. */
import type { Paper } from './paper';
import type { Search } from './search';
import { wordsOf } from './words';

/** Answers the places of the papers that a search admits: all, if it names neither. */
export function admissions(papers: readonly Paper[]): (search: Search) => ReadonlySet<number> {
  const all: ReadonlySet<number> = new Set(papers.keys());
  let names: Names | undefined; // most lists are never asked for an author
  return ({ categories, authors }) => {
    if (categories.length === 0 && authors.length === 0) return all;
    const fitting = [...all].filter((place) => categories.length === 0 || isIn(papers[place], categories));
    if (authors.length === 0) return new Set(fitting);
    const known = (names ??= namesIn(papers));
    const by = new Set(authors.flatMap((wanted) => placesBy(wanted, known)));
    return new Set(fitting.filter((place) => by.has(place)));
  };
}

/** "cs.*" is all of cs; "hep-th.*" is hep-th, which has no classes. */
const isIn = (paper: Paper | undefined, wanted: readonly string[]): boolean =>
  (paper?.categories ?? []).some((category) =>
    wanted.some((one) =>
      one.endsWith('.*')
        ? `${category}.`.toLowerCase().startsWith(one.slice(0, -1))
        : category.toLowerCase() === one.toLowerCase(),
    ),
  );

interface Name {
  place: number;
  words: readonly string[];
}

interface Names {
  all: readonly Name[];
  byWord: ReadonlyMap<string, readonly Name[]>;
}

function namesIn(papers: readonly Paper[]): Names {
  const all = papers.flatMap(({ authors }, place) =>
    authors.map((author) => ({ place, words: wordsOf(author) })),
  );
  const byWord = new Map<string, Name[]>();
  for (const name of all)
    for (const word of name.words) {
      const known = byWord.get(word);
      if (known) known.push(name);
      else byWord.set(word, [name]);
    }
  return { all, byWord };
}

function placesBy(wanted: readonly string[], { all, byWord }: Names): number[] {
  const word = wanted.find(({ length }) => length > 1);
  const names = word === undefined ? all : (byWord.get(word) ?? []);
  return names.filter((name) => isNamed(name, wanted)).map(({ place }) => place);
}

/** All words in their order, other names between them; a letter stands for any name that begins with it. */
function isNamed({ words }: Name, wanted: readonly string[]): boolean {
  let next = 0;
  return wanted.every((one) => {
    const at = words.findIndex(
      (word, n) => n >= next && (one.length === 1 ? word.startsWith(one) : word === one),
    );
    next = at + 1;
    return at >= 0;
  });
}
