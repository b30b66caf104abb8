/** `npm run bench -- papers`: how well editions are chosen and searches find, and how fast, on papers of a real year. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exampleSettings } from '../settings/file';
import { evaluateEarlyChoice, evaluateEditions } from './evaluation-editions';
import { readJudged, weeksFor } from './evaluation-papers';
import { evaluateSearches, evaluateSeed } from './evaluation-searches';
import { evaluateSpeed } from './evaluation-speed';
import { ratio, type Figure } from './measure';
import { benchPersonal } from './personal';

/** Beside the project and no part of it: papers of 2025, a search's answer, upvotes early and late. */
const DATA = join(__dirname, '..', '..', 'shared', 'data', 'papers');

export const PAPERS_FILE = join(DATA, 'hf-daily-2025.jsonl');

export async function benchPapers(file: string): Promise<Record<string, Figure>> {
  const judged = readJudged(file);
  const papers = judged.map(({ paper }) => paper);
  const weeks = weeksFor(papers);
  const speed = evaluateSpeed(papers); // first, while all is cold
  const figures = {
    ...beside('upvotes-early-vs-final-2024W50.json', (data) => ({ w50Top10: evaluateEarlyChoice(data) })),
    repeats20Editions: evaluateEditions(papers, weeks),
    ...beside('hf-search-2025-03-12.json', (data) => evaluateSeed(data, judged)),
    ...evaluateSearches(judged, weeks),
  };
  return {
    ...Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, ratio([figure])])),
    ...(await benchPersonal(papers, exampleSettings())),
    ...speed,
  };
}

/** Without the data their figures are left out, and it says so. */
function beside<Figures extends object>(name: string, evaluate: (file: string) => Figures): Partial<Figures> {
  const file = join(DATA, name);
  if (existsSync(file)) return evaluate(file);
  console.log(`  left out, since there is no ${file}`);
  return {};
}
