/** The papers table: marks that only move on, and readings of which the newest counts, however they come in. */
import * as papers from '../../lambdas/aws/papers';
import type { FarEnd } from '../../local/far-end';
import { startTables } from '../embedded';
import { aPaper } from '../world';

let tables: FarEnd;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

/** Another process remembers nothing of what this one saved. */
async function inAnotherProcess<Result>(act: (there: typeof papers) => Promise<Result>): Promise<Result> {
  let result: Promise<Result> | undefined;
  await jest.isolateModulesAsync(async () => {
    const there = await import('../../lambdas/aws/papers');
    const { documents } = await import('../../lambdas/aws/dynamodb');
    result = act(there).finally(() => documents.destroy());
    await result;
  });
  return result as Promise<Result>;
}

test('before there are any papers there is no newest week', async () => {
  expect([await papers.newestWeek(), await papers.announcedUntil()]).toEqual([undefined, undefined]);
});

test('the newest week stays the newest, whoever saves papers of an older one later', async () => {
  await papers.save(aPaper('2025-03-11', 1, 5));
  await papers.save(aPaper('2025-03-04', 1, 5));
  expect(await papers.newestWeek()).toBe('2025-W11');
  await inAnotherProcess((there) => there.save(aPaper('2025-02-25', 1, 5)));
  expect(await papers.newestWeek()).toBe('2025-W11');
  await inAnotherProcess((there) => there.save(aPaper('2025-03-18', 1, 5)));
  expect(await papers.newestWeek()).toBe('2025-W12');
});

test('the newest week is written once, however many papers of it come', async () => {
  const { documents } = await import('../../lambdas/aws/dynamodb');
  const written: unknown[] = [];
  documents.middlewareStack.add(
    (next) => (call) => {
      written.push((call.input as { Key?: { paperId: string } }).Key?.paperId);
      return next(call);
    },
    { step: 'initialize', name: 'written' },
  );
  for (const n of [1, 2, 3]) await papers.save(aPaper('2025-04-22', n, 5));
  documents.middlewareStack.remove('written');
  const marks = written.filter((id) => !String(id).startsWith('2504.'));
  expect([written.length, marks.length]).toEqual([4, 1]);
});

test('the day up to which arXiv was read only moves on', async () => {
  expect(await papers.rememberAnnounced('2025-03-10')).toBe(true);
  expect(await papers.rememberAnnounced('2025-03-07')).toBe(false);
  expect(await papers.rememberAnnounced('2025-03-10')).toBe(false);
  expect(await papers.announcedUntil()).toBe('2025-03-10');
  expect(await papers.rememberAnnounced('2025-03-11')).toBe(true);
  expect(await papers.announcedUntil()).toBe('2025-03-11');
});

const read = (upvotes: number, at: string) => {
  const reading = { upvotes, at };
  return { ...aPaper('2025-04-01', 7, 0), first: reading, last: reading };
};

test('the first reading stays, the newest counts, and an older one that comes late changes nothing', async () => {
  const [first, second, third] = [
    '2025-04-01T08:00:00.000Z',
    '2025-04-02T08:00:00.000Z',
    '2025-04-03T08:00:00.000Z',
  ] as const;
  expect(await papers.save(read(3, first))).toBe(true);
  expect(await papers.save(read(30, third))).toBe(true);
  expect(await papers.save(read(12, second))).toBe(false);
  expect(await papers.save(read(31, third))).toBe(true); // of the same moment: the same run again
  const [kept] = await papers.listed({ from: '2025-04-01', to: '2025-04-01' });
  expect([kept?.first, kept?.last]).toEqual([
    { upvotes: 3, at: first },
    { upvotes: 31, at: third },
  ]);
});

test('a period has its first and its last day, and none beside them', async () => {
  for (const day of ['2025-05-06', '2025-05-07', '2025-05-13', '2025-05-14'])
    await papers.save(aPaper(day, 1, 1));
  const days = (await papers.listed({ from: '2025-05-07', to: '2025-05-13' })).map(
    ({ listedOn }) => listedOn,
  );
  expect(days.toSorted()).toEqual(['2025-05-07', '2025-05-13']);
});
