/** The page that a link to the preferences opens, by the standing of whoever it is for. */
import { nothingKeptPage } from '../../templates/preferences-answers';
import { notSubscribedPage, preferencesPage, type Preferences } from '../../templates/preferences-pages';
import { settings } from '../aws/environment';
import { keys } from '../aws/keys';
import { sign } from '../core/identity';
import { isReader, localeOf, readSearches, type TypedSearch } from '../core/preferences';
import { isErased, searchesOf, type Subscriber } from '../core/subscriber';
import { counted } from './counts';

/** What was typed and is not saved, and a word on what came of it. */
export type Draft = Partial<Pick<Preferences, 'cadence' | 'locale' | 'zone' | 'note'>> & {
  searches?: readonly TypedSearch[] | undefined;
};

export async function shown(
  known: Subscriber | undefined,
  token: string,
  now: Date,
  { searches, cadence, locale, zone, note }: Draft = {},
): Promise<string> {
  if (!known || isErased(known)) return nothingKeptPage(settings());
  if (!isReader(known)) return notSubscribedPage(settings(), known, token);
  return preferencesPage(settings(), {
    reader: known,
    now,
    token,
    unsubscribe: sign(await keys(), 'unsubscribe', known.subscriberId),
    cadence: cadence ?? known.cadence,
    locale: locale ?? localeOf(known),
    zone: zone ?? known.zone ?? '',
    note,
    ...(await counted(searches ?? readSearches(searchesOf(known)), now)),
  });
}
