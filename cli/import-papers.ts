/** `papers import FILE`: what can be read goes into the papers table; what can't is named by its line. */
import * as papers from '../lambdas/aws/papers';
import { plainText } from '../lambdas/core/text';
import { fetchFile } from '../lambdas/sources/file';
import type { PaperFile } from '../lambdas/sources/paper-file';
import { importSummary, skippedLines } from './import-words';

const AT_ONCE = 25;

/** 0 when everything was imported, 2 when some entries could not be read, 1 when none could. */
export async function importPapers([path]: string[], listedOn?: string): Promise<number> {
  if (!path) throw new Error('Name the file: npm run paperboy -- papers import papers.jsonl');
  const now = new Date();
  const read = await fetchFile(path, now, listedOn === undefined ? undefined : dayOf(listedOn));
  for (const line of skippedLines(read.problems)) console.error(line);
  const kept = await save(read);
  const day = listedOn ?? now.toISOString().slice(0, 10);
  for (const line of importSummary(read, kept, day)) console.log(line);
  if (read.papers.length === 0) return 1;
  return read.problems.length > 0 ? 2 : 0;
}

function dayOf(text: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && new Date(text).toJSON()?.startsWith(text);
  if (isDay) return text;
  throw new Error(`--listed-on ${plainText(text)} is not a day: write it as in --listed-on 2025-03-11`);
}

/** How many of them changed something. */
async function save({ papers: all, undated }: PaperFile): Promise<number> {
  let kept = 0;
  for (let n = 0; n < all.length; n += AT_ONCE) {
    const saved = await Promise.all(
      all.slice(n, n + AT_ONCE).map((paper) => papers.save(paper, undated.has(paper.paperId))),
    );
    kept += saved.filter(Boolean).length;
    if (process.stderr.isTTY) process.stderr.write(`\r${kept} of ${all.length}\r`);
  }
  return kept;
}
