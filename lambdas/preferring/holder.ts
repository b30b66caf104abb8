/** Who holds a link to the preferences, and how what is stored of them changes. */
import { keys } from '../aws/keys';
import * as subscribers from '../aws/subscribers';
import { verify } from '../core/identity';
import { Problem } from '../core/problem';
import type { Subscriber } from '../core/subscriber';

export const incompleteLink = new Problem(
  400,
  'This link is incomplete',
  'A part of it got lost on the way. Open it again from the mail, whole, or have a fresh one sent.',
);

/** The id in a token that opens the preferences; throws `incompleteLink` for any other. */
export async function holderOf(token: string): Promise<string> {
  const link = verify(await keys(), 'preferences', token);
  if (!link) throw incompleteLink;
  return link.subscriberId;
}

/** Somebody else's write in between means: read again. Answers the row as it is now, undefined where there is none. */
export async function change(
  subscriberId: string,
  decide: (known: Subscriber) => Subscriber,
): Promise<Subscriber | undefined> {
  const known = await subscribers.find(subscriberId);
  const next = known && decide(known);
  if (!next || next === known || (await subscribers.save(next, known))) return next;
  return change(subscriberId, decide);
}
