/** GET /, /editions and the feeds: the newest papers, a search of recent ones, and past editions, for everybody. */
import { aboutPage } from '../templates/about-page';
import { atomFeed, jsonFeed, robots, sitemap } from '../templates/feeds';
import { landingPage, refusedSearchPage, searchPage } from '../templates/front-page';
import { stylesheet } from '../templates/page-layout';
import { archivePage, editionPage, problemPage } from '../templates/pages';
import { proofScript } from '../templates/sign-up-form';
import * as editions from './aws/editions';
import { settings } from './aws/environment';
import { notFound, web } from './aws/http';
import { publishedEditions } from './aws/published-editions';
import { newestPapers, searchablePapers } from './aws/recent-papers';
import type { Answer, Visit } from './aws/visit';
import { EditionId } from './core/edition';
import { listing } from './core/listing';
import { Problem } from './core/problem';
import type { Search } from './core/search';
import { asked, broader } from './core/visitor-search';

/** How many papers of a search are shown. */
const SHOWN = 20;
/** With fewer that fit well, others that have some of the words are shown behind them. */
const FEW = 5;
const FRESH = 'public, max-age=60';

const HOUR = 'public, max-age=3600';
const DAY = 'public, max-age=86400';

const LISTED = 200;
/** Editions in a feed. */
const FED = 10;
const unknown = new Problem(404, 'There is no such edition', 'Past editions are listed at /editions.');

export const handler = web((problem) => problemPage(settings(), problem), {
  'GET /': (visit) => {
    visit.inTwoForms();
    if (settings().joining.proof) visit.runsScript();
    const asking = asked(visit.typed('q'));
    switch (asking.outcome) {
      case 'nothing':
        return newest(visit);
      case 'search':
        return found(visit, asking.search);
      case 'refused':
        return refused(visit, asking);
    }
  },
  'GET /style.css': (visit) => visit.text('text/css', stylesheet(settings()), DAY),
  'GET /proof.js': (visit) => {
    if (!settings().joining.proof) throw notFound;
    return visit.text('text/javascript', proofScript, DAY);
  },
  'GET /editions': async (visit) =>
    visit.html(200, archivePage(settings(), await editions.newest(LISTED)), 'public, max-age=300'),
  'GET /editions/:editionId': async (visit) => {
    const editionId = EditionId.safeParse(visit.part('editionId'));
    const edition = editionId.success ? await editions.find(editionId.data) : undefined;
    if (!edition?.content) throw unknown;
    const content = await editions.contentOf(edition);
    const page = editionPage(settings(), edition, content, fromRank(visit.query('from')));
    if (!page) throw unknown;
    return visit.html(200, page, HOUR);
  },
  'GET /about': (visit) => visit.html(200, aboutPage(settings()), HOUR),
  'GET /feed.xml': async (visit) =>
    visit.text('application/atom+xml', atomFeed(settings(), await publishedEditions(FED)), HOUR),
  'GET /feed.json': async (visit) =>
    visit.text(
      'application/feed+json',
      JSON.stringify(jsonFeed(settings(), await publishedEditions(FED))),
      HOUR,
    ),
  'GET /sitemap.xml': async (visit) => {
    const past = await editions.newest(LISTED);
    const paths = ['/', '/editions', '/about', ...past.map(({ editionId }) => `/editions/${editionId}`)];
    return visit.text('application/xml', sitemap(settings(), paths), HOUR);
  },
  'GET /robots.txt': (visit) => visit.text('text/plain', robots(settings()), HOUR),
});

/** A page of an edition begins at 1, or where the one before it ended; what is no rank is one that nothing has. */
const fromRank = (text: string): number =>
  text === '' ? 1 : /^[1-9]\d{0,2}$/.test(text) ? Number(text) : Infinity;

async function newest(visit: Visit): Promise<Response> {
  const { period, total, papers } = await newestPapers(visit.now);
  return visit.wantsJson()
    ? visit.json(200, listing({ period, total, papers: papers.map((paper) => ({ paper })) }), FRESH)
    : visit.html(200, landingPage(settings(), papers, visit.now), FRESH);
}

async function found(visit: Visit, search: Search): Promise<Response> {
  const { period, lastDays, papers, index } = await searchablePapers(visit.now);
  const close = index.find(search, papers.length);
  // visitors look through a list, so a few that fit less well are better than none
  const matches = close.length < FEW ? index.find(search, SHOWN, { loosely: true }) : close;
  const best = matches.slice(0, SHOWN).flatMap(({ place, score }) => {
    const paper = papers[place];
    return paper ? { paper, score } : [];
  });
  const answer = { query: search.text, period, total: matches.length, papers: best };
  if (visit.wantsJson()) return visit.json(200, listing(answer), FRESH);
  const offered = best.length > 0 ? [] : broader(search, index);
  const page = searchPage(settings(), { ...answer, lastDays, broader: offered }, visit.now);
  return visit.html(200, page, FRESH);
}

/** On the page of the search itself, which shows again what was typed. */
function refused(visit: Visit, { typed, reason }: { typed: string; reason: string }): Answer {
  if (!visit.wantsJson()) return visit.html(400, refusedSearchPage(settings(), typed, reason));
  throw new Problem(400, 'This search was not understood', reason, [{ field: 'q', message: reason }]);
}
