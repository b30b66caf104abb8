/** Pages: what a stranger put into a paper or a link is shown as text, and nothing changes by opening one. */
import type { Edition } from '../../lambdas/core/edition';
import { Problem } from '../../lambdas/core/problem';
import { landingPage, refusedSearchPage, searchPage } from '../../templates/front-page';
import * as goodbye from '../../templates/goodbye-pages';
import * as pages from '../../templates/pages';
import { contentOf, paperOf, samplePapers, settings } from '../mails';

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
  pages.editionPage(settings, edition, contentOf(papers)) ?? '';

const searchPageOf = (query: string, papers: readonly (typeof evilPaper)[], broader: string[] = []): string =>
  searchPage(settings, {
    query,
    period: { from: '2024-12-17', to: '2025-03-16' },
    lastDays: 90,
    total: papers.length,
    papers: papers.map((paper) => ({ paper, score: 1 })),
    broader,
  });

const everyPage: [name: string, page: string][] = [
  ['the front page', landingPage(settings, samplePapers.slice(0, 3))],
  ['the front page without papers', landingPage(settings, [])],
  ['the front page with an evil paper', landingPage(settings, [evilPaper])],
  ['a search with an evil paper', searchPageOf('evil', [evilPaper])],
  ['an evil search', searchPageOf(evil, samplePapers.slice(0, 3))],
  ['an evil search that found nothing', searchPageOf(evil, [], [evil])],
  ['an evil search that was refused', refusedSearchPage(settings, evil, evil)],
  ['“check your inbox”', pages.checkYourInboxPage(settings)],
  ['the page to confirm, with an evil token', pages.confirmPage(settings, evil)],
  ['“you are in”', pages.welcomedPage(settings)],
  ['“this link no longer works”', pages.expiredPage(settings)],
  ['the page to leave, with an evil token', goodbye.unsubscribePage(settings, evil)],
  ['“goodbye”', goodbye.goodbyePage(settings)],
  ['“goodbye” with an evil token', goodbye.goodbyePage(settings, { token: evil, less: 'monthly' })],
  ['“changed your mind?” with an evil token', goodbye.undoPage(settings, { token: evil, less: 'monthly' })],
  ['“welcome back”', goodbye.returnedPage(settings)],
  ['“thank you”', goodbye.thankYouPage(settings)],
  ['“this can no longer be changed here”', goodbye.expiredUndoPage(settings)],
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
    const [forms, searches] = [page.match(/<form\b[^>]*>/g) ?? [], /role="search" method="get" action="\/"/];
    expect(forms.filter((form) => !form.includes('method="post"') && !searches.test(form))).toEqual([]);
    expect(page.match(/<h1>/g)).toHaveLength(1);
  },
);

test.each(everyPage)('%s has headings in order, and a label for each field', (_, page) => {
  const levels = [...page.matchAll(/<h([1-6])>/g)].map(([, level]) => Number(level));
  expect(levels.filter((level, n) => level > (levels[n - 1] ?? 0) + 1)).toEqual([]);
  const fields = [...page.matchAll(/<(?:input(?! type="hidden")|select)\b[^>]*\bid="([^"]+)"/g)];
  expect(fields.filter(([, id = '']) => !page.includes(`<label for="${id}">`))).toEqual([]);
  expect(new Set(fields.map(([, id]) => id)).size).toBe(fields.length);
});

test('a search stays in its field, its form and its links', () => {
  expect(searchPageOf(evil, [])).toContain(`type="hidden" name="search" value="${escaped}"`);
  expect(refusedSearchPage(settings, evil, 'It is evil.')).toContain(`value="${escaped}"`);
  const offered = 'a&b=c #d+e "ü"';
  expect(searchPageOf('x', [], [offered])).toContain(`href="/?q=${encodeURIComponent(offered)}"`);
});

test('where there are several cadences a visitor chooses one', () => {
  const monthly = { cron: '0 7 1 * ? *', papers: 20, minimum: 1 };
  const several = { ...settings, cadences: { ...settings.cadences, monthly } };
  expect(landingPage(settings, [])).not.toContain('<select');
  expect(landingPage(several, []).match(/<option value="\w+">/g)).toEqual([
    '<option value="weekly">',
    '<option value="monthly">',
  ]);
});

test('a page stays small, however long its papers and its search are', () => {
  const long = paperOf({
    title: '稀疏注意力'.repeat(70),
    summary: '大型语言模型'.repeat(500),
    authors: ['李'.repeat(70), '王'.repeat(70), '張'.repeat(70)],
    githubRepo: `https://github.com/example/${'a'.repeat(70)}`,
    projectPage: `https://example.org/${'b'.repeat(400)}`,
  });
  const many = Array.from({ length: 50 }, () => long);
  for (const page of [landingPage(settings, many), searchPageOf('检'.repeat(200), many), editionPageOf(many)])
    expect(Buffer.byteLength(page)).toBeLessThan(30 * 1024);
});

test('what does not fit on a page is not said to be shown', () => {
  const page = searchPageOf(
    'x',
    Array.from({ length: 50 }, () => paperOf({ summary: '大型语言模型'.repeat(500) })),
  );
  const shown = page.match(/<article/g)?.length;
  expect(shown).toBeLessThan(50);
  expect(page).toContain(`These are the best ${shown}.`);
});

test('an evil paper is text on the page of its edition', () => {
  const page = editionPageOf([evilPaper]);
  expect(page.split(escaped).length).toBeGreaterThan(3);
  expect(page).toContain('href="https://x.org/%22%3E%3Cscript%3Ealert(1)%3C/script%3E');
});

test('an evil token stays in its attribute', () => {
  expect(pages.confirmPage(settings, evil)).toContain(`value="${escaped}"`);
  expect(goodbye.unsubscribePage(settings, evil)).toContain(`action="/unsubscribe/${escaped}"`);
});

test('the page of an edition shows every paper with its rank', () => {
  const page = editionPageOf(samplePapers.slice(0, 2));
  for (const [n, { links }] of samplePapers.slice(0, 2).entries()) {
    expect(page).toContain(`href="${links.paper}"`);
    expect(page).toContain(`${n + 1}. `);
  }
});

const titleOf = (page: string): unknown => /<title>(.*)<\/title>/.exec(page)?.[1];
const previewOf = (page: string): unknown => /property="og:title" content="([^"]*)"/.exec(page)?.[1];

test('the title of the front page is the newsletter and its line, of any other page what it is about', () => {
  const { name, tagline } = settings;
  expect(titleOf(landingPage(settings, []))).toBe(`${name}: ${tagline}`);
  expect(titleOf(searchPageOf('tea', []))).toBe(`‘tea’ · ${name}`);
  expect(titleOf(editionPageOf(samplePapers))).toBe(`Papers of 10–16 March 2025 · ${name}`);
});

test('a link preview of the front page says its line, of any other page its title', () => {
  expect(previewOf(landingPage(settings, []))).toBe(settings.tagline);
  expect(previewOf(searchPageOf('tea', []))).toBe('‘tea’');
});
