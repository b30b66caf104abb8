/** A second try for readers whose first one is known to have failed, or left no trace. */
import * as deliveries from '../aws/deliveries';
import * as lanes from '../aws/lanes';
import * as subscribers from '../aws/subscribers';
import type { Delivery } from '../core/delivery';
import { proveAcceptance } from '../core/feedback';
import { attempt } from './reader';
import { leaseEnd, reasonToStop, type Walk } from './walk';

/**
 * Once more to the readers whose row says `again`. Each is claimed by a row of its own first (`unknown`, one attempt
 * more), so that a crash leaves a question and never a third mail.
 */
export async function tryAgain(walk: Walk): Promise<void> {
  const { message } = walk.lease;
  for (const [subscriberId, { delivery, facts }] of await deliveries.accountsOf(message)) {
    if (delivery?.status !== 'again') continue;
    if (proveAcceptance(facts)) {
      await deliveries.change(message, delivery, { ...delivery, status: 'sent', resolved: true });
      continue; // the proof came late, but in time
    }
    const reason = await reasonToStop(walk);
    if (reason) return reason.rest === undefined ? undefined : lanes.enqueue([message], reason.rest);
    walk.leaseUntil = leaseEnd(walk.timeLeft);
    const readAt = Date.now();
    const reader = await subscribers.find(subscriberId);
    const number = delivery.attempt + 1;
    const claim: Delivery = { ...delivery, status: 'unknown', attempt: number, at: new Date().toISOString() };
    if (!(await deliveries.change(message, delivery, claim))) continue;
    const tried = reader ? await attempt(walk, reader, { number, readAt }) : { subscriberId };
    const after = 'untried' in tried && tried.untried ? delivery : (tried.row ?? gone(delivery));
    await deliveries.change(message, claim, after);
    if (tried.untried)
      return tried.untried.rest === undefined ? undefined : lanes.enqueue([message], tried.untried.rest);
  }
}

/** Who was to be tried again and is no reader any more. */
const gone = (delivery: Delivery): Delivery => ({
  ...delivery,
  status: 'skipped',
  reason: 'no longer subscribed',
});
