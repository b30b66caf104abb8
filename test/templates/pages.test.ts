/** Pages: what a stranger put into a paper or a link is shown as text, and nothing changes by opening one. */
import type { Edition } from '../../lambdas/core/edition';
import { Problem } from '../../lambdas/core/problem';
import { cut } from '../../templates/slots';
import * as pages from '../../templates/pages';
import { paperOf, samplePapers, settings } from '../mails';

const edition: Edition = {
  editionId: 'weekly-2025-W11',
  cadence: 'weekly',
  title: 'Papers of 10–16 March 2025',
  period: { from: '2025-03-10', to: '2025-03-16' },
  scheduledFor: '2025-03-17T07:00:00.000Z',
  cutoff: '2025-03-17T07:00:01.000Z',
  papers: 2,
  considered: 61,
  content: { hash: 'abc', parts: 1 },
  status: 'done',
};

const evil = '"><script>alert(1)</script>\'&lt;{{x}}';
const escaped = '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;lt;{{x}}';
const evilPaper = paperOf({
  title: evil,
  summary: evil,
  authors: [evil],
  githubRepo: `https://x.org/${evil}`,
});

const editionPageOf = (papers: readonly (typeof evilPaper)[]): string =>
  pages.editionPage(settings, edition, { papers: [...papers], skeleton: cut('') });

const everyPage: [name: string, page: string][] = [
  ['the front page', pages.landingPage(settings, samplePapers.slice(0, 3))],
  ['the front page without papers', pages.landingPage(settings, [])],
  ['the front page with an evil paper', pages.landingPage(settings, [evilPaper])],
  ['“check your inbox”', pages.checkYourInboxPage(settings)],
  ['the page to confirm, with an evil token', pages.confirmPage(settings, evil)],
  ['“you are in”', pages.welcomedPage(settings)],
  ['“this link no longer works”', pages.expiredPage(settings)],
  ['the page to leave, with an evil token', pages.unsubscribePage(settings, evil)],
  ['“goodbye”', pages.goodbyePage(settings)],
  ['“this link is incomplete”', pages.brokenLinkPage(settings)],
  [
    'past editions, one with an evil title',
    pages.archivePage(settings, [{ editionId: edition.editionId, title: evil }]),
  ],
  ['no past editions', pages.archivePage(settings, [])],
  ['an edition', editionPageOf(samplePapers.slice(0, 2))],
  ['an edition with an evil paper', editionPageOf([evilPaper])],
  ['an evil problem', pages.problemPage(settings, new Problem(400, evil, evil))],
];

test.each(everyPage)(
  '%s has a language and a title, runs no script, and changes nothing by GET',
  (_, page) => {
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).toContain('<html lang="en"');
    expect(page).toMatch(/<title>[^<]+<\/title>/);
    expect(page).not.toMatch(/<script|<iframe|\son\w+=|javascript:/i);
    expect(page.match(/<form\b/g)?.length ?? 0).toBe(page.match(/<form\b[^>]* method="post"/g)?.length ?? 0);
  },
);

test('an evil paper is text on the page of its edition', () => {
  const page = editionPageOf([evilPaper]);
  expect(page.split(escaped).length).toBeGreaterThan(3);
  expect(page).toContain('href="https://x.org/%22%3E%3Cscript%3Ealert(1)%3C/script%3E');
});

test('an evil token stays in its attribute', () => {
  expect(pages.confirmPage(settings, evil)).toContain(`value="${escaped}"`);
  expect(pages.unsubscribePage(settings, evil)).toContain(`action="/unsubscribe/${escaped}"`);
});

test('the page of an edition shows every paper with its rank', () => {
  const page = editionPageOf(samplePapers.slice(0, 2));
  for (const [n, { links }] of samplePapers.slice(0, 2).entries()) {
    expect(page).toContain(`href="${links.paper}"`);
    expect(page).toContain(`${n + 1}. `);
  }
});
