/** The pages of the preferences: plain forms that work without scripts, one for each thing a reader may want to change. */
import type { Period } from '../lambdas/core/calendar';
import { isPaused, locales, LONGEST_PAUSE, type Locale, type TypedSearch } from '../lambdas/core/preferences';
import { MOST_SEARCHES } from '../lambdas/core/search';
import { Cadence, type Settings } from '../lambdas/core/settings';
import type { Subscriber } from '../lambdas/core/subscriber';
import { comingOf, often } from './coming';
import { html, type Markup } from './markup';
import { page } from './page-layout';
import { plural } from './paper-lines';

/** What came of the last click; `mistaken` and `counted` show what was typed and is not saved. */
export type Note = 'saved' | 'counted' | 'mistaken' | 'paused' | 'resumed';

export interface Preferences {
  reader: Subscriber;
  now: Date;
  /** Opens this page, and changes what it shows. */
  token: string;
  unsubscribe: string;
  /** As they stand in the form. */
  cadence: Cadence;
  locale: Locale;
  note: Note | undefined;
  /** `matches`: how many papers of the period. */
  searches: readonly (TypedSearch & { matches: number | undefined })[];
  period: Period;
  /** How many papers were listed in the period. */
  papers: number;
}

export const preferencesPage = (settings: Settings, preferences: Preferences): string =>
  page(settings, {
    title: 'Your preferences',
    main: html`<h1>Your preferences</h1>
      ${standing(settings, preferences)} ${whatComes(settings, preferences)} ${pauseForm(preferences)}
      ${addressForm(preferences)} ${yourData(settings, preferences)}`,
  });

const NOTES: Record<Note, string> = {
  saved: 'Saved. It counts from the next edition on.',
  counted: 'Counted, and not saved yet: press “Save” to keep it.',
  mistaken: 'Not saved yet: one of the searches needs another look. The field says why.',
  paused: 'Paused. Nothing else has changed.',
  resumed: 'On again: the next edition comes to you.',
};

function standing({ name }: Settings, { reader, now, locale, note }: Preferences): Markup {
  const { pausedUntil } = reader;
  const pause = pausedUntil ? html` until ${dateOf(new Date(pausedUntil), locale)}` : '';
  return html`${note ? html`<p class="note" role="status">${NOTES[note]}</p>` : ''}
    <p>
      ${name} for <strong>${reader.address}</strong>:
      ${isPaused(reader, now) ? html`paused${pause}, then ${comingOf(reader)}` : comingOf(reader)}.
    </p>`;
}

function whatComes({ cadences }: Settings, preferences: Preferences): Markup {
  const offered = Cadence.options.filter((cadence) => cadences[cadence]);
  return html`<form class="card" method="post" action="/preferences">
    ${hidden(preferences)} ${offered.length > 1 ? cadenceField(offered, preferences.cadence) : ''}
    ${searchFields(preferences)} ${localeField(preferences)}
    <div class="row">
      <button name="do" value="save">Save</button>
      <button class="second" name="do" value="count">Count without saving</button>
    </div>
  </form>`;
}

export const hidden = ({ token }: { token: string }): Markup =>
  html`<input type="hidden" name="token" value="${token}" />`;

const cadenceField = (offered: readonly Cadence[], chosen: Cadence): Markup =>
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
          <label class="choice" for="${cadence}">${capital(often[cadence])}</label>
        </div>`,
    )}
  </fieldset>`;

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const searchFields = (preferences: Preferences): Markup =>
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

