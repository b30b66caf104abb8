/** `npm start -- --once`: the unattended journey, with papers of any date, on a machine of its own. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, weekOf, type Week } from '../lambdas/core/calendar';
import { fetchFile } from '../lambdas/sources/file';
import { openSettings } from '../settings/file';
import { takeClock } from './clock';
import { journey, type Route } from './journey';
import { clocksOf, daysOf, journeyWeek, readingClocks } from './journey-dates';
import { problemLines } from './live-papers';
import { startMachine } from './machine';
import { localNewsletter, ownNewsletter } from './newsletter';
import { claimFolder } from './running';

export interface Once {
  /** The folder of the journeys; each starts with nothing but the papers. */
  folder: string;
  /** The file of papers; undefined for the sources of the settings. */
  papers: string | undefined;
  week: Week | undefined;
}

type Say = (line: string) => void;

/** Says what goes on, and its figures as one line of JSON; answers whether all went as it should. */
export async function runOnce({ folder, papers, week: wanted }: Once, say: Say): Promise<boolean> {
  const week = papers ? await weekIn(papers, wanted, say) : (wanted ?? lastWeek(new Date()));
  const release = await claimFolder(folder);
  const clock = takeClock();
  try {
    const run = join(folder, 'run');
    await rm(run, { recursive: true, force: true });
    await mkdir(run, { recursive: true });
    return await travel({ run, papers, week, clock }, say);
  } finally {
    clock.close();
    await release();
  }
}

async function travel(
  { run, papers, week, clock }: Pick<Route, 'week' | 'clock'> & { run: string; papers: string | undefined },
  say: Say,
): Promise<boolean> {
  const more = join(run, 'more-papers.jsonl');
  await writeFile(more, '[]');
  const newsletter = papers
    ? await localNewsletter([papers, more])
    : await ownNewsletter(openSettings().settings, [more]);
  const { timeZone, cadences } = newsletter;
  const schedule = { cron: cadences.weekly?.cron ?? '0 7 ? * MON *', timeZone };
  clock.set(clocksOf(week, schedule).read);
  const machine = await startMachine({
    folder: run,
    newsletter,
    sitePort: 0,
    inboxPort: 0,
    schedules: false,
  });
  try {
    const result = await journey(machine, { week, schedule, more, clock }, (line) => say(`  ${line}`));
    say(JSON.stringify(result));
    const { delivered, confirmed, deliveredAfterUnsubscribe, deliveredToTheOther } = result;
    return delivered === confirmed && deliveredAfterUnsubscribe === 0 && deliveredToTheOther === 1;
  } finally {
    await machine.close();
  }
}

const MOST_LINES = 50;

/** Live sources have all of it. */
const lastWeek = (now: Date): Week => weekOf(addDays(now.toISOString().slice(0, 10), -7));

/** @throws Error where the file can't be read, or has no paper of the week */
async function weekIn(file: string, wanted: Week | undefined, say: Say): Promise<Week> {
  const now = new Date();
  const [first, second] = readingClocks(now);
  const { papers, problems } = await fetchFile(file, first);
  for (const line of problemLines(problems, MOST_LINES)) say(`  ${line}`);
  const week = journeyWeek(daysOf(papers, (await fetchFile(file, second)).papers), wanted, now);
  if (week) return week;
  const listed = wanted ? ` listed in ${wanted}` : '';
  throw new Error(`Can't make a digest: the file has no readable paper${listed}`);
}
