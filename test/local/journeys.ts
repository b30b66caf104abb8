/** Unattended journeys with papers of any date, in a folder of their own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { weekOf, type Day } from '../../lambdas/core/calendar';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperboy-once-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** As the API writes a paper; without a day it says none anywhere. */
export const entry = (n: number, day?: Day): object => ({
  paper: { id: `2501.0000${n}`, title: `Paper number ${n}`, summary: `Words ${n}.`, authors: [], upvotes: n },
  ...(day && { _daily: day }),
});

/** In a process of its own each time, as far as modules go: handlers know one machine. */
export async function once(file: string, week?: string) {
  jest.resetModules();
  const { runOnce } = await import('../../local/once');
  const lines: string[] = [];
  const papers = join(folder, 'papers.json');
  await writeFile(papers, file);
  const went = await runOnce({ folder, papers, week }, (line) => void lines.push(line));
  return { went, lines, figures: JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> };
}

export const today = new Date().toISOString().slice(0, 10);

/** Of each of these days a paper, or one without a day; the week is that of the first edition. */
export function testJourneys(
  cases: readonly [what: string, days: (Day | undefined)[], week: string][],
): void {
  test.each(cases)('papers of %s', async (_, days, week) => {
    const { went, figures } = await once(JSON.stringify(days.map((day, n) => entry(n + 1, day))));
    expect(figures).toMatchObject({
      week,
      papers: days.filter((day) => day === undefined || weekOf(day) === week).length,
      confirmed: 2,
      delivered: 2,
      unsubscribed: 1,
      deliveredAfterUnsubscribe: 0,
      deliveredToTheOther: 1,
    });
    expect(went).toBe(true);
  });
}
