/** The owner of a new address agrees to it: the row there comes first, then the old one ends. */
import { keys } from '../aws/keys';
import { log } from '../aws/log';
import * as subscribers from '../aws/subscribers';
import type { Visit } from '../aws/visit';
import { recorded, type Consent } from '../core/consent';
import { subscriberIdOf, SubscriberId, verify } from '../core/identity';
import { leave } from '../core/leaving';
import { departed, move, type Moving } from '../core/moving';
import { isReader } from '../core/preferences';
import type { Subscriber } from '../core/subscriber';
import { change } from './holder';

export interface MoveLink {
  /** Signed for the id of the new address. */
  token: string;
  /** The old row's id; without the token it opens nothing. */
  from: string;
}

interface Look {
  moving: Moving;
  /** The new address: its id, and what is known of it. */
  to: string;
  target: Subscriber | undefined;
}

/** What the link would do now, or does: changes nothing. */
export async function lookAtMove({ token, from }: MoveLink, now: Date): Promise<Look> {
  const signing = await keys();
  const link = verify(signing, 'change-address', token);
  if (!link || !SubscriberId.safeParse(from).success)
    return { moving: { outcome: 'expired' }, to: '', target: undefined };
  const to = link.subscriberId;
  const [known, target] = await Promise.all([subscribers.find(from), subscribers.find(to)]);
  const asked = known?.moving?.to;
  const address = asked && subscriberIdOf(asked, signing) === to ? asked : undefined;
  return { moving: move(known, address, target, link, now), to, target };
}

/** Of two clicks at once one saves; the other reads again and finds that nothing is left to do. */
export async function moveBy(
  link: MoveLink,
  visit: Visit,
): Promise<{ outcome: 'arrived'; to: string } | { outcome: 'taken' | 'expired' }> {
  const { moving, to, target } = await lookAtMove(link, visit.now);
  if (moving.outcome === 'taken' || moving.outcome === 'expired') return { outcome: moving.outcome };
  if (
    moving.outcome === 'moving' &&
    !(await subscribers.save(agreed(moving.arriving, 'confirmed', visit), target))
  )
    return moveBy(link, visit);
  await end(link.from, to, visit);
  return { outcome: 'arrived', to };
}

const agreed = (row: Subscriber, what: Consent['what'], visit: Visit): Subscriber =>
  recorded(row, { at: visit.now.toISOString(), what, ...visit.cameFrom('/preferences/move') });

/** Who left by the old address while the new row was written has left by the new one too. */
async function end(from: string, to: string, visit: Visit): Promise<void> {
  const known = await subscribers.find(from);
  if (known?.movedTo?.subscriberId === to || known?.status === 'suppressed') return;
  const gone = known && isReader(known) ? departed(known, to, visit.now) : undefined;
  if (!gone) return endBoth(to, visit);
  if (!(await subscribers.save(agreed(gone, 'left', visit), known))) return end(from, to, visit);
  log('subscriber.moved', { subscriberId: to, from });
}

async function endBoth(to: string, visit: Visit): Promise<void> {
  await change(to, (arrived) => {
    const leaving = leave(arrived, visit.now);
    return leaving.outcome === 'left' ? agreed(leaving.subscriber, 'left', visit) : arrived;
  });
  log('subscriber.unsubscribed', { subscriberId: to, outcome: 'left meanwhile' });
}
