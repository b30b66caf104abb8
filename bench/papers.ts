/** `npm run bench -- papers`: how well editions are chosen, searches find and texts are read, and how fast. */
import { join } from 'node:path';
import { exampleSettings } from '../settings/file';
import { evaluateEarlyChoice, evaluateEditions } from './evaluation-editions';
import { readJudged, weeksFor } from './evaluation-papers';
import { evaluateKnownSearch, evaluateSearches } from './evaluation-searches';
import { evaluateSpeed } from './evaluation-speed';
import { evaluateTexts, textsIn } from './evaluation-texts';
import { entriesOf, type Named } from './files';
import { ratio, type Figure } from './measure';
import { benchPersonal } from './personal';

const ROOT = join(__dirname, '..');

export interface PaperFiles {
  /** Entries of Hugging Face; those of the demo where nothing is named. */
  papers: string | undefined;
  /** Upvotes of a week's papers early and in the end. */
  early: string | undefined;
  /** The papers that a search listed. */
  found: string | undefined;
}

export async function benchPapers(files: PaperFiles): Promise<Record<string, Figure>> {
  const named = { option: 'papers', file: files.papers ?? join(ROOT, 'local', 'sample-papers.jsonl') };
  const judged = readJudged(named);
  const papers = judged.map(({ paper }) => paper);
  const weeks = weeksFor(papers);
  const speed = evaluateSpeed(papers); // first, while all is cold
  const figures = {
    ...ifNamed('early', files.early, (early) => ({ w50Top10: evaluateEarlyChoice(early) })),
    repeats20Editions: evaluateEditions(papers, weeks),
    ...ifNamed('found', files.found, (found) => evaluateKnownSearch(found, judged)),
    ...evaluateSearches(judged, weeks),
    ...evaluateTexts(textsIn(entriesOf(named))),
  };
  return {
    ...Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, ratio([figure])])),
    ...(await benchPersonal(papers, exampleSettings())),
    ...speed,
  };
}

/** What needs a recording that the repository doesn't have is left out, and it says so. */
function ifNamed<Figures extends object>(
  option: string,
  file: string | undefined,
  evaluate: (named: Named) => Figures,
): Partial<Figures> {
  if (file !== undefined) return evaluate({ option, file });
  console.log(`  left out, since no file is named: --${option} FILE`);
  return {};
}
