/** The front page: the form to join, the newest papers, and what a search finds. */
import type { Listing } from '../lambdas/core/listing';
import type { Paper } from '../lambdas/core/paper';
import type { Settings } from '../lambdas/core/settings';
import { votesFrom, votesIn, type Votes } from '../lambdas/core/votes';
import { longPeriod } from './dates';
import { html, type Markup } from './markup';
import { page } from './page-layout';
import { cardsThatFit, paperCard } from './paper-card';
import { plural } from './paper-lines';
import { signUpForm } from './sign-up-form';

/** What a search found: the best of all papers of the period that match. */
export interface Found extends Listing {
  query: string;
  /** How many days the period has, if they are the last ones. */
  lastDays: number | undefined;
  /** Searches that find something, offered where this one finds nothing. */
  broader: readonly string[];
}

/** As they are sorted (core/newest.ts). */
const ORDER: Record<Votes, string> = {
  all: 'most upvoted first',
  some: 'those with upvotes first',
  none: 'newest first',
};

/** `now` goes into the form, so that one that comes back too soon is known for a robot's. */
export function landingPage(settings: Settings, papers: readonly Paper[], now?: Date): string {
  const isVoted = (papers.length ? votesIn(papers) : votesFrom(settings.sources)) === 'all';
  return page(settings, {
    title: settings.name,
    shared: { path: '/', description: settings.tagline },
    main: html`<h1>${settings.tagline}</h1>
      <p>
        ${isVoted ? 'The most upvoted research papers' : 'New research papers'}, with a few lines of each and
        the links. Free. Unsubscribe with one click.
      </p>
      ${signUpForm(settings, { now })} ${searchForm(settings)}
      ${
        papers.length
          ? html`<h2>Latest papers, ${ORDER[votesIn(papers)]}</h2>
              ${cardsThatFit(papers.map((paper) => paperCard(paper, { under: 'h2' })))}`
          : html`<p class="quiet">No papers yet. The first ones come with the next import.</p>`
      }`,
  });
}

export function searchPage(settings: Settings, found: Found, now?: Date): string {
  const { query } = found;
  const cards = cardsThatFit(found.papers.map(({ paper }) => paperCard(paper, { under: 'h2' })));
  return page(settings, {
    title: `‘${query}’`,
    shared: {
      path: `/?q=${encodeURIComponent(query)}`,
      description: `Recent papers on ‘${query}’, and new ones by mail`,
      isMadeUp: true,
    },
    main: html`<h1>${settings.tagline}</h1>
      ${searchForm(settings, query)}
      <h2>${resultLine(found)}</h2>
      ${cards.length ? '' : nothingFound(found)} ${signUpForm(settings, { search: query, now })} ${cards}
      ${moreThanShown(found.total, cards.length)}
      <p><a href="/">The latest papers</a></p>`,
  });
}

/** The search as it was typed, and what to change about it. */
export const refusedSearchPage = (settings: Settings, typed: string, problem: string): string =>
  page(settings, {
    title: 'Search',
    main: html`<h1>${settings.tagline}</h1>
      ${searchForm(settings, typed, problem)}
      <p><a href="/">The latest papers</a></p>`,
  });

/** Long enough to mend what was typed, short enough for a page. */
const SHOWN_AGAIN = 1_000;

function searchForm({ sources }: Settings, typed = '', problem?: string): Markup {
  const described = problem === undefined ? 'q-hint' : 'q-problem';
  return html`<form class="search" role="search" method="get" action="/">
    <label for="q">Search recent papers</label>
    <div class="row">
      <input
        id="q"
        name="q"
        type="search"
        required
        maxlength="200"
        value="${typed.slice(0, SHOWN_AGAIN)}"
        aria-describedby="${described}"
        ${problem === undefined ? '' : html`aria-invalid="true"`}
      />
      <button type="submit" class="second">Search</button>
    </div>
    ${problem === undefined ? '' : html`<p class="problem" id="q-problem">${problem}</p>`}
    <p class="quiet" id="q-hint">
      Words, <code>"a phrase"</code>, <code>author:"Ada Lovelace"</code>${
        sources.some(({ kind }) => kind === 'arxiv') ? html`, <code>cat:cs.CL</code>` : ''
      }
    </p>
  </form>`;
}

function resultLine({ total, query, period, lastDays }: Found): string {
  const papers = total === 0 ? 'No paper' : plural(total, 'paper');
  return `${papers} of ${lastDays ? `the last ${plural(lastDays, 'day')}` : longPeriod(period)} for ‘${query}’`;
}

function nothingFound({ broader }: Found): Markup {
  const links = broader.map(
    (search, n) => html`${n ? ', ' : ''}<a href="/?q=${encodeURIComponent(search)}">${search}</a>`,
  );
  return html`<p>
    Try broader words${links.length ? html`: ${links}` : ', or other ones'}. Or have this search wait for
    papers to come:
  </p>`;
}

const moreThanShown = (total: number, shown: number): Markup =>
  total > shown
    ? html`<p class="quiet">These are the best ${shown}. A phrase in quotation marks finds fewer.</p>`
    : html``;
