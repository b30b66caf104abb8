/** What visitors see: every page of the site, from values to HTML. */
import type { Content, Edition } from '../lambdas/core/edition';
import type { Paper } from '../lambdas/core/paper';
import type { Problem } from '../lambdas/core/problem';
import type { Settings } from '../lambdas/core/settings';
import { INVITATION_HOURS } from '../lambdas/core/subscriber';
import { html, type Markup } from './markup';
import { page } from './page-layout';
import { abstractOf, bylineOf, linksOf, plural, titleOf } from './paper-lines';

/** The front page: the form, and the latest papers. */
export const landingPage = (settings: Settings, papers: readonly Paper[]): string =>
  page(settings, {
    title: settings.name,
    description: settings.tagline,
    main: html`<h1>${settings.tagline}</h1>
      <p>
        Every week, the research papers that the community lifted most: title, authors, a few lines, and the
        links. Free, and you leave with one click.
      </p>
      ${signUpForm}
      ${
        papers.length
          ? html`<h2>Latest papers</h2>
              ${papers.map((paper) => paperCard(paper))}`
          : html`<p class="quiet">No papers yet. The first ones come with the next import.</p>`
      }`,
  });

/** Plain HTML that works on any site. The second field is bait: people don't see it, form robots fill it in. */
const signUpForm = html`<form class="card" id="join" method="post" action="/subscribe">
  <label for="email">Your email address</label>
  <div class="row">
    <input id="email" name="email" type="email" autocomplete="email" required maxlength="254" />
    <button>Subscribe</button>
  </div>
  <div class="bait" aria-hidden="true">
    <label for="website">Leave this empty</label>
    <input id="website" name="website" tabindex="-1" autocomplete="off" />
  </div>
  <p class="quiet">
    We write to you once to ask whether it is really you. Nothing else happens until you say yes.
  </p>
</form>`;

function paperCard(paper: Paper, rank?: number): Markup {
  return html`<article class="paper">
    <h2>${rank === undefined ? '' : `${rank}. `}<a href="${paper.links.paper}">${titleOf(paper)}</a></h2>
    <p class="quiet">${bylineOf(paper)}</p>
    <p>${abstractOf(paper)}</p>
    <p class="quiet">
      ${linksOf(paper).map(({ label, url }, n) => html`${n ? ' · ' : ''}<a href="${url}">${label}</a>`)}
    </p>
  </article>`;
}

/** A page that says one thing. */
const notice = (settings: Settings, title: string, ...body: Markup[]): string =>
  page(settings, {
    title,
    main: html`<div class="card">
      <h1>${title}</h1>
      ${body}
    </div>`,
  });

/** The answer to every sign-up, whatever came of it. */
export const checkYourInboxPage = (settings: Settings): string =>
  notice(
    settings,
    'Check your inbox',
    html`<p>
      If this address can join, a mail is on its way with a link to confirm. It works for ${INVITATION_HOURS}
      hours.
    </p>`,
    html`<p class="quiet">
      Nothing there after a few minutes? Look in the spam folder, or <a href="/#join">ask again</a>.
    </p>`,
  );

/** Opened by a link in the invitation, and by every scanner that looks at the mail: so it only shows a button. */
export const confirmPage = (settings: Settings, token: string): string =>
  notice(
    settings,
    'One more click',
    html`<p>Confirm that you want ${settings.name} by mail.</p>`,
    html`<form method="post" action="/confirm">
      <input type="hidden" name="token" value="${token}" /><button>Yes, send it to me</button>
    </form>`,
  );

export const welcomedPage = (settings: Settings): string =>
  notice(
    settings,
    'You are in',
    html`<p>The next edition of ${settings.name} comes to you. Every one has a link to leave.</p>`,
    html`<p><a href="/editions">Read past editions</a> until then.</p>`,
  );

/** For links that are too old, damaged, or of somebody who left since. */
export const expiredPage = (settings: Settings): string =>
  notice(
    settings,
    'This link no longer works',
    html`<p>
      Links to confirm work for ${INVITATION_HOURS} hours. <a href="/#join">Sign up again</a> and a fresh one
      is on its way.
    </p>`,
  );

/** Opened by a link in a mail: leaving takes the button. */
export const unsubscribePage = (settings: Settings, token: string): string =>
  notice(
    settings,
    'Leave?',
    html`<p>One click, and ${settings.name} no longer comes to you.</p>`,
    html`<form method="post" action="/unsubscribe/${token}"><button>Unsubscribe</button></form>`,
  );

export const goodbyePage = (settings: Settings): string =>
  notice(
    settings,
    'Goodbye',
    html`<p>You are unsubscribed. No further edition comes to this address.</p>`,
    html`<p class="quiet">A mistake? <a href="/#join">Sign up again</a>.</p>`,
  );

export const brokenLinkPage = (settings: Settings): string =>
  notice(
    settings,
    'This link is incomplete',
    html`<p>
      A part of it got lost on the way. Open it again from the mail, whole, or use the unsubscribe button of
      your mail program.
    </p>`,
  );

/** Past editions, newest first. */
export const archivePage = (
  settings: Settings,
  editions: readonly { editionId: string; title: string }[],
): string =>
  page(settings, {
    title: 'Past editions',
    description: `All past editions of ${settings.name}`,
    main: html`<h1>Past editions</h1>
      ${
        editions.length
          ? html`<ul class="plain">
              ${editions.map(({ editionId, title }) => html`<li><a href="/editions/${editionId}">${title}</a></li>`)}
            </ul>`
          : html`<p>None yet. The first one comes on schedule.</p>`
      }`,
  });

/** One edition, as a page. */
export const editionPage = (settings: Settings, edition: Edition, { papers }: Content): string =>
  page(settings, {
    title: edition.title,
    description: `${plural(papers.length, 'paper')}: ${papers.slice(0, 3).map(titleOf).join('; ')}`,
    main: html`<h1>${edition.title}</h1>
      <p>${plural(papers.length, 'paper')} of ${edition.considered} listed, most upvotes first.</p>
      ${papers.map((paper, n) => paperCard(paper, n + 1))}
      <p><a href="/#join">Get the next one by mail</a></p>`,
  });

export const problemPage = (settings: Settings, { title, detail }: Problem): string =>
  notice(settings, title, html`<p>${detail}</p>`, html`<p><a href="/">To the front page</a></p>`);
