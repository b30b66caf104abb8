/** A reader leaves, by a link of a mail that works for ever, and may get one last mail. */
import { settings } from '../aws/environment';
import * as joins from '../aws/joins';
import { keys } from '../aws/keys';
import { logFault } from '../aws/log';
import * as subscribers from '../aws/subscribers';
import type { Visit } from '../aws/visit';
import { recorded } from '../core/consent';
import { verify } from '../core/identity';
import { leave } from '../core/leaving';
import type { Subscriber } from '../core/subscriber';

/** The header's link and the body's are signed for purposes of their own; both may leave, and neither expires. */
export async function linkOf(token: string): Promise<{ subscriberId: string; form: string } | undefined> {
  const known = await keys();
  const oneClick = verify(known, 'one-click', token);
  const { subscriberId } = oneClick ?? verify(known, 'unsubscribe', token) ?? {};
  return subscriberId ? { subscriberId, form: oneClick ? 'list-unsubscribe' : '/unsubscribe' } : undefined;
}

/** Somebody else's write in between means: read again. The answer goes out when the row says so. */
export async function left(
  subscriberId: string,
  form: string,
  visit: Visit,
): Promise<
  | { outcome: 'left'; subscriber: Subscriber }
  | { outcome: 'not-subscribed'; subscriber: Subscriber | undefined }
> {
  const known = await subscribers.find(subscriberId);
  const leaving = leave(known, visit.now);
  if (leaving.outcome === 'not-subscribed') return { outcome: leaving.outcome, subscriber: known };
  const { network } = visit.cameFrom(form);
  const entry = { at: visit.now.toISOString(), what: 'left', form, network } as const;
  const subscriber = recorded(leaving.subscriber, entry);
  if (await subscribers.save(subscriber, known)) return { outcome: 'left', subscriber };
  return left(subscriberId, form, visit);
}

/** Milliseconds: the page that says they have left waits for this. */
const LONGEST_MS = 3_000;

/** After their row is saved, and never before. It says they left: a fault here takes nothing of that back. */
export async function askForGoodbye({ subscriberId, consent: { leftAt } }: Subscriber): Promise<void> {
  if (!settings().leaving.goodbye || !leftAt) return;
  try {
    await joins.enqueue({ wants: 'goodbye', subscriberId, leftAt }, LONGEST_MS);
  } catch (fault) {
    logFault('goodbye.unqueued', fault, { subscriberId });
  }
}
