/** The pace of a real edition, against an SES that refuses what is too fast or too much. */
import * as lanes from '../../lambdas/aws/lanes';
import { shards } from '../../lambdas/core/identity';
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

/** Until every lane was taken, and none is at work. */
async function atRest(editionId: string): Promise<void> {
  for (;;) {
    const known = [...(await lanes.ofEdition(editionId)).values()];
    if (known.length === shards.length && known.every(({ status }) => status !== 'sending')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('an edition goes out evenly, with no second above the rate, stops before the day’s quota, and goes on the next day', async () => {
  await world.enlists(Array.from({ length: 90 }, (_, n) => `reader${n}@example.org`));
  await world.papersOn('2025-03-11', 2);
  const due = { cadence: 'weekly', scheduledTime: '2025-03-17T07:00:00.000Z' };
  const { editionId } = (await world.machine.invoke('build-digest', due)) as { editionId: string };
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

  await atRest(editionId); // a lane that is given back by the next day's clock would rest until the day after
  freezeDate(new Date(Date.now() + 25 * 3_600_000).toISOString());
  await world.machine.invoke('settle-edition', { queuesWereLost: true });
  await gone(90);
  const settlement = await world.machine.invoke('settle-edition', {});
  expect(settlement).toMatchObject([{ status: 'done', books: { audience: 90, sent: 90 } }]);
});
