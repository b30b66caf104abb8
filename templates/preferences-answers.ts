/** What a reader sees beside the preferences themselves: each page says one thing, or asks one. */
import type { Problem } from '../lambdas/core/problem';
import type { Settings } from '../lambdas/core/settings';
import { html } from './markup';
import { notice } from './pages';
import { hidden } from './preferences-pages';

export const nothingKeptPage = (settings: Settings): string =>
  notice(
    settings,
    'Nothing is stored',
    html`<p>
      There is nothing about this address to show or to change. <a href="/#join">Sign up</a> any time.
    </p>`,
  );

/** For who has no link, or a damaged one. */
export const lostMailPage = (settings: Settings, problem?: Problem): string =>
  notice(
    settings,
    problem?.title ?? 'Your preferences',
    html`<p>
      ${problem?.detail ?? 'Every mail has a link to them. Lost your mail? Have a fresh link sent.'}
    </p>`,
    html`<form method="post" action="/preferences/link">
      <div class="row">
        <div class="wide">
          <label for="email">Your email address</label>
          <input id="email" name="email" type="email" autocomplete="email" required maxlength="254" />
        </div>
        <button type="submit">Send me a link</button>
      </div>
      <div class="bait" aria-hidden="true">
        <label for="website">Leave this empty</label>
        <input id="website" type="text" name="website" tabindex="-1" autocomplete="off" />
      </div>
    </form>`,
  );

/** The answer to every request for a link, whatever came of it. */
export const linkSentPage = (settings: Settings): string =>
  notice(
    settings,
    'Check your inbox',
    html`<p>If ${settings.name} comes to this address, a mail with a fresh link is on its way.</p>`,
    html`<p class="quiet">Nothing there after a few minutes? Look in the spam folder.</p>`,
  );

export const questionSentPage = (settings: Settings, to: string): string =>
  notice(
    settings,
    'Check your new inbox',
    html`<p>A mail to <strong>${to}</strong> asks for your confirmation. Until then nothing changes.</p>`,
    html`<p class="quiet">
      Nothing there after a few minutes? Look in the spam folder, or check the address.
    </p>`,
  );

/** Opened by a link in a mail, and by every scanner that looks at the mail: moving takes the button. */
export const movePage = (settings: Settings, { token, from }: { token: string; from: string }): string =>
  notice(
    settings,
    'One more click',
    html`<p>
      Confirm that ${settings.name} is to come to this address from now on, and no longer to the old one.
    </p>`,
    html`<form method="post" action="/preferences/move">
      ${hidden({ token })}<input type="hidden" name="from" value="${from}" /><button type="submit">
        Yes, send it here
      </button>
    </form>`,
  );

/** `token` opens the preferences of the new address. */
export const movedPage = (settings: Settings, token: string): string =>
  notice(
    settings,
    'You have moved',
    html`<p>
      From the next edition on, ${settings.name} comes to your new address, with the same searches. The old
      one is unsubscribed.
    </p>`,
    html`<p>
      <a href="/preferences?token=${token}">Your preferences</a>, or <a href="/editions">past editions</a>
    </p>`,
  );

export const notMovedPage = (settings: Settings, why: 'taken' | 'expired'): string =>
  why === 'taken'
    ? notice(
        settings,
        'Nothing to move',
        html`<p>${settings.name} comes to this address already, with a subscription of its own.</p>`,
      )
    : notice(
        settings,
        'This link no longer works',
        html`<p>
          It may be too old, or used already. Change the address again on the page of your preferences.
        </p>`,
        html`<p><a href="/preferences">To your preferences</a></p>`,
      );

export const erasePage = (
  settings: Settings,
  { token, confirming }: { token: string; confirming: string },
): string =>
  notice(
    settings,
    'Erase everything?',
    html`<p>
      Your address, your searches and what you agreed to are erased at once and for good, and nothing comes
      any more. What stays is a keyed number that says nothing by itself. It keeps a blocked address blocked,
      and lets the edition under way be counted.
    </p>`,
    html`<div class="row">
      <form method="post" action="/preferences/erase">
        ${hidden({ token: confirming })}<button type="submit">Yes, erase me</button>
      </form>
      <p><a href="/preferences?token=${token}">No, back to my preferences</a></p>
    </div>`,
  );

export const erasedPage = (settings: Settings): string =>
  notice(
    settings,
    'You are erased',
    html`<p>
      Nothing is stored about you any more, and nothing comes. Sign up again any time, as if for the first.
    </p>`,
  );
