/** What didn't come about that should have, as figures that alarms go by (docs/runbook.md). */
import { countDeadLetters } from '../aws/dead-letters';
import * as editions from '../aws/editions';
import { settings } from '../aws/environment';
import { log, metric } from '../aws/log';
import { watchedSince } from '../aws/watched';
import type { Edition } from '../core/edition';
import { booksAreOverdue, editionExpected, isStuck } from '../core/overdue';
import { Cadence } from '../core/cadences';

/** `looked`: the newest editions as they stand after a look at them. */
export async function watch(looked: readonly Edition[], now: Date): Promise<void> {
  const missing = await missingEditions(now);
  for (const editionId of missing) log('edition.missing', { editionId }, 'WARN');
  const stuck = looked.filter((edition) => isStuck(edition, now));
  for (const { editionId, status } of stuck) log('edition.stuck', { editionId, status }, 'WARN');
  await lookForDeadLetters();
  const { graceMinutes } = settings().sending;
  metric('editions.watched', {
    EditionsMissing: missing.length,
    EditionsStuck: stuck.length,
    BooksOverdue: looked.filter((edition) => booksAreOverdue(edition, graceMinutes, now)).length,
  });
}

/** One figure for all queues: an alarm for each would cost more than the rest of the idle stack's watch. */
async function lookForDeadLetters(): Promise<void> {
  const counts = await countDeadLetters();
  const DeadLetters = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (DeadLetters > 0) metric('dead-letters.found', { DeadLetters }, counts);
}

/** What was skipped is there when its builder ran; what is frozen but was never queued, nobody will ever send. */
async function missingEditions(now: Date): Promise<string[]> {
  const { cadences, timeZone } = settings();
  const missing: string[] = [];
  for (const cadence of Cadence.options) {
    const cron = cadences[cadence]?.cron;
    if (!cron) continue;
    const since = await watchedSince(cadence, `${cron} ${timeZone}`, now);
    const editionId = editionExpected({ cadence, cron, timeZone, since }, now);
    const edition = editionId && (await editions.find(editionId));
    if (editionId && !(edition && isUnderWay(edition))) missing.push(editionId);
  }
  return missing;
}

const isUnderWay = ({ status, queuedAt }: Edition): boolean => status !== 'sending' || queuedAt !== undefined;
