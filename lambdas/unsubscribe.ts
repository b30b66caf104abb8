/** GET and POST /unsubscribe/{token}: a reader leaves, by the page's button or by their mail program's (RFC 8058). */
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import {
  expiredUndoPage,
  goodbyePage,
  returnedPage,
  thankYouPage,
  undoPage,
  unsubscribePage,
  type Reconsidering,
} from '../templates/goodbye-pages';
import { brokenLinkPage, problemPage } from '../templates/pages';
import { settings } from './aws/environment';
import { web } from './aws/http';
import { keys } from './aws/keys';
import { log, metric } from './aws/log';
import * as subscribers from './aws/subscribers';
import type { Visit } from './aws/visit';
import { RELIED_ON_MS } from './core/delivery';
import { sign } from './core/identity';
import { canReturn, comeBack, explain, lessOften, type Returning } from './core/returning';
import { FarewellReason, type Subscriber } from './core/subscriber';
import { askForGoodbye, left, linkOf } from './leaving/departure';
import { back, departureOf } from './leaving/return';

const Reason = z.object({
  reason: z.enum(FarewellReason.options, 'Choose one of the reasons.'),
  words: z._default(
    z
      .string('Give your words once, as text.')
      .check(z.trim(), z.maxLength(500, 'Use at most 500 characters.')),
    '',
  ),
});

export const handler = web((problem) => problemPage(settings(), problem), {
  'GET /unsubscribe/:token': async (visit) => {
    const token = visit.part('token');
    const link = await linkOf(token);
    if (!link) return visit.html(404, brokenLinkPage(settings()));
    const known = await subscribers.find(link.subscriberId);
    return known && canReturn(known, visit.now)
      ? goodbye(visit, known)
      : visit.html(200, unsubscribePage(settings(), token));
  },
  // RFC 8058 §3.2: at once, whatever the body says, without cookie, login or redirect.
  'POST /unsubscribe/:token': async (visit) => {
    const link = await linkOf(visit.part('token'));
    if (!link) return visit.html(404, brokenLinkPage(settings()));
    const { outcome, subscriber } = await left(link.subscriberId, link.form, visit);
    // after the pause no edition to them is begun
    if (outcome === 'left') await Promise.all([pause(2 * RELIED_ON_MS), askForGoodbye(subscriber)]);
    const Departures = outcome === 'left' ? 1 : 0;
    metric(
      'subscriber.unsubscribed',
      { Departures },
      { subscriberId: link.subscriberId, outcome, form: link.form },
    );
    return goodbye(visit, subscriber);
  },
  'GET /unsubscribe/:token/undo': async (visit) => {
    const departure = await departureOf(visit);
    if (!departure) return visit.html(404, expiredUndoPage(settings()));
    const known = await subscribers.find(departure.subscriberId);
    const returning = comeBack(known, departure.issuedAt, visit.now);
    return returning.outcome === 'returned'
      ? visit.html(200, undoPage(settings(), offerTo(returning.subscriber, visit.part('token'))))
      : visit.html(200, pageOf(returning));
  },
  'POST /unsubscribe/:token/undo': (visit) => returned(visit, 'undo'),
  'POST /unsubscribe/:token/less': (visit) => returned(visit, 'less'),
  'POST /unsubscribe/:token/reason': async (visit) => {
    const departure = await departureOf(visit);
    if (!departure) return visit.html(404, expiredUndoPage(settings()));
    const { reason, words } = await visit.form(Reason);
    const known = await subscribers.find(departure.subscriberId);
    const explained = explain(known, departure.issuedAt, { reason, words }, visit.now);
    // somebody else's write in between means that the reason is of no interest any more
    if (explained && (await subscribers.save(explained, known)))
      log('subscriber.explained', { subscriberId: departure.subscriberId, reason });
    return visit.html(200, thankYouPage(settings()));
  },
});

/** What can still be done is offered behind a link of its own: those that leave work for ever, and bring nobody back. */
async function goodbye(visit: Visit, subscriber: Subscriber | undefined): Promise<Response> {
  const leftAt = subscriber?.consent.leftAt;
  if (!subscriber || !leftAt || !canReturn(subscriber, visit.now))
    return visit.html(200, goodbyePage(settings()));
  const token = sign(await keys(), 'undo', subscriber.subscriberId, new Date(leftAt));
  return visit.html(200, goodbyePage(settings(), offerTo(subscriber, token)));
}

const offerTo = (reader: Subscriber, token: string): Reconsidering => ({
  token,
  less: lessOften(reader, settings()),
});

async function returned(visit: Visit, how: 'undo' | 'less'): Promise<Response> {
  const departure = await departureOf(visit);
  if (!departure) return visit.html(404, expiredUndoPage(settings()));
  return visit.html(200, pageOf(await back(departure, how, visit)));
}

function pageOf(returning: Returning): string {
  switch (returning.outcome) {
    case 'returned':
      return returnedPage(settings(), returning.subscriber);
    case 'already-active':
      return returnedPage(settings());
    case 'expired':
      return expiredUndoPage(settings());
  }
}
