/** GET / and POST /subscribe: a stranger asks to join; we write to them, and they decide. */
import * as z from 'zod';
import { invitation } from '../templates/mails';
import { stylesheet } from '../templates/page-layout';
import { checkYourInboxPage, landingPage, problemPage } from '../templates/pages';
import * as counters from './aws/counters';
import { settings } from './aws/environment';
import { web } from './aws/http';
import { keys } from './aws/keys';
import { log } from './aws/log';
import * as mailer from './aws/mailer';
import * as papers from './aws/papers';
import * as subscribers from './aws/subscribers';
import type { Visit } from './aws/visit';
import { AddressField, type Address } from './core/address';
import { periodOfWeek } from './core/calendar';
import { sign, subscriberIdOf } from './core/identity';
import type { Paper } from './core/paper';
import { rank } from './core/ranking';
import { join, type Subscriber } from './core/subscriber';

/** How many papers the front page shows. */
const LATEST = 10;
const FRESH_SECONDS = 60;

/** The bait of the form is optional: programs and foreign forms don't send it. */
const Form = z.object({ email: AddressField, website: z.string().max(1_000).default('') });

export const handler = web((problem) => problemPage(settings(), problem), {
  'GET /': async (visit) =>
    visit.html(200, landingPage(settings(), await latest()), `public, max-age=${FRESH_SECONDS}`),
  'GET /style.css': (visit) => visit.css(stylesheet),
  'POST /subscribe': async (visit) => {
    const { email, website } = await visit.form(Form);
    if (website === '') await invite(email, visit);
    const answer = { status: 'check-your-inbox', message: 'If this address can join, a mail is on its way.' };
    return visit.wantsJson() ? visit.json(202, answer) : visit.html(202, checkYourInboxPage(settings()));
  },
});

let newestKnown: { papers: readonly Paper[]; readAt: number } | undefined;

/** As fresh as the page's own cache header says: a flood of visitors reads the table once a minute. */
async function latest(): Promise<readonly Paper[]> {
  if (newestKnown && Date.now() - newestKnown.readAt < FRESH_SECONDS * 1000) return newestKnown.papers;
  const week = await papers.newestWeek();
  const all = week ? await papers.listed(periodOfWeek(week)) : [];
  newestKnown = { papers: rank(all).slice(0, LATEST), readAt: Date.now() };
  return newestKnown.papers;
}

/** The visitor gets the same page whatever happens here: strangers learn nothing about who is on the list. */
async function invite(email: Address, visit: Visit): Promise<void> {
  const subscriberId = subscriberIdOf(email, await keys());
  const known = await subscribers.find(subscriberId);
  const joining = join(known, subscriberId, email, visit.now);
  if (joining.outcome !== 'invited')
    return log('invitation.withheld', { subscriberId, reason: joining.outcome });
  if (!(await hasRoom(subscriberId, visit)))
    return log('invitation.withheld', { subscriberId, reason: 'limit' }, 'WARN');
  if (await subscribers.save(joining.subscriber, known)) await send(joining.subscriber, visit.now);
}

/** The narrowest limit first, so that one who is over it uses up nothing of the wider ones. */
async function hasRoom(subscriberId: string, { network, now }: Visit): Promise<boolean> {
  const { invitationsPerAddress, invitationsPerNetwork, invitations } = settings().limits;
  return (
    (await counters.hasRoom(`invitations#address#${subscriberId}`, invitationsPerAddress, 'day', now)) &&
    (await counters.hasRoom(`invitations#network#${network()}`, invitationsPerNetwork, 'hour', now)) &&
    (await counters.hasRoom('invitations#all', invitations, 'hour', now))
  );
}

async function send({ subscriberId, address }: Subscriber, now: Date): Promise<void> {
  const raw = invitation(address, sign(await keys(), 'confirm', subscriberId, now), settings());
  const sent = await mailer.sendPatiently({
    to: address,
    raw,
    tags: { mail: 'invitation', subscriber: subscriberId },
  });
  if (sent.outcome === 'accepted') return log('invitation.sent', { subscriberId });
  log('invitation.failed', { subscriberId, outcome: sent.outcome }, 'ERROR'); // the visitor's page stays the same
}
