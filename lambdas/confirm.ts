/** GET and POST /confirm: the owner of an address agrees, and is welcomed. */
import * as z from 'zod';
import { welcome } from '../templates/mails';
import { confirmPage, expiredPage, problemPage, welcomedPage } from '../templates/pages';
import * as editions from './aws/editions';
import { settings } from './aws/environment';
import { web } from './aws/http';
import { keys } from './aws/keys';
import { log } from './aws/log';
import * as mailer from './aws/mailer';
import * as subscribers from './aws/subscribers';
import { sign, verify } from './core/identity';
import { confirm, type Confirming, type Subscriber } from './core/subscriber';

const Form = z.object({ token: z.string('The link is incomplete: open it again from the mail.').max(200) });

export const handler = web((problem) => problemPage(settings(), problem), {
  'GET /confirm': async (visit) => {
    const token = visit.query('token');
    const link = verify(await keys(), 'confirm', token);
    return visit.html(200, link ? confirmPage(settings(), token) : expiredPage(settings()));
  },
  'POST /confirm': async (visit) => {
    const { token } = await visit.form(Form);
    const link = verify(await keys(), 'confirm', token);
    const outcome = link ? await confirmed(link, visit.now) : 'expired';
    return visit.html(200, outcome === 'expired' ? expiredPage(settings()) : welcomedPage(settings()));
  },
});

/** Of two clicks at once one saves and welcomes; the other reads again and finds an active reader. */
async function confirmed(
  link: { subscriberId: string; issuedAt: Date },
  now: Date,
): Promise<Confirming['outcome']> {
  const known = await subscribers.find(link.subscriberId);
  const confirming = confirm(known, link.issuedAt, now);
  if (confirming.outcome !== 'welcomed') return confirming.outcome;
  if (!(await subscribers.save(confirming.subscriber, known))) return confirmed(link, now);
  await greet(confirming.subscriber);
  return 'welcomed';
}

/** A welcome that fails to leave takes nothing back: the reader is in. */
async function greet({ subscriberId, address }: Subscriber): Promise<void> {
  const [signing, [newest]] = await Promise.all([keys(), editions.newest(1)]);
  const tokens = {
    unsubscribe: sign(signing, 'unsubscribe', subscriberId),
    oneClick: sign(signing, 'one-click', subscriberId),
  };
  const raw = welcome(address, tokens, newest, settings());
  const sent = await mailer.sendPatiently({
    to: address,
    raw,
    tags: { mail: 'welcome', subscriber: subscriberId },
  });
  log('subscriber.confirmed', { subscriberId, welcome: sent.outcome });
}
