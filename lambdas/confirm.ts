/** GET and POST /confirm: the owner of an address agrees to join, and is welcomed, or to what was asked for since. */
import * as z from 'zod/mini';
import { welcome } from '../templates/mails';
import { changedPage, confirmPage, expiredPage, problemPage, welcomedPage } from '../templates/pages';
import * as editions from './aws/editions';
import { settings } from './aws/environment';
import { web } from './aws/http';
import { keys } from './aws/keys';
import { log, metric } from './aws/log';
import * as mailer from './aws/mailer';
import * as subscribers from './aws/subscribers';
import type { Visit } from './aws/visit';
import { confirm, type Confirming } from './core/confirming';
import { recorded } from './core/consent';
import { sign, verify } from './core/identity';
import type { Subscriber } from './core/subscriber';

const Form = z.object({
  token: z.string('The link is incomplete: open it again from the mail.').check(z.maxLength(200)),
});

export const handler = web((problem) => problemPage(settings(), problem), {
  'GET /confirm': async (visit) => {
    const token = visit.query('token');
    const link = verify(await keys(), 'confirm', token);
    if (!link) return visit.html(404, expiredPage(settings()));
    const known = await subscribers.find(link.subscriberId);
    return visit.html(200, confirmPage(settings(), token, confirm(known, link.issuedAt, visit.now)));
  },
  'POST /confirm': async (visit) => {
    const { token } = await visit.form(Form);
    const link = verify(await keys(), 'confirm', token);
    if (!link) return visit.html(404, expiredPage(settings()));
    return visit.html(200, pageOf(await confirmed(link, visit)));
  },
});

function pageOf(confirming: Confirming): string {
  switch (confirming.outcome) {
    case 'welcomed':
      return welcomedPage(settings(), confirming.subscriber);
    case 'changed':
      return changedPage(settings(), confirming.subscriber, confirming.leftOut);
    case 'already-active':
      return welcomedPage(settings());
    case 'expired':
      return expiredPage(settings());
  }
}

/** Of two clicks at once one saves; the other reads again and finds that nothing is left to do. */
async function confirmed(link: { subscriberId: string; issuedAt: Date }, visit: Visit): Promise<Confirming> {
  const { subscriberId } = link;
  const known = await subscribers.find(subscriberId);
  const confirming = confirm(known, link.issuedAt, visit.now);
  if (!('subscriber' in confirming)) return confirming;
  const subscriber = withConsent(confirming, visit);
  if (!(await subscribers.save(subscriber, known))) return confirmed(link, visit);
  if (confirming.outcome === 'welcomed') await greet(subscriber);
  else log('subscriber.changed', { subscriberId });
  return confirming;
}

function withConsent(
  { outcome, subscriber }: Extract<Confirming, { subscriber: Subscriber }>,
  visit: Visit,
): Subscriber {
  const what = outcome === 'welcomed' ? 'confirmed' : 'changed';
  return recorded(subscriber, { at: visit.now.toISOString(), what, ...visit.cameFrom('/confirm') });
}

/** A welcome that fails to leave takes nothing back: the reader is in. */
async function greet(reader: Subscriber): Promise<void> {
  const { subscriberId, address } = reader;
  const [signing, [newest]] = await Promise.all([keys(), editions.newest(1)]);
  const tokens = {
    unsubscribe: sign(signing, 'unsubscribe', subscriberId),
    oneClick: sign(signing, 'one-click', subscriberId),
    preferences: sign(signing, 'preferences', subscriberId),
  };
  const raw = welcome(address, tokens, newest, reader, settings());
  const sent = await mailer.sendPatiently({
    to: address,
    raw,
    tags: { mail: 'welcome', subscriber: subscriberId },
  });
  metric('subscriber.confirmed', { Confirmations: 1 }, { subscriberId, welcome: sent.outcome });
}
