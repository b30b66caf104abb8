/** No paper comes twice within a cadence, though it is imported again with a later list day. */
import * as papers from '../../lambdas/aws/papers';
import * as subscribers from '../../lambdas/aws/subscribers';
import type { Address } from '../../lambdas/core/address';
import { readSearch } from '../../lambdas/core/search';
import type { Subscriber } from '../../lambdas/core/subscriber';
import { aPaper, freezeDate, startWorld, type World } from '../world';

const [ADA, GRACE] = ['ada@example.org', 'grace@example.org'];
let world: World;

/** Shown to everybody in March, brought by Ada's search in March, and new in November. */
const shown = { ...aPaper('2025-03-11', 0, 50), title: 'Whale song' };
const found = { ...aPaper('2025-03-11', 1, 5), title: 'Octopus cognition' };
const fresh = { ...aPaper('2025-11-25', 2, 1), title: 'Tardigrades' };

const titlesOf = async (address: string): Promise<string[]> => {
  const text = (await world.digestsOf(address)).at(-1)?.text ?? '';
  return [...text.matchAll(/^\d+\. (.*)$/gm)].map(([, title = '']) => title);
};

const movedTo = (listedOn: string) => ({ listedOn, last: { upvotes: 900, at: '2025-11-26T12:00:00.000Z' } });

beforeAll(async () => {
  freezeDate('2025-03-17T07:00:00.000Z');
  world = await startWorld({ newsletter: { cadences: { weekly: { cron: '0 7 ? * MON *', papers: 2 } } } });
  await world.enlists([ADA, GRACE] as Address[]);
  const ada = (await world.subscriber(ADA)) as Subscriber;
  const searches = [{ text: readSearch('octopus').text, since: '2025-01-01T00:00:00.000Z' }];
  await subscribers.save({ ...ada, searches, revision: ada.revision + 1 }, ada);
  const filler = { ...aPaper('2025-03-12', 3, 40), title: 'Compiler fuzzing' };
  for (const paper of [shown, filler, found]) await papers.save(paper);
  await world.sendsEdition('2025-W11');
});
afterAll(() => world.close());

test('in March everybody gets the best, and Ada what she searches for', async () => {
  expect(await titlesOf(GRACE)).toEqual(['Whale song', 'Compiler fuzzing']);
  expect(await titlesOf(ADA)).toEqual(['Octopus cognition', 'Whale song']);
});

test('rows keep the day they were listed on first, and where they were shown, whatever is read later', async () => {
  for (const paper of [shown, found]) await papers.save({ ...paper, ...movedTo('2025-11-26') });
  await papers.save(fresh);
  const rows = await papers.listed({ from: '2025-11-24', to: '2025-11-30' });
  const known = new Map(rows.map((row) => [row.title, row]));
  expect(known.get('Whale song')).toMatchObject({
    listedOn: '2025-11-26',
    firstListedOn: '2025-03-11',
    shownIn: ['weekly'],
  });
  expect(known.get('Octopus cognition')).toMatchObject({ firstListedOn: '2025-03-11' });
  expect(known.get('Octopus cognition')).not.toHaveProperty('shownIn');
});

test('in November it is gone for everybody, and what only Ada had for Ada', async () => {
  freezeDate('2025-12-01T07:00:00.000Z');
  await world.sendsEdition('2025-W48');
  expect(await titlesOf(GRACE)).toEqual(['Octopus cognition', 'Tardigrades']);
  expect(await titlesOf(ADA)).toEqual(['Tardigrades']);
});

test('a paper that is gone from the table does not come back as half a paper', async () => {
  await papers.markShown(['gone'], 'weekly');
  await papers.markShown([shown.paperId], 'weekly');
  await papers.markShown([shown.paperId], 'daily');
  const rows = await papers.listed({ from: '2025-11-26', to: '2025-11-26' });
  const { shownIn } = rows.find(({ paperId }) => paperId === shown.paperId) ?? {};
  expect(shownIn?.toSorted()).toEqual(['daily', 'weekly']);
});
