/** Whoever asked to join, for a search or another cadence, or left: decided here, where no visitor waits, and told by mail. */
import * as z from 'zod/mini';
import { mailFor } from '../templates/mails';
import * as counters from './aws/counters';
import { settings } from './aws/environment';
import { messages } from './aws/events';
import { keys } from './aws/keys';
import { log, metric } from './aws/log';
import * as mailer from './aws/mailer';
import * as subscribers from './aws/subscribers';
import { Ask, Goodbye, isNobodys, Letter } from './core/ask';
import { recorded } from './core/consent';
import { sign, subscriberIdOf } from './core/identity';
import { join, type Told } from './core/joining';
import { writeGoodbye } from './leaving/goodbye';
import { writeLetter } from './preferring/letters';

export const handler = messages('joins', z.union([Goodbye, Letter, Ask]), async (ask) => {
  if ('wants' in ask) return ask.wants === 'goodbye' ? writeGoodbye(ask) : writeLetter(ask, new Date());
  const subscriberId = subscriberIdOf(ask.email, await keys());
  if (isNobodys(ask.email)) return withheld(subscriberId, 'role address');
  const now = new Date();
  const joining = await decided(ask, subscriberId, now);
  if (joining) await send(joining, now);
});

/** Nothing is saved beyond a limit. Somebody else's write in between means: read and decide again. */
async function decided(
  ask: Ask,
  subscriberId: string,
  now: Date,
  isCounted = false,
): Promise<Told | undefined> {
  const known = await subscribers.find(subscriberId);
  const joining = join(known, subscriberId, ask.email, ask, now);
  if (!('subscriber' in joining)) return withheld(subscriberId, joining.outcome);
  if (!isCounted && !(await counters.mayBeWrittenTo(subscriberId, now, ask)))
    return withheld(subscriberId, 'limit');
  if (joining.outcome === 'full') return joining;
  const { askedAt: at, form, network } = ask;
  const subscriber = recorded(joining.subscriber, { at, what: 'asked', form, network });
  return (await subscribers.save(subscriber, known))
    ? { ...joining, subscriber }
    : decided(ask, subscriberId, now, true);
}

function withheld(subscriberId: string, reason: string): undefined {
  log('invitation.withheld', { subscriberId, reason }, reason === 'limit' ? 'WARN' : 'INFO');
}

/** @throws Error when SES may take it later: the message comes back, and in the end lies with the dead letters */
async function send(joining: Told, now: Date): Promise<void> {
  const { subscriberId, address } = joining.subscriber;
  const signing = await keys();
  const tokens = {
    confirm: sign(signing, 'confirm', subscriberId, now),
    preferences: sign(signing, 'preferences', subscriberId),
  };
  const { mail, raw } = mailFor(joining, tokens, settings());
  const { outcome } = await mailer.sendPatiently({
    to: address,
    raw,
    tags: { mail, subscriber: subscriberId },
  });
  if (outcome === 'accepted') return metric('invitation.sent', { Invitations: 1 }, { subscriberId, mail });
  log('invitation.failed', { subscriberId, mail, outcome }, 'ERROR');
  if (outcome !== 'refused') throw new Error(`Can't send the ${mail}: SES's answer is "${outcome}"`);
}
