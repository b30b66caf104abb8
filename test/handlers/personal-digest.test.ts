/** Digests of readers with searches, over several weeks: their matches first, and no paper twice. */
import * as papers from '../../lambdas/aws/papers';
import * as subscribers from '../../lambdas/aws/subscribers';
import type { Address } from '../../lambdas/core/address';
import { readSearch } from '../../lambdas/core/search';
import type { Subscriber } from '../../lambdas/core/subscriber';
import { aPaper, freezeDate, startWorld, type World } from '../world';

let world: World;
const SINCE = '2025-01-01T00:00:00.000Z';
const [ADA, GRACE, ALAN] = ['ada@example.org', 'grace@example.org', 'alan@example.org'];

/** Words that nothing else is about. */
const TITLES = [
  'Gaussian splatting',
  'Octopus cognition',
  'Compiler fuzzing',
  'Quantum annealing',
  'Whale song',
];

/** The first has most upvotes. The same titles in another order are the same papers. */
async function listed(day: string, titles: readonly string[], upvotes = 50, readAt = `${day}T20:00:00.000Z`) {
  for (const [n, title] of titles.entries()) {
    const place = TITLES.indexOf(title);
    const paper = aPaper(day, place === -1 ? n : place, upvotes - n);
    const last = { upvotes: upvotes - n, at: readAt };
    await papers.save({ ...paper, title, abstract: `All about ${title.toLowerCase()}.`, first: last, last });
  }
}

async function searchesFor(address: string, ...texts: string[]): Promise<void> {
  const known = (await world.subscriber(address)) as Subscriber;
  const searches = texts.map((text) => ({ text: readSearch(text).text, since: SINCE }));
  await subscribers.save({ ...known, searches, revision: known.revision + 1 }, known);
}

const sends = async (week: string) => {
  freezeDate(`2025-03-${week === '2025-W11' ? 17 : week === '2025-W12' ? 24 : 31}T07:00:00.000Z`);
  await world.sendsEdition(week);
};

/** The titles of a reader's newest digest, in order, each with the reason that stands at it. */
async function newestOf(address: string): Promise<string[]> {
  const text = (await world.digestsOf(address)).at(-1)?.text ?? '';
  return [...text.matchAll(/^\d+\. (.*)\n {3}(Matches .*|Late .*)?/gm)].map(([, title = '', reason]) =>
    reason ? `${title} (${reason})` : title,
  );
}

beforeAll(async () => {
  freezeDate('2025-03-09T07:00:00.000Z');
  const cadences = {
    weekly: { cron: '0 7 ? * MON *', papers: 4 },
    daily: { cron: '0 7 ? * MON-FRI *', papers: 2 },
  };
  world = await startWorld({ newsletter: { cadences } });
  await world.enlists([ADA, GRACE, ALAN] as Address[]);
  await searchesFor(ADA, 'whale', '"octopus cognition"', 'teapots');
  await listed('2025-03-11', TITLES);
});
afterAll(() => world.close());

test('what a reader searches for comes first and says why, and what everybody gets comes after', async () => {
  await sends('2025-W11');
  expect(await newestOf(ADA)).toEqual([
    'Whale song (Matches your search ‘whale’)',
    'Octopus cognition (Matches your search ‘"octopus cognition"’)',
    'Gaussian splatting',
    'Compiler fuzzing',
  ]);
  expect(await newestOf(GRACE)).toEqual(TITLES.slice(0, 4));
  const [mail] = await world.digestsOf(ADA);
  expect(mail?.subject).toBe('Whale song + 3 more');
  expect(mail?.text).toContain(
    '2 papers found by your searches, then the 2 papers with the most upvotes, of 5',
  );
});

test('a late riser comes once to those who did not have it, and not again to those whose search had brought it', async () => {
  await listed('2025-03-19', ['Slime mould', 'Bee dances'], 40);
  await listed('2025-03-11', TITLES.toReversed(), 900, '2025-03-24T05:00:00.000Z');
  await sends('2025-W12');
  expect(await newestOf(GRACE)).toEqual([
    'Whale song (Late riser, listed 11 March 2025)',
    'Slime mould',
    'Bee dances',
  ]);
  expect(await newestOf(ADA)).toEqual(['Slime mould', 'Bee dances']);
});

test('nobody gets a paper twice, however often it rises', async () => {
  await listed('2025-03-26', ['Tardigrades'], 10);
  await listed('2025-03-11', TITLES.toReversed(), 5_000, '2025-03-31T05:00:00.000Z');
  await sends('2025-W13');
  expect(await newestOf(GRACE)).toEqual(['Tardigrades']);
  for (const address of [ADA, GRACE, ALAN]) {
    const texts = (await world.digestsOf(address)).map(({ text }) => text ?? '');
    const titles = texts.flatMap((text) => [...text.matchAll(/^\d+\. (.*)/gm)].map(([, title]) => title));
    expect(titles).toHaveLength(new Set(titles).size);
  }
});

test('a reader whose searches find nothing is told so, and gets what everybody gets', async () => {
  expect((await world.digestsOf(ADA)).at(-1)?.text).toContain(
    'Your searches found nothing that was listed that week. The only paper listed that week.',
  );
});

test('a cadence without readers builds nothing', async () => {
  const due = { cadence: 'daily', scheduledTime: '2025-03-27T07:00:00.000Z' };
  expect(await world.machine.invoke('build-digest', due)).toMatchObject({ outcome: 'no-readers' });
  const alan = (await world.subscriber(ALAN)) as Subscriber;
  await subscribers.save({ ...alan, cadence: 'daily', revision: alan.revision + 1 }, alan);
  expect(await world.machine.invoke('build-digest', due)).toMatchObject({ outcome: 'built', papers: 1 });
});

test('a saved search that can no longer be read costs the reader nothing', async () => {
  const grace = (await world.subscriber(GRACE)) as Subscriber;
  const searches = [{ text: '?!', since: SINCE }];
  await subscribers.save({ ...grace, searches, revision: grace.revision + 1 }, grace);
  await listed('2025-04-02', ['Mantis shrimp'], 10);
  freezeDate('2025-04-07T07:00:00.000Z');
  await world.sendsEdition('2025-W14');
  expect(await newestOf(GRACE)).toEqual(['Mantis shrimp']);
});
