/** The fields of what comes: how often, searches with what each would have matched, the time zone, how dates are written. */
import { locales, type Locale, type TypedSearch } from '../lambdas/core/preferences';
import type { Period } from '../lambdas/core/calendar';
import { MOST_SEARCHES } from '../lambdas/core/search';
import type { Cadence } from '../lambdas/core/cadences';
import type { Settings } from '../lambdas/core/settings';
import { zonesOffered } from '../lambdas/core/zones';
import { often } from './coming';
import { html, type Markup } from './markup';
import { plural } from './paper-lines';
import { covers } from './schedule-words';

/** As they stand in the form. */
export interface Fields {
  now: Date;
  cadence: Cadence;
  locale: Locale;
  /** Empty for the newsletter's own. */
  zone: string;
  /** `matches`: how many papers of the period. */
  searches: readonly (TypedSearch & { matches: number | undefined })[];
  period: Period;
  /** How many papers were listed in the period. */
  papers: number;
}

export const cadenceField = (offered: readonly Cadence[], chosen: Cadence): Markup =>
  html`<fieldset>
    <legend>How often</legend>
    ${offered.map(
      (cadence) =>
        html`<div class="choice">
          <input
            id="${cadence}"
            type="radio"
            name="cadence"
            value="${cadence}"
            ${cadence === chosen ? html`checked` : ''}
          />
          <label class="choice" for="${cadence}">${choiceOf(cadence)}</label>
        </div>`,
    )}
  </fieldset>`;

const choiceOf = (cadence: Cadence): Markup =>
  html`${capital(often[cadence])} <span class="quiet">${covers[cadence]}</span>`;

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export const searchFields = (preferences: Fields): Markup =>
  html`<fieldset aria-describedby="searches-hint">
    <legend>Your searches</legend>
    <p class="quiet" id="searches-hint">
      Papers that match come first in your digest. Words, <code>"a phrase"</code>,
      <code>author:"Ada Lovelace"</code>, <code>cat:cs.CL</code>. An empty field is no search.
    </p>
    ${Array.from({ length: MOST_SEARCHES }, (_, n) => searchField(preferences, n))}
  </fieldset>`;

/** Long enough to mend what was typed, short enough for a page. */
const SHOWN_AGAIN = 1_000;

function searchField(preferences: Fields, n: number): Markup {
  const { typed = '', problem, matches } = preferences.searches[n] ?? {};
  const id = `search${n + 1}`;
  const isDescribed = problem !== undefined || matches !== undefined;
  return html`<div class="field">
    <label for="${id}">Search ${n + 1}</label>
    <input
      id="${id}"
      name="${id}"
      type="text"
      maxlength="200"
      value="${typed.slice(0, SHOWN_AGAIN)}"
      ${isDescribed ? html`aria-describedby="${id}-says"` : ''}
      ${problem === undefined ? '' : html`aria-invalid="true"`}
    />
    ${problem === undefined ? '' : html`<p class="problem" id="${id}-says">${problem}</p>`}
    ${matches === undefined ? '' : html`<p class="quiet" id="${id}-says">${matchLine(preferences, matches)}</p>`}
  </div>`;
}

/** A newsletter at rest has no papers of last week; then it is the newest week that has some. */
function matchLine({ papers, period, locale, now }: Fields, matches: number): Markup {
  const isLast = Date.parse(period.to) + 8 * 86_400_000 > now.getTime();
  const week = html`${isLast ? 'last week' : 'in the newest week'} (${periodOf(period, locale)})`;
  return papers === 0
    ? html`No paper was listed ${week}`
    : html`Would have matched ${matches === 0 ? 'none' : matches} of ${plural(papers, 'paper')} ${week}`;
}

export const format = (locale: Locale): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });

/** Marked with its language, which may not be the page's. */
export const dateOf = (at: Date, locale: Locale): Markup =>
  html`<time lang="${locale}" datetime="${at.toISOString().slice(0, 10)}"
    >${format(locale).format(at)}</time
  >`;

export const periodOf = ({ from, to }: Period, locale: Locale): Markup =>
  html`<span lang="${locale}">${format(locale).formatRange(new Date(from), new Date(to))}</span>`;

/** Behind a date that is written so, which says the most. */
const LANGUAGES: Record<Locale, string> = {
  'en-GB': 'UK',
  'en-US': 'US',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  ja: '日本語',
  zh: '中文',
};

export const localeField = ({ locale, now }: Fields): Markup =>
  html`<div class="field">
    <label for="locale">How dates are written here</label>
    <select id="locale" name="locale">
      ${locales.map(
        (one) =>
          html`<option value="${one}" lang="${one}" ${one === locale ? html`selected` : ''}>
            ${format(one).format(now)} (${LANGUAGES[one]})
          </option>`,
      )}
    </select>
  </div>`;

export const zoneField = ({ timeZone }: Settings, { zone, now }: Fields): Markup =>
  html`<div class="field">
    <label for="zone">Your time zone</label>
    <select id="zone" name="zone" aria-describedby="zone-hint">
      <option value="" ${zone === '' ? html`selected` : ''}>
        The newsletter’s own (${spoken(timeZone)})
      </option>
      ${zonesOffered(now, zone).map(
        ({ name, offset }) =>
          html`<option value="${name}" ${name === zone ? html`selected` : ''}>
            ${offset} ${spoken(name)}
          </option>`,
      )}
    </select>
    <p class="quiet" id="zone-hint">An edition leaves at its hour by the clocks there.</p>
  </div>`;

/** "America/New_York" as "New York". */
const spoken = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
