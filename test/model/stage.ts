/** The real side of the model test: one machine, its people, and what its schedules and its operator do. */
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as deliveries from '../../lambdas/aws/deliveries';
import { documents } from '../../lambdas/aws/dynamodb';
import * as editions from '../../lambdas/aws/editions';
import { tableName } from '../../lambdas/aws/environment';
import * as lanes from '../../lambdas/aws/lanes';
import type { LaneMessage } from '../../lambdas/core/edition';
import { shards } from '../../lambdas/core/identity';
import { startWorld } from '../world';
import { castPeople, enlist, type Person } from './people';
import { drain, forgetJoins, redrive } from './queues';
import { prepareSes } from './ses';

export type Stage = Awaited<ReturnType<typeof setStage>>;

export const MINUTE = 60_000;

/** The clock of all that runs here. */
export function passes(milliseconds: number): void {
  jest.setSystemTime(Date.now() + milliseconds);
}

/** Mondays at seven. */
const monday = (week: number): Date => new Date(Date.UTC(2025, 0, 6 + 7 * week, 7));

export async function setStage() {
  const ses = prepareSes();
  const newsletter = {
    sending: { lateHours: 10_000_000 },
    limits: { invitationsPerAddress: 100, invitationsPerNetwork: 100_000, invitations: 1_000_000 },
  };
  const world = await startWorld({ everyLane: true, queues: [], newsletter, ses: ses.options });
  const { people, shards: inhabited } = await castPeople(world.idOf);
  let week = 0;
  let editionId = '';

  return {
    world,
    people,
    ses,
    /** Statuses that pages answered with, some of them later. */
    answers: [] as Promise<number>[],
    editionId: () => editionId,
    edition: () => editions.find(editionId),
    inhabited,
    /** What there is to do in a lane: to walk it, to try some readers again, or nothing. */
    async toDo(shard: string): Promise<LaneMessage | undefined> {
      const message = { editionId, shard };
      if ((await lanes.read(message))?.status !== 'done') return message;
      const rows = [...(await deliveries.accountsOf(message)).values()];
      return rows.some(({ delivery }) => delivery?.status === 'again')
        ? { ...message, again: true }
        : undefined;
    },
    /** A new week with one paper, and nobody subscribed but these. */
    async startAfresh(readers: readonly Person[]): Promise<void> {
      if (editionId) await editions.change(editionId, ['sending', 'paused'], { status: 'cancelled' });
      await redrive(); // of an edition that is over
      await forgetJoins();
      ses.forget();
      editionId = '';
      await world.papersOn(monday(week).toISOString().slice(0, 10), 1);
      week += 1;
      jest.setSystemTime(monday(week));
      await enlist(readers);
    },
    /** Built twice over. The lanes of nobody are walked already, and the others' messages come by hand. */
    async builds(): Promise<string[]> {
      const due = { cadence: 'weekly', scheduledTime: monday(week).toISOString() };
      const build = () => world.machine.invoke('build-digest', due);
      const built = [await build(), await build()] as { editionId: string; outcome: string }[];
      editionId = built[0]?.editionId ?? '';
      await drain(() => Promise.resolve());
      await finish(
        editionId,
        shards.filter((shard) => !inhabited.includes(shard)),
      );
      return built.map(({ outcome }) => outcome);
    },
    /** The operator's word, where SES had paused the account. */
    async resumes(): Promise<void> {
      if (await editions.change(editionId, ['paused'], { status: 'sending' }))
        await lanes.enqueue(inhabited.map((shard) => ({ editionId, shard })));
    },
  };
}

async function finish(editionId: string, empty: readonly string[]): Promise<void> {
  const lane = { status: 'done', owner: 'nobody', leaseUntil: new Date().toISOString() };
  const requests = empty.map((shard) => ({
    PutRequest: { Item: { editionId, part: `lane#${shard}`, ...lane } },
  }));
  for (let n = 0; n < requests.length; n += 25) {
    const RequestItems = { [tableName('editions')]: requests.slice(n, n + 25) };
    await documents.send(new BatchWriteCommand({ RequestItems }));
  }
}
