/**
 * An operator deploys over a newsletter that runs: rows as the version of 24 November 2026 wrote them (made-up readers, one
 * edition that is done and one half sent) are read, sent, shown and erased by today's handlers.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Address } from '../../lambdas/core/address';
import { Keys, sign, subscriberIdOf, type Purpose } from '../../lambdas/core/identity';
import { call } from '../../local/aws-json';
import { tableName } from '../../local/dynamodb';
import { linkIn, pressButton } from '../../local/reader';
import { freezeDate, startWorld, type World } from '../world';

const HALF_SENT = 'weekly-2025-W12';
/** Keys on the first line; then rows in DynamoDB's own JSON. */
const [first = '', ...lines] = readFileSync(join(__dirname, 'rows-of-2026-11-24.jsonl'), 'utf8')
  .trim()
  .split('\n');
const { keys } = z.object({ keys: Keys }).parse(JSON.parse(first));
const Row = z.object({
  table: z.enum(['papers', 'subscribers', 'editions', 'deliveries', 'counters']),
  item: z.looseObject({}),
});

const token = (purpose: Purpose, name: string, issuedAt?: Date): string =>
  sign(keys, purpose, subscriberIdOf(`${name}@example.org` as Address, keys), issuedAt);

let world: World;
beforeAll(async () => {
  world = await startWorld({ keys });
  const url = world.machine.environment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '';
  for (const line of lines) {
    const { table, item } = Row.parse(JSON.parse(line));
    const put = { TableName: tableName(table), Item: item };
    await call(url, 'DynamoDB_20120810.PutItem', put, z.unknown());
  }
  freezeDate('2025-03-24T09:00:00Z');
});
afterAll(() => world.close());

const held = (name: string): Promise<string> =>
  world.posts('/preferences/export', { token: token('preferences', name) }).then(({ text }) => text);

test('every kind of row is there: readers of every standing, lanes in the middle, what SES said', () => {
  const rows = lines.map((line) => Row.parse(JSON.parse(line)));
  const statuses = rows.flatMap(({ table, item }) =>
    table === 'subscribers' ? [(item['status'] as { S: string }).S] : [],
  );
  expect([...new Set(statuses)].toSorted()).toEqual([
    'active',
    'erased',
    'pending',
    'suppressed',
    'unsubscribed',
  ]);
  expect(lines.filter((line) => line.includes('"pausedUntil"'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('#feedback')).length).toBeGreaterThan(5);
  expect(lines.filter((line) => line.includes(HALF_SENT) && line.includes('"lane#'))).toHaveLength(2);
});

test('what was sent is not sent again, and who still waits for it gets it once', async () => {
  await world.machine.invoke('settle-edition', { scheduledTime: '2025-03-24T09:00:00Z' });
  await world.machine.idle();
  const readers = ['grace', 'late', 'ada', 'left', 'erased', 'paused', 'pending'];
  const addresses = readers.map((name) => `${name}@example.org`);
  expect(await world.copiesOf(HALF_SENT, addresses)).toEqual([1, 1, 0, 0, 0, 0, 0]);
  const [digest] = await world.digestsOf('grace@example.org');
  expect(digest?.text).toContain('All about video models');
});

test("a delivery of unknown fate is settled, and the half-sent edition's books close", async () => {
  freezeDate('2025-03-24T11:00:00Z');
  for (const _ of ['looks', 'looks again']) {
    await world.machine.invoke('settle-edition', { scheduledTime: '2025-03-24T11:00:00Z' });
    await world.machine.idle();
  }
  const editions = await import('../../lambdas/aws/editions');
  expect(await editions.find(HALF_SENT)).toMatchObject({ status: 'done', books: { closed: true } });
  expect(await world.copiesOf(HALF_SENT, ['lost@example.org'])).toEqual([1]);
});

test('the next edition goes to the same readers, with nothing they had', async () => {
  await world.papersOn('2025-03-25', 3);
  freezeDate('2025-03-31T07:00:05Z');
  await world.sendsEdition('2025-W13');
  const readers = ['ada', 'grace', 'late', 'lost', 'paused', 'left', 'erased', 'pending'];
  const addresses = readers.map((name) => `${name}@example.org`);
  expect(await world.copiesOf('weekly-2025-W13', addresses)).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  const [digest] = await world.digestsOf('ada@example.org');
  expect(digest?.text).toContain('Paper 1 of 2025-03-25');
  expect(digest?.text).not.toContain('All about video models');
});

test('past editions and papers are on the site', async () => {
  expect((await world.opens('/editions/weekly-2025-W11')).text).toContain('All about voxel grids');
  expect((await world.opens('/feed.xml')).text).toContain('weekly-2025-W11');
  expect((await world.opens('/?q=voxel')).text).toContain('All about sparse voxel trees');
});

test('a reader finds their preferences, their searches and all that is stored of them', async () => {
  const { text } = await world.opens(`/preferences?token=${token('preferences', 'ada')}`);
  expect(text).toContain('voxel');
  const { subscriptions } = JSON.parse(await held('ada')) as {
    subscriptions: [{ subscriber: { consents: unknown[] }; deliveries: { editionId: string }[] }];
  };
  expect(subscriptions[0].subscriber.consents).toHaveLength(3);
  expect(subscriptions[0].deliveries.map(({ editionId }) => editionId).toSorted()).toEqual([
    'weekly-2025-W11',
    HALF_SENT,
    'weekly-2025-W13',
  ]);
});

test('who paused goes on, who waits confirms, who left can come back, and who bounced is not written to', async () => {
  freezeDate('2025-03-17T12:00:00Z'); // within the invitation's two days
  const { consent } = (await world.subscriber('pending@example.org')) ?? {};
  await world.posts('/confirm', { token: token('confirm', 'pending', new Date(consent?.askedAt ?? 0)) });
  expect(await world.subscriber('pending@example.org')).toMatchObject({ status: 'active' });
  freezeDate('2025-03-31T12:00:00Z');
  await world.posts('/preferences/pause', { token: token('preferences', 'paused'), weeks: '0' });
  expect((await world.subscriber('paused@example.org'))?.pausedUntil).toBeUndefined();
  for (const name of ['left', 'erased']) {
    await world.subscribes(`${name}@example.org`);
    await pressButton(linkIn((await world.inboxOf(`${name}@example.org`)).at(-1), '/confirm'));
    expect(await world.subscriber(`${name}@example.org`)).toMatchObject({ status: 'active' });
  }
  await world.subscribes('bounce@simulator.amazonses.com');
  expect(await world.inboxOf('bounce@simulator.amazonses.com')).toEqual([]);
});

test('a link of then unsubscribes, and an erased reader leaves nothing behind', async () => {
  await world.posts(`/unsubscribe/${token('one-click', 'grace')}`, { 'List-Unsubscribe': 'One-Click' });
  expect(await world.subscriber('grace@example.org')).toMatchObject({ status: 'unsubscribed' });
  await world.posts('/preferences/erase', { token: token('erase', 'late', new Date()) });
  const left = await world.subscriber('late@example.org');
  expect(left).toMatchObject({ status: 'erased', address: '' });
  expect(left?.consents).toBeUndefined();
});
