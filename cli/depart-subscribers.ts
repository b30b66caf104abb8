/** `subscribers leave FILE` and `subscribers erase FILE`: those whose ids stand in a file, after a restore that brought them back. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as subscribers from '../lambdas/aws/subscribers';
import { recorded } from '../lambdas/core/consent';
import { SubscriberId } from '../lambdas/core/identity';
import { erased, leave } from '../lambdas/core/leaving';
import { isErased, type Subscriber } from '../lambdas/core/subscriber';

/** What becomes of a row; undefined where nothing is left to do. */
type Departing = (known: Subscriber, now: Date) => Subscriber | undefined;

const leaving: Departing = (known, now) => {
  const left = leave(known, now);
  if (left.outcome !== 'left') return undefined;
  const entry = { at: now.toISOString(), what: 'left', form: 'by hand', network: '' } as const;
  return recorded(left.subscriber, entry);
};

const erasing: Departing = (known, now) => (isErased(known) ? undefined : erased(known, now));

export const leaveAll = ([path]: string[]): Promise<number> => departAll(path, leaving, 'have left');
export const eraseAll = ([path]: string[]): Promise<number> => departAll(path, erasing, 'are erased');

/** A line that is no id is named and skipped: CloudWatch's tables have a head. Answers 1 where no line is one. */
async function departAll(path: string | undefined, departing: Departing, done: string): Promise<number> {
  if (path === undefined) throw new Error('Name the file with an id on each line (docs/restore.md)');
  const counts = { done: 0, nothing: 0, skipped: 0 };
  try {
    for await (const text of createInterface({ input: createReadStream(path) })) {
      const id = SubscriberId.safeParse(text.trim().replace(/^"|"$/g, ''));
      if (!id.success) {
        console.error(`skipped, no id: ${text}`);
        counts.skipped++;
      } else if (await depart(id.data, departing)) counts.done++;
      else counts.nothing++;
    }
  } catch (cause) {
    throw new Error(`Can't go through the ids in ${path}`, { cause });
  }
  console.log(
    `${counts.done} ${done}, ${counts.nothing} had before or are not known, ${counts.skipped} skipped`,
  );
  return counts.done + counts.nothing > 0 ? 0 : 1;
}

/** Somebody else's write in between means: read again. */
async function depart(subscriberId: string, departing: Departing): Promise<boolean> {
  const known = await subscribers.find(subscriberId);
  const next = known && departing(known, new Date());
  if (!next) return false;
  return (await subscribers.save(next, known)) || depart(subscriberId, departing);
}
