/** An edition to more readers than there are lanes, from the build to the books. */
import * as deliveries from '../../lambdas/aws/deliveries';
import * as lanes from '../../lambdas/aws/lanes';
import { shards } from '../../lambdas/core/identity';
import { startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ everyLane: true });
});
afterAll(() => world.close());

test('200 readers get one mail each, with a row each, and every lane is done', async () => {
  const addresses = Array.from({ length: 200 }, (_, n) => `reader${n}@example.org`);
  await world.enlists(addresses);
  const { editionId } = await world.sendsEdition(await world.weekWithPapers());
  expect(await world.copiesOf(editionId, addresses)).toEqual(addresses.map(() => 1));
  const accounts = await Promise.all(shards.map((shard) => deliveries.accountsOf({ editionId, shard })));
  const rows = accounts.flatMap((lane) => [...lane.values()].flatMap(({ delivery }) => delivery ?? []));
  expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: 200 }, () => 'sent'));
  const read = await Promise.all(shards.map((shard) => lanes.read({ editionId, shard })));
  expect(new Set(read.map((lane) => lane?.status))).toEqual(new Set(['done']));
  const again = shards.map((shard) => ({ editionId, shard }));
  await Promise.all([...again, ...again].map((message) => world.hears('send-digest', message)));
  expect(await world.digestsOf('reader7@example.org')).toHaveLength(1);
  expect(await world.machine.invoke('settle-edition', {})).toMatchObject([
    { editionId, status: 'done', books: { audience: 200, sent: 200, closed: true } },
  ]);
  expect(await world.machine.invoke('settle-edition', {})).toEqual([]);
});
