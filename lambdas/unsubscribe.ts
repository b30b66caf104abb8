/** GET and POST /unsubscribe/{token}: a reader leaves, by the page's button or by their mail program's (RFC 8058). */
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import {
  expiredUndoPage,
  goodbyePage,
  returnedPage,
  thankYouPage,
  unsubscribePage,
} from '../templates/goodbye-pages';
import { brokenLinkPage, problemPage } from '../templates/pages';
import { settings } from './aws/environment';
import { web } from './aws/http';
import { keys } from './aws/keys';
import { log } from './aws/log';
import * as subscribers from './aws/subscribers';
import type { Visit } from './aws/visit';
import { recorded } from './core/consent';
import { RELIED_ON_MS } from './core/delivery';
import { sign, verify } from './core/identity';
import { leave } from './core/leaving';
import { canReturn, comeBack, explain, lessOften, type Returning } from './core/returning';
import { FarewellReason, type Subscriber } from './core/subscriber';

const Reason = z.object({
  reason: z.enum(FarewellReason.options, 'Choose one of the reasons.'),
  words: z
    .string('Give your words once, as text.')
    .trim()
    .max(500, 'Use at most 500 characters.')
    .default(''),
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
    if (outcome === 'left') await pause(2 * RELIED_ON_MS); // from here on no mail is begun
    log('subscriber.unsubscribed', { subscriberId: link.subscriberId, outcome, form: link.form });
    return goodbye(visit, subscriber);
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

/** The header's link and the body's are signed for purposes of their own; both may leave, and neither expires. */
async function linkOf(token: string): Promise<{ subscriberId: string; form: string } | undefined> {
  const known = await keys();
  const oneClick = verify(known, 'one-click', token);
  const { subscriberId } = oneClick ?? verify(known, 'unsubscribe', token) ?? {};
  return subscriberId ? { subscriberId, form: oneClick ? 'list-unsubscribe' : '/unsubscribe' } : undefined;
}

/** Somebody else's write in between means: read again. The answer goes out when the row says so. */
async function left(
  subscriberId: string,
  form: string,
  visit: Visit,
): Promise<{ outcome: 'left' | 'not-subscribed'; subscriber: Subscriber | undefined }> {
  const known = await subscribers.find(subscriberId);
  const leaving = leave(known, visit.now);
  if (leaving.outcome === 'not-subscribed') return { outcome: leaving.outcome, subscriber: known };
  const { network } = visit.cameFrom(form);
  const entry = { at: visit.now.toISOString(), what: 'left', form, network } as const;
  const subscriber = recorded(leaving.subscriber, entry);
  if (await subscribers.save(subscriber, known)) return { outcome: 'left', subscriber };
  return left(subscriberId, form, visit);
}

/** What can still be done is offered behind a link of its own: those in mails work for ever, and bring nobody back. */
async function goodbye(visit: Visit, subscriber: Subscriber | undefined): Promise<Response> {
  const leftAt = subscriber?.consent.leftAt;
  if (!subscriber || !leftAt || !canReturn(subscriber, visit.now))
    return visit.html(200, goodbyePage(settings()));
  const token = sign(await keys(), 'undo', subscriber.subscriberId, new Date(leftAt));
  return visit.html(200, goodbyePage(settings(), { token, less: lessOften(subscriber, settings()) }));
}

const departureOf = async (visit: Visit) => verify(await keys(), 'undo', visit.part('token'));

async function returned(visit: Visit, how: 'undo' | 'less'): Promise<Response> {
  const departure = await departureOf(visit);
  const returning: Returning = departure ? await back(departure, how, visit) : { outcome: 'expired' };
  switch (returning.outcome) {
    case 'returned':
      return visit.html(200, returnedPage(settings(), returning.subscriber));
    case 'already-active':
      return visit.html(200, returnedPage(settings()));
    case 'expired':
      return visit.html(200, expiredUndoPage(settings()));
  }
}

/** Of two clicks at once one saves; the other reads again and finds that nothing is left to do. */
async function back(
  departure: { subscriberId: string; issuedAt: Date },
  how: 'undo' | 'less',
  visit: Visit,
): Promise<Returning> {
  const { subscriberId, issuedAt } = departure;
  const known = await subscribers.find(subscriberId);
  const cadence = known && how === 'less' ? lessOften(known, settings()) : undefined;
  const returning = comeBack(known, issuedAt, visit.now, cadence);
  if (returning.outcome !== 'returned') return returning;
  const at = visit.now.toISOString();
  const entry = { at, what: 'returned', ...visit.cameFrom(`/unsubscribe/${how}`) } as const;
  const subscriber = recorded(returning.subscriber, entry);
  if (!(await subscribers.save(subscriber, known))) return back(departure, how, visit);
  log('subscriber.returned', { subscriberId, how });
  return { outcome: 'returned', subscriber };
}
