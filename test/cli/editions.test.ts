/** `editions …` and `dead-letters …`: the operator's word over an edition, run as the operator runs it. */
import { sendToDeadLetters } from '../../lambdas/aws/dead-letters';
import * as editions from '../../lambdas/aws/editions';
import { mailsOf } from '../../local/mailbox';
import type { Fault } from '../../local/ses';
import { startWorld, type World } from '../world';
import { paperboy } from './paperboy';

const [ADA, GRACE] = ['ada@example.org', 'grace@example.org'];
const EDITION = 'weekly-2025-W11';
let world: World;
const faults = new Map<string, Fault[]>();

beforeAll(async () => {
  world = await startWorld({
    everyLane: true,
    ses: { fault: ({ recipients }) => faults.get(recipients[0] ?? '')?.shift() },
  });
  await world.papersOn('2025-03-11', 2);
  for (const reader of [ADA, GRACE]) await world.reader(reader);
});
afterAll(() => world.close());

const mails = async (address: string) =>
  (await mailsOf(world.machine.mails, address)).filter(({ tags }) => tags['edition'] === EDITION).length;

test('an account that SES paused pauses the edition; resumed, it goes on where it stopped', async () => {
  for (const address of [ADA, GRACE]) faults.set(address, ['account-suspended']);
  await world.sendsEdition('2025-W11');
  const listed = await paperboy(world, 'editions', 'list');
  expect(listed.out).toMatch(/^weekly-2025-W11 {2}paused \(MessageRejected: Sending paused for this account/);
  faults.clear();
  const { code, out } = await paperboy(world, 'editions', 'resume', EDITION);
  expect([code, out]).toEqual([0, `${EDITION} is resumed.\n`]);
  await world.machine.idle();
  expect([await mails(ADA), await mails(GRACE)]).toEqual([1, 1]);
  // patience with it counts from the operator's word
  expect(await editions.find(EDITION)).toMatchObject({ resumedAt: expect.any(String) as string });
});

test('the report names lanes and books', async () => {
  await world.machine.invoke('settle-edition', {});
  const { out } = await paperboy(world, 'editions', 'show', EDITION);
  expect(JSON.parse(out)).toMatchObject({
    status: 'done',
    lanes: { done: 64 },
    books: { audience: 2, sent: 2, closed: true },
  });
});

test('those whom SES refused get it again, and only those', async () => {
  await world.papersOn('2025-03-18', 2);
  faults.set(ADA, ['reject']);
  await world.sendsEdition('2025-W12');
  const { out } = await paperboy(world, 'editions', 'retry', 'weekly-2025-W12');
  expect(out).toBe('weekly-2025-W12: 1 readers are tried again\n');
  await world.machine.idle();
  const got = async (address: string) =>
    (await mailsOf(world.machine.mails, address)).filter(({ tags }) => tags['edition'] === 'weekly-2025-W12')
      .length;
  expect([await got(ADA), await got(GRACE)]).toEqual([1, 1]);
  expect((await paperboy(world, 'editions', 'retry', 'weekly-2025-W12')).out).toContain(': 0 readers');
});

test('a word that does not fit the standing changes nothing and says so', async () => {
  await world.machine.invoke('settle-edition', {});
  for (const word of ['pause', 'resume', 'cancel']) {
    const { code, out } = await paperboy(world, 'editions', word, EDITION);
    expect([word, code, out.startsWith(`${EDITION} stays done: `)]).toEqual([word, 1, true]);
  }
  expect((await editions.find(EDITION))?.status).toBe('done');
  const nowhere = await paperboy(world, 'editions', 'pause', 'weekly-1999-W01');
  expect([nowhere.code, nowhere.err]).toEqual([
    1,
    expect.stringContaining('There is no edition weekly-1999-W01'),
  ]);
});

test('dead letters are listed with their reason, without addresses, and go back into their queue', async () => {
  const event = { source: 'aws.ses', to: 'ada@example.org' };
  await sendToDeadLetters('feedback', JSON.stringify(event), 'something went wrong');
  const { out } = await paperboy(world, 'dead-letters', 'list');
  expect(out).toContain('something went wrong');
  expect(out).toContain('1 dead letters');
  expect(out).not.toContain('ada@');
  expect((await paperboy(world, 'dead-letters', 'redrive')).out).toBe(
    '1 messages are back in their queues\n',
  );
  await world.machine.idle(); // it can't be read, so it is buried again, with a reason of its own
  expect((await paperboy(world, 'dead-letters', 'list')).out).toContain("Can't read the message");
});
