/** `npm start -- --sources`: what an operator reads of each source, and the week of the first digest. */
import type { Ingested } from '../../lambdas/ingest-papers';
import { problemLines, sourceLines, weekToShow } from '../../local/live-papers';
import { ownNewsletter } from '../../local/newsletter';
import { exampleSettings } from '../../settings/file';

const source = (kind: 'hugging-face' | 'arxiv' | 'file', papers: number, failed = 0) => ({
  kind,
  papers,
  problems: 0,
  failed,
});

test('each source has a line, and so has each fault', () => {
  const ingested: Ingested = {
    papers: 213,
    sources: [source('hugging-face', 212), source('file', 1), source('arxiv', 0, 1)],
    problems: [
      { where: 'line 3', reason: 'title is missing\u001b[2J' },
      { where: 'arXiv feed', reason: "Can't fetch https://rss.arxiv.org/atom/cs.CL: it answers 500" },
    ],
  };
  expect(sourceLines(ingested)).toEqual([
    'hugging-face: 212 papers',
    'file: 1 paper',
    'arxiv: 0 papers, and not everything could be fetched',
    'Skipped line 3: title is missing[2J',
    "Can't fetch https://rss.arxiv.org/atom/cs.CL: it answers 500",
  ]);
});

test('more faults than fit are counted', () => {
  const problems = Array.from({ length: 5 }, (_, n) => ({
    where: `line ${n + 1}`,
    reason: 'title is missing',
  }));
  expect(problemLines(problems, 2)).toEqual([
    'Skipped line 1: title is missing',
    'Skipped line 2: title is missing',
    '… and 3 more',
  ]);
});

const sunday = new Date('2025-03-16T12:00:00Z');
test.each([
  ['a week that is over', '2025-W10', [source('arxiv', 3)], '2025-W10'],
  ['the week before one that isn’t', '2025-W11', [source('arxiv', 3)], '2025-W10'],
  [
    'this week of a file: it has no other',
    '2025-W11',
    [source('file', 3), source('arxiv', 0, 1)],
    '2025-W11',
  ],
])('the first digest is of %s', (_, newestWeek, sources, week) => {
  expect(weekToShow({ papers: 3, newestWeek, problems: [], sources }, sunday)).toBe(week);
});

test('the sources are those of the settings, with the files beside them', async () => {
  const { sources } = await ownNewsletter(exampleSettings(), ['/more.jsonl']);
  expect(sources.map(({ kind }) => kind)).toEqual(['hugging-face', 'file']);
});
