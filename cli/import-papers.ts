/** `papers import FILE`: what can be read goes into the papers table; what can't is named by its line. */
import * as papers from '../lambdas/aws/papers';
import { fetchFile } from '../lambdas/sources/file';

const AT_ONCE = 25;

export async function importPapers([path]: string[]): Promise<number> {
  if (!path) throw new Error('Name the file: npm run paperboy -- papers import papers.jsonl');
  const read = await fetchFile(path, new Date());
  let kept = 0;
  for (let n = 0; n < read.papers.length; n += AT_ONCE) {
    const saved = await Promise.all(read.papers.slice(n, n + AT_ONCE).map(papers.save));
    kept += saved.filter(Boolean).length;
    if (process.stderr.isTTY) process.stderr.write(`\r${kept} of ${read.papers.length}`);
  }
  for (const { where, reason } of read.problems) console.error(`skipped ${where}: ${reason}`);
  const older = read.papers.length - kept;
  console.log(`${kept} papers imported, ${older} known with newer upvotes, ${read.problems.length} skipped`);
  return read.problems.length && !read.papers.length ? 1 : 0;
}
