/** The pace of a real edition, against an SES that refuses what is too fast or too much. */
import { storedMails } from '../../local/mailbox';
import type { Fault } from '../../local/ses';
import { freezeDate, startWorld, type World } from '../world';

let world: World;
let calls: number;
beforeEach(async () => {
  calls = 0;
  const fault = (): Fault | undefined => void calls++;
  world = await startWorld({ ses: { rate: 40, quota: 60, fault } });
});
afterEach(() => world.close());

async function arrivals(): Promise<number[]> {
  const moments = [];
  for await (const { at } of storedMails(world.machine.mails)) moments.push(Date.parse(at));
  return moments;
}

test('an edition goes out evenly, with no second above the rate, stops before the day’s quota, and goes on the next day', async () => {
  await world.enlists(Array.from({ length: 60 }, (_, n) => `reader${n}@example.org`));
  await world.papersOn('2025-03-11', 2);
  await world.machine.invoke('build-digest', {
    cadence: 'weekly',
    scheduledTime: '2025-03-17T07:00:00.000Z',
  });
  const gone = async (mails: number): Promise<void> => {
    while ((await arrivals()).length < mails) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await gone(48); // four fifths of 60
  const moments = await arrivals();
  const busiest = Math.max(
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + 1000).length),
  );
  expect(busiest).toBeLessThanOrEqual(40);
  expect(moments).toHaveLength(48);
  expect(calls).toBe(48); // SES never had to say no

  freezeDate(new Date(Date.now() + 25 * 3_600_000).toISOString());
  await world.machine.invoke('settle-edition', { queuesWereLost: true });
  await gone(60);
  const settlement = await world.machine.invoke('settle-edition', {});
  expect(settlement).toMatchObject([{ status: 'done', books: { audience: 60, sent: 60 } }]);
});
