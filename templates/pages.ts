/** What visitors see beside the front page: every other page of the site, from values to HTML. */
import { papersForAll } from '../lambdas/core/choice';
import { INVITATION_HOURS, type Confirming } from '../lambdas/core/confirming';
import { wanting } from '../lambdas/core/consent';
import type { Content, Edition } from '../lambdas/core/edition';
import type { Problem } from '../lambdas/core/problem';
import type { Settings } from '../lambdas/core/settings';
import type { Subscriber } from '../lambdas/core/subscriber';
import { comingOf, leftOutNote, questionOf } from './coming';
import { html, type Markup } from './markup';
import { page } from './page-layout';
import { cardsThatFit, paperCard } from './paper-card';
import { choiceLine, plural, titleOf } from './paper-lines';
import { signUpForm } from './sign-up-form';

/** A page that says one thing. */
export const notice = (settings: Settings, title: string, ...body: Markup[]): string =>
  page(settings, {
    title,
    main: html`<div class="card">
      <h1>${title}</h1>
      ${body}
    </div>`,
  });

/** A sign-up that was filled in wrongly, to be mended where it is; no proof of work is asked, as no script may run there. */
export function wrongFormPage(settings: Settings, { title, detail, fields, given }: Problem): string {
  const typed = (name: string): string | undefined => {
    const text = given[name];
    return typeof text === 'string' && text.trim() ? text : undefined;
  };
  const isWrong = fields.some(({ field }) => field === 'search'); // it can't be mended there: the form hides it
  const search = isWrong ? undefined : typed('search');
  const filledIn = { email: typed('email'), search, cadence: typed('cadence') };
  return page(settings, {
    title,
    main: html`<h1>${title}</h1>
      <p>${detail}</p>
      ${signUpForm({ ...settings, joining: { ...settings.joining, proof: false } }, filledIn)}`,
  });
}

/** The answer to every sign-up, whatever came of it. */
export const checkYourInboxPage = (settings: Settings): string =>
  notice(
    settings,
    'Check your inbox',
    html`<p>
      If there is something to confirm for this address, a mail is on its way with a link. It works for
      ${INVITATION_HOURS} hours.
    </p>`,
    html`<p class="quiet">
      Nothing there after a few minutes? Look in the spam folder, or <a href="/#join">ask again</a>.
    </p>`,
  );

/**
 * Opened by a link in a mail, and by every scanner that looks at the mail: so it only shows a button, and what that would
 * do now. Where it would do nothing, whoever presses it hears why.
 */
export function confirmPage(settings: Settings, token: string, confirming?: Confirming): string {
  const { title, text, button } = questionOn(settings, confirming);
  return notice(
    settings,
    title,
    html`<p>${text}</p>`,
    html`<form method="post" action="/confirm">
      <input type="hidden" name="token" value="${token}" /><button type="submit">${button}</button>
    </form>`,
  );
}

function questionOn(
  { name }: Settings,
  confirming: Confirming = { outcome: 'expired' },
): Record<'title' | 'text' | 'button', string> {
  const joining = { title: 'One more click', button: 'Yes, send it to me' };
  switch (confirming.outcome) {
    case 'welcomed':
      return {
        ...joining,
        text: `${wanting(name)}: ${comingOf(confirming.subscriber)}.`,
      };
    case 'changed': {
      const { title, asked, button } = questionOf(confirming.wish, name);
      return { title, button, text: `Confirm that you want to ${asked}.${leftOutNote(confirming.leftOut)}` };
    }
    case 'already-active':
    case 'expired':
      return { ...joining, text: `${wanting(name)}.` };
  }
}

/** What comes is only for whoever has just confirmed it: links of long ago lie about in many places. */
export const welcomedPage = (settings: Settings, reader?: Subscriber): string =>
  notice(
    settings,
    'You are in',
    html`<p>
      ${reader ? `${settings.name} comes to you ${comingOf(reader)}` : `The next edition of ${settings.name} comes to you`}.
      Every one has a link to leave.
    </p>`,
    html`<p><a href="/editions">Read past editions</a> until then.</p>`,
  );

export const changedPage = (settings: Settings, reader: Subscriber, leftOut: string | undefined): string =>
  notice(
    settings,
    'It is done',
    html`<p>From now on, ${settings.name} comes ${comingOf(reader)}.${leftOutNote(leftOut)}</p>`,
  );

/** For links that are too old, damaged, or of somebody who left since. */
export const expiredPage = (settings: Settings): string =>
  notice(
    settings,
    'This link no longer works',
    html`<p>
      Links to confirm work for ${INVITATION_HOURS} hours. <a href="/#join">Ask again</a> and a fresh one is
      on its way.
    </p>`,
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
    shared: { path: '/editions', description: `All past editions of ${settings.name}` },
    main: html`<h1>Past editions</h1>
      ${
        editions.length
          ? html`<ul class="plain">
              ${editions.map(({ editionId, title }) => html`<li><a href="/editions/${editionId}">${title}</a></li>`)}
            </ul>`
          : html`<p>None yet. The first one comes on schedule.</p>`
      }`,
  });

/** One edition, as a page: its papers from a rank on, as many as fit. Undefined where it has no such rank. */
export function editionPage(
  settings: Settings,
  edition: Edition,
  content: Content,
  from = 1,
): string | undefined {
  const papers = papersForAll(content);
  const first = papers.slice(from - 1);
  if (first.length === 0) return undefined;
  const cards = cardsThatFit(first.map((paper, n) => paperCard(paper, { rank: from + n })));
  const next = from + cards.length;
  const path = `/editions/${edition.editionId}`;
  return page(settings, {
    title: from === 1 ? edition.title : `${edition.title}, from number ${from}`,
    shared: {
      path: from === 1 ? path : `${path}?from=${from}`,
      description: `${plural(papers.length, 'paper')}: ${first.slice(0, 3).map(titleOf).join('; ')}`,
    },
    main: html`<h1>${unbroken(edition.title)}</h1>
      <p>
        ${choiceLine(papers, edition.considered)}
        ${from === 1 ? '' : html`From number ${from}; <a href="${path}">the first ones</a>.`}
      </p>
      ${cards}
      ${next > papers.length ? '' : html`<p><a href="${path}?from=${next}">Numbers ${next} to ${papers.length}</a></p>`}
      <p><a href="/#join">Get the next one by mail</a></p>`,
  });
}

/** A phone breaks no line within "10–16 March": the word joiner forbids it (Unicode Standard Annex 14). */
const unbroken = (title: string): string => title.replaceAll('–', '–\u2060');

export const problemPage = (settings: Settings, { title, detail }: Problem): string =>
  notice(settings, title, html`<p>${detail}</p>`, html`<p><a href="/">To the front page</a></p>`);
