/** What a reader typed into the form of the preferences: saved, or only counted, or shown again with what is wrong. */
import type * as z from 'zod/mini';
import { log } from '../aws/log';
import * as subscribers from '../aws/subscribers';
import type { Visit } from '../aws/visit';
import { recorded } from '../core/consent';
import { prefer, readSearches } from '../core/preferences';
import type { Subscriber } from '../core/subscriber';
import type { Preferred } from './forms';
import { change } from './holder';
import type { Draft } from './page';

type Form = z.infer<typeof Preferred>;

export async function save(
  subscriberId: string,
  { do: what, cadence, locale, zone, typed }: Form,
  visit: Visit,
): Promise<{ known: Subscriber | undefined; draft: Draft }> {
  const searches = typed && readSearches(typed);
  const isMistaken = searches?.some(({ problem }) => problem !== undefined);
  if (isMistaken || what === 'count') {
    const note = isMistaken ? 'mistaken' : 'counted';
    const asked = {
      ...(cadence && { cadence }),
      ...(locale && { locale }),
      ...(zone !== undefined && { zone }),
    };
    const draft = { searches, note, ...asked } as const;
    return { known: await subscribers.find(subscriberId), draft };
  }
  const texts = searches?.flatMap(({ text }) => text ?? []);
  const { now } = visit;
  const known = await change(subscriberId, (reader) => {
    const preferred = prefer(reader, { cadence, locale, zone, searches: texts }, now);
    if (preferred === reader) return reader;
    const origin = visit.cameFrom('/preferences');
    return recorded(preferred, { at: now.toISOString(), what: 'changed', ...origin });
  });
  log('subscriber.changed', { subscriberId });
  return { known, draft: { note: 'saved' } };
}
