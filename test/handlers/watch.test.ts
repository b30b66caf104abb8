/** settle-edition's look at what didn't come about: the operator hears of an edition that nobody built, or that waits. */
import * as editions from '../../lambdas/aws/editions';
import { watchedSince } from '../../lambdas/aws/watched';
import { dataIn, linesOf } from '../lines';
import { freezeDate, startWorld, type World } from '../world';

const weekly = { cron: '0 7 ? * MON *', papers: 10 };
const MONDAY = '2025-03-17T07:00:00.000Z';
let world: World;

beforeAll(async () => {
  world = await startWorld({ newsletter: { cadences: { weekly } } });
});
afterAll(() => world.close());

/** What the operator's alarms see of a look at such a moment. */
async function lookAt(now: string): Promise<Record<string, number>> {
  freezeDate(now);
  const lines = await linesOf(() => world.machine.invoke('settle-edition', {}));
  const seen = dataIn(lines).map(({ name, value }) => [name, value] as const);
  return Object.fromEntries(seen);
}

const well = { EditionsMissing: 0, EditionsStuck: 0, BooksOverdue: 0 };
const build = (scheduledTime: string) =>
  world.machine.invoke('build-digest', { cadence: 'weekly', scheduledTime });

test('of a newsletter that was deployed on a thursday nobody expects the edition of the monday before', async () => {
  expect(await lookAt('2025-03-13T12:00:00Z')).toEqual(well);
  expect(await lookAt('2025-03-17T07:45:00Z')).toEqual(well);
});

test('when the builder never ran, an edition is missing an hour later, and stays so until it is there', async () => {
  expect(await lookAt('2025-03-17T08:00:00Z')).toEqual({ ...well, EditionsMissing: 1 });
  expect(await lookAt('2025-03-17T08:15:00Z')).toEqual({ ...well, EditionsMissing: 1 });
});

test('the operator reads in the log which edition it is', async () => {
  const lines = await linesOf(() => world.machine.invoke('settle-edition', {}));
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'WARN', fact: 'edition.missing', editionId: 'weekly-2025-W11' }),
  );
});

test('an edition without readers is not missing once its builder ran', async () => {
  expect(await build(MONDAY)).toMatchObject({ outcome: 'no-readers' });
  expect(await lookAt('2025-03-17T08:30:00Z')).toEqual(well);
  expect((await world.opens('/editions')).text).not.toContain('/editions/weekly-2025-W11');
});

test('an edition that was skipped for want of papers is not missing', async () => {
  await world.reader('ada@example.org');
  freezeDate('2025-03-24T07:00:00Z');
  expect(await build('2025-03-24T07:00:00.000Z')).toMatchObject({ outcome: 'skipped' });
  expect(await lookAt('2025-03-24T08:15:00Z')).toEqual(well);
});

test('an edition that its builder froze, and then stopped before anybody could send it, is missing', async () => {
  const edition = {
    editionId: 'weekly-2025-W13',
    cadence: 'weekly',
    title: 'A week',
    period: { from: '2025-03-24', to: '2025-03-30' },
    scheduledFor: '2025-03-31T07:00:00.000Z',
    cutoff: '2025-03-31T07:02:00.000Z',
    papers: 3,
    considered: 3,
    status: 'sending',
  } as const;
  await editions.create(edition);
  expect(await lookAt('2025-03-31T08:15:00Z')).toEqual({ ...well, EditionsMissing: 1 });
});

test('an edition that was built is not missing, nor is it stuck when its books are closed', async () => {
  await world.papersOn('2025-03-31', 3);
  freezeDate('2025-04-07T07:00:00Z');
  await world.sendsEdition('2025-W14');
  expect(await lookAt('2025-04-07T07:15:00Z')).toMatchObject({ DigestsFailed: 0, DigestsUnknown: 0 });
  expect(await lookAt('2025-04-07T20:00:00Z')).toEqual(well);
});

test('an edition that was paused waits for the operator, and they hear of it', async () => {
  await editions.change('weekly-2025-W14', ['done'], {
    status: 'paused',
    reason: '30 of 1000 mails bounced',
  });
  expect(await lookAt('2025-04-07T20:15:00Z')).toEqual({ ...well, EditionsStuck: 1 });
});

test('a message that nobody could settle is counted until the operator sends it on or away', async () => {
  await world.hears('record-feedback', 'what is this?');
  expect(await lookAt('2025-04-07T20:30:00Z')).toEqual({ ...well, EditionsStuck: 1, DeadLetters: 1 });
});

const since = async (schedule: string, now: string): Promise<string> =>
  (await watchedSince('daily', schedule, new Date(now))).toISOString();

test('a schedule is watched from when it was first seen, and a changed one from its change', async () => {
  const [seen, later, changed] = [1, 2, 3].map((day) => `2025-05-0${day}T00:00:00.000Z`) as [
    string,
    string,
    string,
  ];
  expect(await since('0 7 ? * MON-FRI * UTC', seen)).toBe(seen);
  expect(await since('0 7 ? * MON-FRI * UTC', later)).toBe(seen);
  expect(await since('0 7 ? * MON-FRI * Europe/Berlin', changed)).toBe(changed);
});
