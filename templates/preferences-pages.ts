/** The pages of the preferences: plain forms that work without scripts, one for each thing a reader may want to change. */
import { isPaused, LONGEST_PAUSE } from '../lambdas/core/preferences';
import { Cadence } from '../lambdas/core/cadences';
import type { Settings } from '../lambdas/core/settings';
import type { Subscriber } from '../lambdas/core/subscriber';
import { comingOf } from './coming';
import { html, type Markup } from './markup';
import { page } from './page-layout';
import { plural } from './paper-lines';
import { covers } from './schedule-words';
import {
  cadenceField,
  dateOf,
  localeField,
  searchFields,
  zoneField,
  type Fields,
} from './preferences-fields';

/** What came of the last click; `mistaken` and `counted` show what was typed and is not saved. */
export type Note = 'saved' | 'counted' | 'mistaken' | 'paused' | 'resumed';

export interface Preferences extends Fields {
  reader: Subscriber;
  /** Opens this page, and changes what it shows. */
  token: string;
  unsubscribe: string;
  note: Note | undefined;
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

function whatComes(settings: Settings, preferences: Preferences): Markup {
  const offered = Cadence.options.filter((cadence) => settings.cadences[cadence]);
  return html`<form class="card" method="post" action="/preferences">
    ${hidden(preferences)}
    ${
      offered.length > 1
        ? cadenceField(offered, preferences.cadence)
        : html`<p class="quiet">Each edition has ${covers[preferences.cadence]}.</p>`
    }
    ${searchFields(preferences)} ${zoneField(settings, preferences)} ${localeField(preferences)}
    <div class="row">
      <button type="submit" name="do" value="save">Save</button>
      <button type="submit" class="second" name="do" value="count">Count without saving</button>
    </div>
  </form>`;
}

export const hidden = ({ token }: { token: string }): Markup =>
  html`<input type="hidden" name="token" value="${token}" />`;

function pauseForm(preferences: Preferences): Markup {
  const { reader, now } = preferences;
  return html`<form class="card" method="post" action="/preferences/pause">
    <h2>A pause</h2>
    ${hidden(preferences)}
    ${
      isPaused(reader, now)
        ? html`<p>No edition comes meanwhile. They wait in the <a href="/editions">archive</a>.</p>
            <input type="hidden" name="weeks" value="0" />
            <p><button type="submit" class="second">Resume now</button></p>`
        : html`<p>No edition comes for a while. Then they come again by themselves.</p>
            <div class="row">
              <div>
                <label for="weeks">For how long</label>
                <select id="weeks" name="weeks">
                  ${Array.from({ length: LONGEST_PAUSE }, (_, n) => html`<option value="${n + 1}">${plural(n + 1, 'week')}</option>`)}
                </select>
              </div>
              <button type="submit" class="second">Pause</button>
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
      <button type="submit" class="second">Change address</button>
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
        ${hidden({ token })}<button type="submit" class="second">Export my data</button>
      </form>
      <form method="post" action="/preferences/erase">
        ${hidden({ token })}<button type="submit" class="second">Erase me …</button>
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
