/** What an operator reads after papers came from a file. */
import type { Day } from '../lambdas/core/calendar';
import type { Problem } from '../lambdas/sources/batch';
import type { PaperFile } from '../lambdas/sources/paper-file';

/** More lines would hide the first ones. */
const MOST_LINES = 50;

/** "Skipped line 12: title is missing" */
export function skippedLines(problems: readonly Problem[]): string[] {
  const lines = problems.slice(0, MOST_LINES).map(({ where, reason }) => `Skipped ${where}: ${reason}`);
  const more = problems.length - lines.length;
  return more > 0 ? [...lines, `… and ${counted(more, 'more entry', 'more entries')}`] : lines;
}

/** `kept` are those that the table took; the others it has with newer upvotes. */
export function importSummary(
  { papers, problems, undated, repeated }: PaperFile,
  kept: number,
  day: Day,
): string[] {
  const older = papers.length - kept;
  const counts = [
    `Imported ${counted(kept, 'paper')}.`,
    `Skipped ${counted(problems.length, 'invalid entry', 'invalid entries')}.`,
    `${older} ${older === 1 ? 'was' : 'were'} already stored with newer upvotes.`,
  ];
  return [
    ...(undated.size
      ? [
          `${counted(undated.size, 'paper')} without a listedOn date: listed on ${day}, unless imported before.`,
        ]
      : []),
    ...(repeated
      ? [`${counted(repeated, 'entry', 'entries')} repeated the id of an earlier one and replaced it.`]
      : []),
    ...(papers.length + problems.length === 0 ? ['The file has no papers.'] : []),
    counts.join(' '),
  ];
}

const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`;
