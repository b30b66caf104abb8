/** The pages of leaving: the button, the goodbye with what can still be done, and the way back. */
import { UNDO_HOURS } from '../lambdas/core/returning';
import type { Cadence } from '../lambdas/core/cadences';
import type { Settings } from '../lambdas/core/settings';
import type { FarewellReason, Subscriber } from '../lambdas/core/subscriber';
import { comingOf, often } from './coming';
import { html, type Markup } from './markup';
import { notice } from './pages';

/** Opened by a link in a mail: leaving takes the button. */
export const unsubscribePage = (settings: Settings, token: string): string =>
  notice(
    settings,
    'Leave?',
    html`<p>One click, and ${settings.name} no longer comes to you.</p>`,
    html`<form method="post" action="/unsubscribe/${token}">
      <button type="submit">Unsubscribe</button>
    </form>`,
  );

/** What a reader who left a moment ago can still do: `token` names the departure, `less` a cadence they may like better. */
export interface Reconsidering {
  token: string;
  less?: Cadence | undefined;
}

/** It is done, says the first line; all else is an offer below it. */
export const goodbyePage = (settings: Settings, offer?: Reconsidering): string =>
  notice(
    settings,
    'Goodbye',
    html`<p>You are unsubscribed. No further edition comes to this address.</p>`,
    offer
      ? html`${offer.less ? lessForm(settings, offer.token, offer.less) : ''} ${undoForm(offer.token)}
        ${reasonForm(offer.token)}`
      : html`<p class="quiet">A mistake? <a href="/#join">Sign up again</a>.</p>`,
  );

const lessForm = ({ name }: Settings, token: string, less: Cadence): Markup =>
  html`<h2>Was it too much?</h2>
    <form method="post" action="/unsubscribe/${token}/less">
      <p>${name} can come ${often[less]} instead, with your searches as they were.</p>
      <p><button type="submit" class="second">Send it ${often[less]}</button></p>
    </form>`;

const undoForm = (token: string): Markup =>
  html`<h2>Was it a mistake?</h2>
    <form method="post" action="/unsubscribe/${token}/undo">
      <p>For ${UNDO_HOURS} hours, one click puts everything back as it was.</p>
      <p><button type="submit" class="second">Undo</button></p>
    </form>`;

const reasons: Record<FarewellReason, string> = {
  'too-often': 'It came too often',
  'not-for-me': 'The papers were not for me',
  'too-long': 'It was too long',
  elsewhere: 'I find papers elsewhere',
  'not-asked': 'I did not sign up for it',
  other: 'Something else',
};

const reasonForm = (token: string): Markup =>
  html`<h2>Would you say why?</h2>
    <form method="post" action="/unsubscribe/${token}/reason">
      <p>
        <label for="reason">The reason</label>
        <select id="reason" name="reason" required>
          <option value="">Choose one</option>
          ${Object.entries(reasons).map(([reason, words]) => html`<option value="${reason}">${words}</option>`)}
        </select>
      </p>
      <p>
        <label for="words">In your words, if you like</label>
        <input id="words" type="text" name="words" maxlength="500" autocomplete="off" />
      </p>
      <p><button type="submit" class="second">Send</button></p>
    </form>`;

export const thankYouPage = (settings: Settings): string =>
  notice(settings, 'Thank you', html`<p>Goodbye, and all the best. Nothing else is left to do.</p>`);

/** Opened by the link of the goodbye mail: coming back takes a button. */
export const undoPage = (settings: Settings, { token, less }: Reconsidering): string =>
  notice(
    settings,
    'Changed your mind?',
    html`<p>You have left ${settings.name}, and no further edition comes to you.</p>`,
    html`${undoForm(token)} ${less ? lessForm(settings, token, less) : ''}`,
  );

/** What comes is only for whoever has just come back: the link of the goodbye may lie about. */
export const returnedPage = (settings: Settings, reader?: Subscriber): string =>
  notice(
    settings,
    'Welcome back',
    html`<p>You are subscribed again. ${reader ? `${settings.name} comes ${comingOf(reader)}.` : ''}</p>`,
  );

export const expiredUndoPage = (settings: Settings): string =>
  notice(
    settings,
    'This can no longer be changed here',
    html`<p>
      It works for ${UNDO_HOURS} hours after you left. To get ${settings.name} again,
      <a href="/#join">sign up</a>: that takes a minute.
    </p>`,
  );
