/** Every quarter of an hour: lanes that lost their message are queued again; an edition whose lanes are all done is done. */
import * as z from 'zod';
import * as editions from './aws/editions';
import { scheduled } from './aws/events';
import * as lanes from './aws/lanes';
import { log } from './aws/log';
import { isFree } from './core/edition';
import { shards } from './core/identity';

/** Editions looked at, newest first; older ones were settled long ago. */
const LOOKED_AT = 10;

export interface Settled {
  editionId: string;
  done: boolean;
  /** Lanes queued again; one that is queued twice is walked once. */
  requeued: number;
}

export const handler = scheduled(z.object({}), async (): Promise<Settled[]> => {
  const settled: Settled[] = [];
  for (const { editionId } of await editions.newest(LOOKED_AT)) {
    const edition = await editions.find(editionId);
    if (edition && !edition.doneAt) settled.push(await settle(editionId, new Date()));
  }
  return settled;
});

async function settle(editionId: string, now: Date): Promise<Settled> {
  const read = await Promise.all(
    shards.map(async (shard) => ({ shard, lane: await lanes.read({ editionId, shard }) })),
  );
  const idle = read.filter(({ lane }) => !lane || isFree(lane, now));
  await lanes.enqueue(idle.map(({ shard }) => ({ editionId, shard })));
  const done = read.every(({ lane }) => lane?.status === 'done');
  if (done) await editions.markDone(editionId, now);
  log(done ? 'edition.done' : 'edition.open', { editionId, requeued: idle.length });
  return { editionId, done, requeued: idle.length };
}
