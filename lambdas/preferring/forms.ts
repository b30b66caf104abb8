/** The forms of the preferences, field by field. */
import * as z from 'zod/mini';
import { settings } from '../aws/environment';
import { AddressField } from '../core/address';
import { Cadence } from '../core/cadences';
import { locales, LONGEST_PAUSE } from '../core/preferences';
import { isZone } from '../core/zones';

const partOfLink = z.string('The link is incomplete: open it again from the mail.').check(z.maxLength(200));
const search = z.optional(z.string('Give each search once, as text.'));

export const Held = z.object({ token: partOfLink });

/** What a form leaves out stays as it is; a field for a search that is there and empty gives that search up. */
export const Preferred = z.pipe(
  z.object({
    token: partOfLink,
    do: z._default(z.enum(['save', 'count'], 'Choose whether to save or only to count.'), 'save'),
    cadence: z.optional(
      Cadence.check(z.refine((cadence) => settings().cadences[cadence], 'There is no such cadence.')),
    ),
    locale: z.optional(z.enum(locales, 'Choose one of the languages.')),
    /** Empty: the newsletter's own. */
    zone: z.optional(
      z.string('Choose one of the time zones.').check(
        z.maxLength(64, 'Choose one of the time zones.'),
        z.refine((name) => name === '' || isZone(name), 'Choose one of the time zones.'),
      ),
    ),
    search1: search,
    search2: search,
    search3: search,
    search4: search,
    search5: search,
  }),
  z.transform(({ search1, search2, search3, search4, search5, ...form }) => {
    const fields = [search1, search2, search3, search4, search5];
    const isGiven = fields.some((field) => field !== undefined);
    return { ...form, typed: isGiven ? fields.map((field = '') => field) : undefined };
  }),
);

/** No weeks: on with it. */
export const Paused = z.object({
  token: partOfLink,
  weeks: z.pipe(
    z.transform(Number),
    z
      .number('Choose for how many weeks.')
      .check(
        z.int('Choose whole weeks.'),
        z.minimum(0, 'Choose a week at least.'),
        z.maximum(LONGEST_PAUSE, `Choose ${LONGEST_PAUSE} weeks at most.`),
      ),
  ),
});

/** The website is bait. */
export const Lost = z.object({
  email: AddressField,
  website: z._default(z.string().check(z.maxLength(1_000)), ''),
});

export const NewAddress = z.object({ token: partOfLink, email: AddressField });

export const Move = z.object({ token: partOfLink, from: partOfLink });
