/** `npm start -- --once`: one reader's life from end to end, and a second reader who stays. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Built } from '../lambdas/build-digest';
import { addDays, periodOfWeek, weekOf, type Week } from '../lambdas/core/calendar';
import { ingestQuietly, problemLines } from './live-papers';
import type { Machine } from './machine';
import { becomeReader, inboxOf, leaveByOneClick } from './reader';

export interface Journey {
  /** Papers listed in the week of the first edition. */
  papers: number;
  confirmed: number;
  /** Digests of the first edition in the inboxes. */
  delivered: number;
  unsubscribed: number;
  deliveredAfterUnsubscribe: number;
  /** Digests of the second edition to the reader who stayed. */
  deliveredToTheOther: number;
  seconds: number;
  /** The folder with the journey's mails. */
  inbox: string;
  week: Week;
}

/** The papers that come with the project. */
export const SAMPLE = join(__dirname, 'sample-papers.jsonl');

const LEAVER = 'ada@example.org';
const STAYER = 'grace@example.org';

/** Throws where a step fails; `say` hears what goes on. */
export async function journey(
  machine: Machine,
  papers: { week: Week | undefined; more: string },
  say: (line: string) => void,
): Promise<Journey> {
  const start = performance.now();
  const week = await ingest(machine, papers.week, say);
  for (const reader of [LEAVER, STAYER]) await becomeReader(machine, reader);
  say('2 readers signed up and confirmed');
  const first = await sendEdition(machine, week);
  say(`edition ${first.editionId}: ${first.papers} papers sent`);
  const digests = (await Promise.all([LEAVER, STAYER].map((reader) => inboxOf(machine, reader)))).map(
    (mails) => mails.filter(isDigest),
  );
  await leaveByOneClick(digests[0]?.[0]);
  const before = (await inboxOf(machine, LEAVER)).length;
  say('1 reader left by one click');
  const second = await sendEdition(machine, await nextWeek(machine, week, papers.more));
  say(`edition ${second.editionId}: ${second.papers} papers sent`);
  return {
    papers: first.considered,
    confirmed: 2,
    delivered: digests.flat().length,
    unsubscribed: 1,
    deliveredAfterUnsubscribe: (await inboxOf(machine, LEAVER)).length - before,
    deliveredToTheOther: (await inboxOf(machine, STAYER)).filter(isDigest).length - (digests[1]?.length ?? 0),
    seconds: Math.round(performance.now() - start) / 1000,
    inbox: machine.mails,
    week,
  };
}

export const isDigest = (mail: { headers: Map<string, unknown> }): boolean =>
  mail.headers.get('precedence') === 'bulk';

/** The week's papers into the table; without a week all of them, and the newest week they have. */
async function ingest(machine: Machine, week: Week | undefined, say: (line: string) => void): Promise<Week> {
  const event = week ? { period: periodOfWeek(week) } : {};
  const { papers, newestWeek, problems } = await ingestQuietly(machine, event);
  for (const line of problemLines(problems, MOST_LINES)) say(line);
  if (!newestWeek)
    throw new Error(
      `Can't make a digest: there is no paper that can be read${week ? ` and was listed in ${week}` : ''}`,
    );
  say(`${papers} papers read, ${problems.length} skipped`);
  return newestWeek;
}

const MOST_LINES = 50;

/** Builds the edition of a week as it would be on the Monday after, and waits until it is sent. */
export async function sendEdition(machine: Machine, week: Week): Promise<Built> {
  const scheduledTime = `${addDays(periodOfWeek(week).to, 1)}T07:00:00.000Z`;
  const built = (await machine.invoke('build-digest', { cadence: 'weekly', scheduledTime })) as Built;
  await machine.idle();
  return built;
}

/**
 * The week after, with what the file has of it and the sample's undated papers listed on its Monday, so that there is a
 * second edition whatever the file holds.
 */
async function nextWeek(machine: Machine, week: Week, more: string): Promise<Week> {
  const monday = addDays(periodOfWeek(week).to, 1);
  const undated = (await readFile(SAMPLE, 'utf8'))
    .split('\n')
    .filter((line) => line && !line.includes('"_daily"'));
  const listed = undated.map((line) => JSON.stringify({ ...(JSON.parse(line) as object), _daily: monday }));
  await writeFile(more, `${listed.join('\n')}\n`);
  await machine.invoke('ingest-papers', { period: periodOfWeek(weekOf(monday)) });
  return weekOf(monday);
}
