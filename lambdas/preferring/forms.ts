/** The forms of the preferences, field by field. */
import * as z from 'zod';
import { settings } from '../aws/environment';
import { AddressField } from '../core/address';
import { Cadence } from '../core/cadences';
import { locales, LONGEST_PAUSE } from '../core/preferences';
import { isZone } from '../core/zones';

const partOfLink = z.string('The link is incomplete: open it again from the mail.').max(200);
const search = z.string('Give each search once, as text.').optional();

export const Held = z.object({ token: partOfLink });

/** What a form leaves out stays as it is; a field for a search that is there and empty gives that search up. */
export const Preferred = Held.extend({
  do: z.enum(['save', 'count'], 'Choose whether to save or only to count.').default('save'),
  cadence: Cadence.refine((cadence) => settings().cadences[cadence], 'There is no such cadence.').optional(),
  locale: z.enum(locales, 'Choose one of the languages.').optional(),
  /** Empty: the newsletter's own. */
  zone: z
    .string('Choose one of the time zones.')
    .max(64, 'Choose one of the time zones.')
    .refine((name) => name === '' || isZone(name), 'Choose one of the time zones.')
    .optional(),
  search1: search,
  search2: search,
  search3: search,
  search4: search,
  search5: search,
}).transform(({ search1, search2, search3, search4, search5, ...form }) => {
  const fields = [search1, search2, search3, search4, search5];
  const isGiven = fields.some((field) => field !== undefined);
  return { ...form, typed: isGiven ? fields.map((field = '') => field) : undefined };
});

/** No weeks: on with it. */
export const Paused = Held.extend({
  weeks: z.coerce
    .number('Choose for how many weeks.')
    .int('Choose whole weeks.')
    .min(0, 'Choose a week at least.')
    .max(LONGEST_PAUSE, `Choose ${LONGEST_PAUSE} weeks at most.`),
});

/** The website is bait. */
export const Lost = z.object({ email: AddressField, website: z.string().max(1_000).default('') });

export const NewAddress = Held.extend({ email: AddressField });

export const Move = Held.extend({ from: partOfLink });
