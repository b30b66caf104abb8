/** The pace of a real edition, against an SES that refuses what is too fast or too much. */
import { storedMails } from '../../local/mailbox';
import type { Fault } from '../../local/ses';
import { freezeDate, startWorld, type World } from '../world';

/** So few a second that no machine is too slow to send them faster. */
const RATE = 20;

let world: World;
let calls: number;
beforeEach(async () => {
  calls = 0;
  const fault = (): Fault | undefined => void calls++;
  world = await startWorld({ everyLane: true, ses: { rate: RATE, quota: 90, fault } });
});
afterEach(() => world.close());

async function arrivals(): Promise<number[]> {
  const moments = [];
  for await (const { at } of storedMails(world.machine.mails)) moments.push(Date.parse(at));
  return moments;
}

test('an edition goes out evenly, with no second above the rate, stops before the day’s quota, and goes on the next day', async () => {
  await world.enlists(Array.from({ length: 90 }, (_, n) => `reader${n}@example.org`));
  await world.papersOn('2025-03-11', 2);
  await world.machine.invoke('build-digest', {
    cadence: 'weekly',
    scheduledTime: '2025-03-17T07:00:00.000Z',
  });
  const gone = async (mails: number): Promise<void> => {
    while ((await arrivals()).length < mails) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await gone(72); // four fifths of 90
  const moments = await arrivals();
  const busiest = Math.max(
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + 1000).length),
  );
  expect(busiest).toBeLessThanOrEqual(RATE);
  expect(moments).toHaveLength(72);
  expect(calls).toBe(72); // SES never had to say no

  freezeDate(new Date(Date.now() + 25 * 3_600_000).toISOString());
  await world.machine.invoke('settle-edition', { queuesWereLost: true });
  await gone(90);
  const settlement = await world.machine.invoke('settle-edition', {});
  expect(settlement).toMatchObject([{ status: 'done', books: { audience: 90, sent: 90 } }]);
});
