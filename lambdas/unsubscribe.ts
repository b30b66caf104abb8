/** GET and POST /unsubscribe/{token}: a reader leaves, by the page's button or by their mail program's (RFC 8058). */
import { setTimeout as pause } from 'node:timers/promises';
import { brokenLinkPage, goodbyePage, problemPage, unsubscribePage } from '../templates/pages';
import { settings } from './aws/environment';
import { web } from './aws/http';
import { keys } from './aws/keys';
import { log } from './aws/log';
import * as subscribers from './aws/subscribers';
import { RELIED_ON_MS } from './core/delivery';
import { verify } from './core/identity';
import { leave, type Leaving } from './core/subscriber';

export const handler = web((problem) => problemPage(settings(), problem), {
  'GET /unsubscribe/:token': async (visit) => {
    const token = visit.part('token');
    return (await idOf(token))
      ? visit.html(200, unsubscribePage(settings(), token))
      : visit.html(404, brokenLinkPage(settings()));
  },
  // RFC 8058 §3.2: at once, whatever the body says, without cookie, login or redirect.
  'POST /unsubscribe/:token': async (visit) => {
    const subscriberId = await idOf(visit.part('token'));
    if (!subscriberId) return visit.html(404, brokenLinkPage(settings()));
    const outcome = await left(subscriberId, visit.now);
    if (outcome === 'left') await pause(2 * RELIED_ON_MS); // from here on no mail is begun
    log('subscriber.unsubscribed', { subscriberId, outcome });
    return visit.html(200, goodbyePage(settings()));
  },
});

/** The header's link and the body's are signed for purposes of their own; both may leave, and neither expires. */
async function idOf(token: string): Promise<string | undefined> {
  const known = await keys();
  return (verify(known, 'one-click', token) ?? verify(known, 'unsubscribe', token))?.subscriberId;
}

/** Somebody else's write in between means: read again. The answer goes out when the row says so. */
async function left(subscriberId: string, now: Date): Promise<Leaving['outcome']> {
  const known = await subscribers.find(subscriberId);
  const leaving = leave(known, now);
  if (leaving.outcome === 'not-subscribed' || (await subscribers.save(leaving.subscriber, known)))
    return leaving.outcome;
  return left(subscriberId, now);
}
