/** The names of fields in files of papers: ours, others that mean the same, and the field that a slip meant. */

/** Ours first, then what other programs call it; capitals, spaces, "_" and "-" make no difference. docs/papers.md */
const NAMES = {
  title: ['title', 'papertitle'],
  id: ['id', 'paperid', 'arxivid', 'arxiv', 'eprint'],
  authors: ['authors', 'author', 'creators', 'creator'],
  abstract: ['abstract', 'summary', 'abstractnote'],
  listedOn: ['listedon', 'listed'],
  publishedOn: ['publishedon', 'published', 'publicationdate', 'date', 'publishedat'],
  url: ['url', 'link', 'uri', 'href'],
  doi: ['doi'],
  pdf: ['pdf', 'pdfurl', 'pdflink'],
  code: ['code', 'github', 'githubrepo', 'repository', 'codeurl'],
  project: ['project', 'projectpage', 'website'],
  discussion: ['discussion', 'discussionurl'],
  note: ['note'],
  categories: ['categories', 'category', 'keywords', 'keyword', 'tags', 'subjects', 'subject', 'manualtags'],
  upvotes: ['upvotes', 'votes', 'likes'],
  voted: ['voted'],
  links: ['links'],
} as const satisfies Record<string, readonly string[]>;

export type FieldName = keyof typeof NAMES;

const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');

const byName = new Map<string, [field: FieldName, rank: number]>(
  (Object.keys(NAMES) as FieldName[]).flatMap((field) =>
    NAMES[field].map((name, rank) => [name, [field, rank]] as const),
  ),
);

export const fieldCalled = (name: string): FieldName | undefined => byName.get(plain(name))?.[0];

/** The values by our own names; of two names for one field our own counts. Other fields pass by. */
export function byField(value: object): Partial<Record<FieldName, unknown>> {
  const found: Partial<Record<FieldName, unknown>> = {};
  const ranked = Object.entries(value).flatMap(([name, one]) => {
    const [field, rank] = byName.get(plain(name)) ?? [];
    return field === undefined || rank === undefined || isNothing(one)
      ? []
      : [{ field, rank, one: one as unknown }];
  });
  for (const { field, one } of ranked.toSorted((a, b) => a.rank - b.rank)) found[field] ??= one;
  return found;
}

/** How programs write that there is nothing. */
const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

/** Names that many files have, and that only look like a slip. */
const HARMLESS: ReadonlySet<string> = new Set(['publisher', 'publishers', 'titles']);

/** Names that a slip is likely to have meant; shorter ones have too many neighbours. */
const MEANT = Object.values(NAMES)
  .flat()
  .filter((name) => name.length >= 4);

/** The field that an unknown name nearly is: "abstract" for "abstrct". */
export function meantBy(name: string): FieldName | undefined {
  const written = plain(name);
  if (byName.has(written) || HARMLESS.has(written)) return undefined;
  const meant = MEANT.find((one) => isSlip(written, one));
  return meant && byName.get(meant)?.[0];
}

/** Of a short word only the plural is a slip: "code" has too many neighbours. */
function isSlip(written: string, meant: string): boolean {
  if (meant.length < 5) return written === `${meant}s`;
  return Math.abs(written.length - meant.length) <= 2 && slips(written, meant) <= (meant.length < 8 ? 1 : 2);
}

/** Letters that were added, left out, changed or swapped with the next one (optimal string alignment). */
function slips(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, n) => [n, ...Array<number>(b.length).fill(0)]);
  rows[0] = Array.from({ length: b.length + 1 }, (_, n) => n);
  const at = (n: number, m: number): number => rows[n]?.[m] ?? 0;
  for (let n = 1; n <= a.length; n += 1)
    for (let m = 1; m <= b.length; m += 1) {
      const changed = at(n - 1, m - 1) + Number(a[n - 1] !== b[m - 1]);
      const isSwap = n > 1 && m > 1 && a[n - 1] === b[m - 2] && a[n - 2] === b[m - 1];
      const best = Math.min(
        at(n - 1, m) + 1,
        at(n, m - 1) + 1,
        changed,
        isSwap ? at(n - 2, m - 2) + 1 : Infinity,
      );
      (rows[n] as number[])[m] = best;
    }
  return at(a.length, b.length);
}
