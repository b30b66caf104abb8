/** Where nobody votes on papers, nothing speaks of votes: not the mail, nor pages, nor feeds. */
import { simpleParser } from 'mailparser';
import type { Found } from '../../lambdas/core/choice';
import type { Paper } from '../../lambdas/core/paper';
import { readSettings } from '../../lambdas/core/settings';
import { aboutPage } from '../../templates/about-page';
import { renderDigest } from '../../templates/digest';
import { copierOf } from '../../templates/digest-copy';
import { introOf } from '../../templates/digest-words';
import { atomFeed, jsonFeed } from '../../templates/feeds';
import { landingPage, searchPage } from '../../templates/front-page';
import { welcome } from '../../templates/mails';
import { editionPage } from '../../templates/pages';
import { fill } from '../../templates/slots';
import { ada, contentOf, digestOf, paperOf, samplePapers, settings, valuesFor } from '../mails';

const asUnvoted = (paper: Paper): Paper => ({ ...paper, source: 'arxiv', voted: false });
const unvoted = samplePapers.slice(0, 12).map(asUnvoted);
const voted = samplePapers.slice(12, 15);
const arxiv = readSettings({ ...settings, sources: [{ kind: 'arxiv', categories: ['cs.CL'] }] });
const upvoted = readSettings({ ...settings, sources: [{ kind: 'hugging-face' }] });
const period = { from: '2025-03-10', to: '2025-03-16' };
const VOTES = /upvote|\bvote[sd]?\b|lifted|trending|community/i;
const without = { ...arxiv, tagline: 'Papers in your inbox' };

const voxel: Found = { search: 'voxel', places: [3], mentioned: new Set([3]) };

test('the digest of papers without votes says nothing of votes, in both parts and its subject', async () => {
  const content = await renderDigest({ ...digestOf(unvoted, 812), size: 10 }, without);
  for (const [finds, searches] of [
    [[], 0],
    [[], 1],
    [[voxel], 1],
  ] as const) {
    const mail = await simpleParser(fill(copierOf(content)(finds, searches), valuesFor(ada)));
    for (const part of [mail.subject, mail.text, String(mail.html)]) expect(part).not.toMatch(VOTES);
    expect(mail.text).toContain(' of the 812 papers listed that week, spread over topics and days.');
  }
});

test('nor do the pages, the feeds, the welcome and the page about choosing', () => {
  const edition = {
    editionId: 'weekly-2025-W11',
    title: 'Papers of 10–16 March 2025',
    considered: 812,
    cutoff: '2025-03-17T07:00:00Z',
    papers: unvoted,
  };
  const found = { query: 'voxel', period, total: 1, papers: unvoted.map((paper) => ({ paper })) };
  const pages = [
    editionPage(without, edition as never, contentOf(unvoted)),
    atomFeed(without, [edition]),
    JSON.stringify(jsonFeed(without, [edition])),
    landingPage(without, unvoted),
    landingPage(without, []),
    searchPage(without, { ...found, lastDays: 90, broader: [] }),
    welcome(
      ada,
      { unsubscribe: 'u', oneClick: 'o', preferences: 'p' },
      undefined,
      { cadence: 'weekly' },
      without,
    ),
  ];
  for (const page of pages) expect(page).not.toMatch(VOTES);
  expect(pages[0]).toContain('12 papers of 812 listed, spread over topics and days.');
  expect(aboutPage(without)).toContain('Nobody votes on these papers');
  expect(aboutPage(upvoted)).not.toContain('votes on');
});

test('where there are votes on all, they are spoken of', () => {
  expect(landingPage(upvoted, samplePapers)).toContain('The most upvoted research papers');
  expect(aboutPage(upvoted)).toContain('the most upvoted papers');
});

test.each([
  ['all', voted, 61, 'The 3 papers with the most upvotes, of 61 listed that week.'],
  [
    'some',
    [...voted, ...unvoted.slice(0, 2)],
    61,
    '5 of the 61 papers listed that week, those with upvotes first.',
  ],
  ['none', unvoted.slice(0, 1), 61, '1 of the 61 papers listed that week.'],
  ['none', unvoted.slice(0, 3), 3, 'All 3 papers listed that week.'],
  ['some', [...voted, ...unvoted.slice(0, 1)], 4, 'All 4 papers listed that week, those with upvotes first.'],
] as const)('with votes on %s the first lines say what the choice is', (_, papers, considered, words) => {
  const chosen = papers.map((__, place) => ({ place }));
  expect(introOf({ ...contentOf(papers), considered }, chosen, 0)).toBe(words);
});

test('a paper without votes and authors still has a line of its own', () => {
  expect(landingPage(without, [asUnvoted(paperOf({ authors: [] }))])).toContain('No authors named ·');
});
