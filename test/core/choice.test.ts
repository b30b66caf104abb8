/** What stands in a reader's digest: matches first, up to half, then what everybody gets; nothing twice. */
import * as fc from 'fast-check';
import { choiceFor, papersForAll, type Choice, type Found } from '../../lambdas/core/choice';
import type { Candidate } from '../../lambdas/core/edition';
import { candidateOf, paperOf } from '../mails';

/** Candidates in the order of their ranks; each letter is one: `t` the third of its topic, `s` seen before, `i` any other. */
function candidateAs(kind: string, n: number): Candidate {
  const candidate = candidateOf(paperOf({ id: `2503.${10_000 + n}` }), n);
  if (kind === 't') return { ...candidate, verdict: 'third of its topic' };
  return kind === 's' ? { ...candidate, carried: true, seen: true } : candidate;
}

const choiceOf = (kinds: string, size: number, room = 10_000): Choice => ({
  size,
  room,
  candidates: kinds.split('').map(candidateAs),
  fragments: kinds.split('').map(() => ({ bytes: 100 })),
});

const found = (search: string, places: number[], mentioned: number[] = places): Found => ({
  search,
  places,
  mentioned: new Set(mentioned),
});

const told = (choice: Choice, ...finds: Found[]): string =>
  choiceFor(choice, finds)
    .map(({ place, search }) => `${place}${search ?? ''}`)
    .join(' ');

test.each<[what: string, choice: Choice, finds: Found[], told: string]>([
  ['nobody searches: the best', choiceOf('iiiiii', 4), [], '0 1 2 3'],
  ['the third of a topic is left out', choiceOf('iitii', 4), [], '0 1 3 4'],
  ['a match comes first', choiceOf('iiiiii', 4), [found('a', [5])], '5a 0 1 2'],
  ['a match that is among the best comes once', choiceOf('iiiiii', 4), [found('a', [1])], '1a 0 2 3'],
  ['at most half are matches', choiceOf('iiiiii', 4), [found('a', [5, 4, 3])], '5a 4a 0 1'],
  [
    'searches take turns',
    choiceOf('iiiiiiii', 6),
    [found('a', [7, 6]), found('b', [5, 4])],
    '7a 5b 6a 0 1 2',
  ],
  [
    'a paper found twice comes once',
    choiceOf('iiiiii', 6),
    [found('a', [5, 4]), found('b', [5, 3])],
    '5a 4a 3b 0 1 2',
  ],
  ['a match may be the third of its topic', choiceOf('iit', 2), [found('a', [2])], '2a 0'],
  ['what a search may have brought before is no match', choiceOf('iiis', 4), [found('a', [3])], '0 1 2'],
  ['and does not come as a late riser', choiceOf('siii', 3), [found('a', [], [0])], '1 2 3'],
  ['a late riser comes to everybody else', choiceOf('siii', 3), [found('b', [], [2])], '0 1 2'],
  ['fewer papers than places', choiceOf('ii', 5), [found('a', [1])], '1a 0'],
  ['as many as fit', choiceOf('iiii', 4, 1_500), [found('a', [3])], '3a 0 1'],
])('%s', (_, choice, finds, expected) => {
  expect(told(choice, ...finds)).toBe(expected);
});

test('the page of an edition shows what everybody gets', () => {
  const choice = choiceOf('iti', 2);
  expect(papersForAll(choice).map(({ paperId }) => paperId)).toEqual(['2503.10000', '2503.10002']);
});

test('whatever is searched: nothing twice, never more than the size, never more than half by search', () => {
  const places = fc.uniqueArray(fc.nat({ max: 19 }), { maxLength: 12 });
  const searches = fc.array(fc.tuple(places, places), { maxLength: 5 });
  const kinds = fc.string({ unit: fc.constantFrom('i', 't', 's'), minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(kinds, fc.integer({ min: 1, max: 15 }), searches, (letters, size, finds) => {
      const asked = finds.map(([brought, more], n) => found(`s${n}`, brought, [...brought, ...more]));
      const chosen = choiceFor(choiceOf(letters, size, 100_000), asked);
      const seen = chosen.filter(({ place }) => letters[place] === 's');
      expect(new Set(chosen.map(({ place }) => place)).size).toBe(chosen.length);
      expect(chosen.length).toBeLessThanOrEqual(size);
      expect(chosen.filter(({ search }) => search).length).toBeLessThanOrEqual(size / 2);
      expect(seen.filter(({ place }) => asked.some(({ mentioned }) => mentioned.has(place)))).toEqual([]);
    }),
  );
});
