/** One reader's life, from the form to goodbye, with the handlers that ship and nothing in between. */
import { leaveByOneClick, linkIn, pressButton } from '../local/reader';
import { freezeDate, startWorld, type World } from './world';

const ADA = 'ada@example.org';
let world: World;

beforeAll(async () => {
  freezeDate('2025-03-15T12:00:00Z');
  world = await startWorld();
  await world.papersOn('2025-03-11', 12);
});
afterAll(() => world.close());

test('a stranger is written to and waits to confirm', async () => {
  const answer = await world.subscribes(ADA);
  expect(answer.status).toBe(202);
  expect(answer.text).toContain('Check your inbox');
  expect((await world.inboxOf(ADA)).map(({ subject }) => subject)).toEqual([
    'Confirm your subscription to Paperboy',
  ]);
  expect(await world.subscriber(ADA)).toMatchObject({ status: 'pending', address: ADA });
});

test('opening the link changes nothing; the button on its page makes a reader, who is welcomed', async () => {
  const link = linkIn((await world.inboxOf(ADA))[0], '/confirm');
  await world.opens(link);
  await world.opens(link, { method: 'HEAD' });
  expect(await world.subscriber(ADA)).toMatchObject({ status: 'pending' });
  expect(await pressButton(link)).toContain('You are in');
  expect(await world.subscriber(ADA)).toMatchObject({
    status: 'active',
    consent: { confirmedAt: '2025-03-15T12:00:00.000Z' },
  });
  expect((await world.inboxOf(ADA)).map(({ subject }) => subject)).toContain('Welcome to Paperboy');
});

test('on Monday the week’s ten papers come, most upvotes first', async () => {
  freezeDate('2025-03-17T07:00:00Z');
  expect(await world.sendsEdition('2025-W11')).toMatchObject({
    editionId: 'weekly-2025-W11',
    outcome: 'built',
    papers: 10,
  });
  const [digest, ...more] = await world.digestsOf(ADA);
  expect(more).toEqual([]);
  const ranks = [...(digest?.text ?? '').matchAll(/^(\d+)\. Paper (\d+) of/gm)].map(([, rank, paper]) => [
    rank,
    paper,
  ]);
  expect(ranks).toEqual(Array.from({ length: 10 }, (_, n) => [String(n + 1), String(n + 1)]));
});

test('the welcome of the next reader links to that edition, which is a page', async () => {
  await world.reader('grace@example.org');
  const welcome = (await world.inboxOf('grace@example.org')).at(-1);
  const page = await world.opens(linkIn(welcome, '/editions/weekly-2025-W11'));
  expect(page.status).toBe(200);
  expect(page.text).toContain('Paper 1 of 2025-03-11');
});

test('one click in the mail program ends it, and the next edition goes to the others only', async () => {
  await leaveByOneClick((await world.digestsOf(ADA))[0]);
  expect(await world.subscriber(ADA)).toMatchObject({ status: 'unsubscribed' });
  freezeDate('2025-03-24T07:00:00Z');
  await world.papersOn('2025-03-18', 3);
  expect(await world.sendsEdition('2025-W12')).toMatchObject({ outcome: 'built', papers: 3 });
  expect(await world.digestsOf(ADA)).toHaveLength(1);
  expect(await world.digestsOf('grace@example.org')).toHaveLength(1);
});

test('who comes back is asked again, and gets the edition after', async () => {
  await world.reader(ADA);
  freezeDate('2025-03-31T07:00:00Z');
  await world.papersOn('2025-03-25', 1);
  await world.sendsEdition('2025-W13');
  expect(await world.digestsOf(ADA)).toHaveLength(2);
});
