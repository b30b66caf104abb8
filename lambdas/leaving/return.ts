/** A departure is taken back, by a token that names it and works for a day. */
import { settings } from '../aws/environment';
import { keys } from '../aws/keys';
import { log } from '../aws/log';
import * as subscribers from '../aws/subscribers';
import type { Visit } from '../aws/visit';
import { recorded } from '../core/consent';
import { verify } from '../core/identity';
import { comeBack, lessOften, type Returning } from '../core/returning';

export const departureOf = async (visit: Visit) => verify(await keys(), 'undo', visit.part('token'));

/** Of two clicks at once one saves; the other reads again and finds that nothing is left to do. */
export async function back(
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