function searchField(preferences: Preferences, n: number): Markup {
  const { typed = '', problem, matches } = preferences.searches[n] ?? {};
  const id = `search${n + 1}`;
  const isDescribed = problem !== undefined || matches !== undefined;
  return html`<div class="field">
    <label for="${id}">Search ${n + 1}</label>
    <input
      id="${id}"
      name="${id}"
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
function matchLine({ papers, period, locale, now }: Preferences, matches: number): Markup {
  const isLast = Date.parse(period.to) + 8 * 86_400_000 > now.getTime();
  const week = html`${isLast ? 'last week' : 'in the newest week'} (${periodOf(period, locale)})`;
  return papers === 0
    ? html`No paper was listed ${week}`
    : html`Would have matched ${matches === 0 ? 'none' : matches} of ${plural(papers, 'paper')} ${week}`;
}

const format = (locale: Locale): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });

/** Marked with its language, which may not be the page's. */
const dateOf = (at: Date, locale: Locale): Markup =>
  html`<time lang="${locale}" datetime="${at.toISOString().slice(0, 10)}"
    >${format(locale).format(at)}</time
  >`;

const periodOf = ({ from, to }: Period, locale: Locale): Markup =>
  html`<span lang="${locale}">${format(locale).formatRange(new Date(from), new Date(to))}</span>`;

const LANGUAGES: Record<Locale, string> = {
  'en-GB': 'English (UK)',
  'en-US': 'English (US)',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  ja: '日本語',
  zh: '中文',
};

const localeField = ({ locale, now }: Preferences): Markup =>
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

function pauseForm(preferences: Preferences): Markup {
  const { reader, now } = preferences;
  return html`<form class="card" method="post" action="/preferences/pause">
    <h2>A pause</h2>
    ${hidden(preferences)}
    ${
      isPaused(reader, now)
        ? html`<p>No edition comes meanwhile. They wait in the <a href="/editions">archive</a>.</p>
            <input type="hidden" name="weeks" value="0" />
            <p><button class="second">Resume now</button></p>`
        : html`<p>No edition comes for a while. Then they come again by themselves.</p>
            <div class="row">
              <div>
                <label for="weeks">For how long</label>
                <select id="weeks" name="weeks">
                  ${Array.from({ length: LONGEST_PAUSE }, (_, n) => html`<option value="${n + 1}">${plural(n + 1, 'week')}</option>`)}
                </select>
              </div>
              <button class="second">Pause</button>
            </div>`
    }
  </form>`;
}

const addressForm = (preferences: Preferences): Markup =>
  html`<form class="card" method="post" action="/preferences/address">
    <h2>Another address</h2>
    ${hidden(preferences)}
    <p>We write to the new address first. Once you confirm there, everything moves along.</p>
    <div class="row">
      <div class="wide">
        <label for="email">Your new email address</label>
        <input id="email" name="email" type="email" autocomplete="email" required maxlength="254" />
      </div>
      <button class="second">Change address</button>
    </div>
  </form>`;

const yourData = (
  { name }: Settings,
  { token, unsubscribe }: { token: string; unsubscribe?: string },
): Markup =>
  html`<section class="card">
    <h2>Your data</h2>
    <p>All that is stored about you, as a file, or gone for good.</p>
    <div class="row">
      <form method="post" action="/preferences/export">
        ${hidden({ token })}<button class="second">Export my data</button>
      </form>
      <form method="post" action="/preferences/erase">
        ${hidden({ token })}<button class="second">Erase me …</button>
      </form>
    </div>
    ${unsubscribe === undefined ? '' : html`<p class="quiet">Only to leave? <a href="/unsubscribe/${unsubscribe}">Unsubscribe from ${name}</a>.</p>`}
  </section>`;

const STANDINGS: Partial<Record<Subscriber['status'], string>> = {
  pending: 'This address is not confirmed yet: nothing comes before the link in the mail is used.',
  suppressed: 'Mail to this address came back or was marked as unwanted, so nothing is sent to it any more.',
};

/** For who left: nothing to set, but what is stored is still theirs. */
export const notSubscribedPage = (settings: Settings, reader: Subscriber, token: string): string =>
  page(settings, {
    title: 'Your preferences',
    main: html`<h1>Your preferences</h1>
      <p>
        ${STANDINGS[reader.status] ?? html`${settings.name} no longer comes to this address. <a href="/#join">Sign up again</a>`}
      </p>
      ${yourData(settings, { token })}`,
  });
