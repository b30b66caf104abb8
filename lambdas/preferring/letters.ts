/** The mails about preferences: a fresh link for who lost theirs, and the question at a new address. */
import { linkMail, newAddressMail, takenMail } from '../../templates/preferences-mails';
import * as counters from '../aws/counters';
import { settings } from '../aws/environment';
import * as joins from '../aws/joins';
import { keys } from '../aws/keys';
import { log } from '../aws/log';
import * as mailer from '../aws/mailer';
import * as subscribers from '../aws/subscribers';
import type { Visit } from '../aws/visit';
import type { Address } from '../core/address';
import type { Letter } from '../core/ask';
import { sign, subscriberIdOf } from '../core/identity';
import { arrivalAt, askToMove } from '../core/moving';
import { isReader } from '../core/preferences';
import { change } from './holder';

/**
 * On to the queue, without a look at who is on the list: the same work for every address, so that not even the time an
 * answer takes tells anything.
 */
export async function pass(letter: Letter, { network, now }: Visit): Promise<void> {
  if (await counters.mayAsk(network(), now)) return joins.enqueue(letter);
  log('preferences.withheld', { reason: 'network' }, 'WARN');
}

/** Remembers where a reader wants to move; the reader gets the same page whatever that address is to us. */
export async function askForMove(from: string, to: Address, visit: Visit): Promise<void> {
  const known = await change(from, (reader) => askToMove(reader, to, visit.now));
  if (known?.moving) await pass({ wants: 'move', email: to, from }, visit);
}

interface Mail {
  mail: string;
  to: Address;
  raw: string;
}

/** Where no visitor waits. @throws Error when SES may take it later: the message comes back */
export async function writeLetter(letter: Letter, now: Date): Promise<void> {
  const subscriberId = subscriberIdOf(letter.email, await keys());
  const written = await (letter.wants === 'link' ? link(subscriberId) : question(subscriberId, letter, now));
  if (!written) return log('preferences.withheld', { subscriberId, reason: 'nobody to write to' });
  if (!(await counters.mayBeWrittenTo(subscriberId, now)))
    return log('preferences.withheld', { subscriberId, reason: 'limit' }, 'WARN');
  const { mail, to, raw } = written;
  const { outcome } = await mailer.sendPatiently({ to, raw, tags: { mail, subscriber: subscriberId } });
  if (outcome === 'accepted') return log('preferences.sent', { subscriberId, mail });
  log('preferences.failed', { subscriberId, mail, outcome }, 'ERROR');
  if (outcome !== 'refused') throw new Error(`Can't send the ${mail}: SES's answer is "${outcome}"`);
}

/** To readers only, and to the address as they confirmed it. */
async function link(subscriberId: string): Promise<Mail | undefined> {
  const known = await subscribers.find(subscriberId);
  if (!known || !isReader(known)) return undefined;
  const { address: to } = known;
  return {
    mail: 'preferences',
    to,
    raw: linkMail(to, sign(await keys(), 'preferences', subscriberId), settings()),
  };
}

async function question(
  subscriberId: string,
  { email: to, from }: { email: Address; from: string },
  now: Date,
): Promise<Mail | undefined> {
  switch (arrivalAt(await subscribers.find(subscriberId))) {
    case 'suppressed':
      return undefined;
    case 'taken': {
      const token = sign(await keys(), 'preferences', subscriberId);
      return { mail: 'address-taken', to, raw: takenMail(to, token, settings()) };
    }
    case 'open': {
      const token = sign(await keys(), 'change-address', subscriberId, now);
      return { mail: 'new-address', to, raw: newAddressMail(to, { token, from }, settings()) };
    }
  }
}
