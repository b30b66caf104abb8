/** What SES reports of a mail: a fact beside its delivery, a suppressed subscriber, and an edition that stops in time. */
import * as deliveries from './aws/deliveries';
import * as editions from './aws/editions';
import { settings } from './aws/environment';
import { messages } from './aws/events';
import { keys } from './aws/keys';
import * as lanes from './aws/lanes';
import { log } from './aws/log';
import * as subscribers from './aws/subscribers';
import { tripped } from './core/books';
import { EditionId } from './core/edition';
import { concerns, factOf, heard, matters, SOFT_WINDOW, type Fact } from './core/feedback';
import { shardOf, SubscriberId } from './core/identity';
import { SesEvent } from './core/ses-event';
import type { Subscriber } from './core/subscriber';

export const handler = messages('feedback', SesEvent, async (event) => {
  const fact = factOf(event);
  const { tags } = event.detail.mail;
  const subscriberId = SubscriberId.safeParse(tags['subscriber']?.[0]);
  if (!fact || !subscriberId.success) return log('feedback.ignored', { eventType: event.detail.eventType });
  if (!concerns(event, subscriberId.data, await keys()))
    return log('feedback.foreign', { subscriberId: subscriberId.data }, 'WARN');
  const editionId = EditionId.safeParse(tags['edition']?.[0]).data;
  if (!matters(fact)) return editionId && note(editionId, subscriberId.data, fact);
  if (editionId) await record(editionId, subscriberId.data, fact);
  const known = await subscribers.find(subscriberId.data);
  if (known) await hear(known, fact, editionId);
});

/** A fact about the mail alone. That SES took it is news only where the sender doesn't say so itself. */
async function note(editionId: string, subscriberId: string, fact: Fact): Promise<void> {
  const lane = { editionId, shard: shardOf(subscriberId) };
  if (fact === 'sent' && (await deliveries.isSent(lane, subscriberId))) return;
  await deliveries.recordFacts(lane, subscriberId, [fact]);
}

async function record(editionId: string, subscriberId: string, fact: Fact): Promise<void> {
  const lane = { editionId, shard: shardOf(subscriberId) };
  const isNew = (await deliveries.recordFacts(lane, subscriberId, [fact])).length > 0;
  if (isNew && (fact === 'bounced' || fact === 'complained')) await watch(editionId, fact);
}

/** The breaker: stops the edition before SES reviews the account (at 5 % bounces or 0.1 % complaints). */
async function watch(editionId: string, fact: 'bounced' | 'complained'): Promise<void> {
  const trouble = await editions.countTrouble(editionId, { bounced: 0, complained: 0, [fact]: 1 });
  const walked = [...(await lanes.ofEdition(editionId)).values()];
  const claimed = walked.reduce((sum, lane) => sum + (lane.audience ?? 0), 0);
  const reason = tripped(trouble, claimed, settings().sending);
  if (reason && (await editions.pause(editionId, reason)))
    log('edition.paused', { editionId, reason }, 'ERROR');
}

/** Somebody else's write in between means: read again. */
async function hear(known: Subscriber, fact: Fact, editionId: string | undefined): Promise<void> {
  const { subscriberId } = known;
  const lastEditions = fact === 'soft-bounced' ? await lastOf(known.cadence) : [];
  const next = heard(known, fact, { editionId, lastEditions, now: new Date() });
  if (!next) return;
  if (!(await subscribers.save(next, known))) {
    const newer = await subscribers.find(subscriberId);
    return newer && hear(newer, fact, editionId);
  }
  if (next.status === 'suppressed') log('subscriber.suppressed', { subscriberId, reason: fact });
}

async function lastOf(cadence: string): Promise<string[]> {
  const newest = await editions.newest(50);
  const ofCadence = newest.filter((listed) => listed.cadence === cadence);
  return ofCadence.slice(0, SOFT_WINDOW).map(({ editionId }) => editionId);
}
