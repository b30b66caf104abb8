/** `npm start -- --once`: one reader's life from end to end, and a second reader who stays. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Built } from '../lambdas/build-digest';
import { addDays, periodOfWeek, weekOf, type Day, type Week } from '../lambdas/core/calendar';
import type { Clock } from './clock';
import { clocksOf } from './journey-dates';
import { ingestQuietly } from './live-papers';
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

export interface Route {
  /** The week of the first edition. */
  week: Week;
  /** When weekly editions go out. */
  schedule: { cron: string; timeZone: string };
  /** A file of papers that the machine reads, for those of the second edition. */
  more: string;
  clock: Clock;
}

/** Throws where a step fails; `say` hears what goes on. */
export async function journey(
  machine: Machine,
  { week, schedule, more, clock }: Route,
  say: (line: string) => void,
): Promise<Journey> {
  const start = performance.now();
  const second = weekOf(addDays(periodOfWeek(week).to, 1));
  const { papers } = await ingest(machine, week);
  say(`${papers} papers read`);
  clock.set(clocksOf(week, schedule).due);
  for (const reader of [LEAVER, STAYER]) await becomeReader(machine, reader);
  say('2 readers signed up and confirmed');
  const { considered } = await edition(machine, week, schedule, say);
  const digests = (await Promise.all([LEAVER, STAYER].map((reader) => inboxOf(machine, reader)))).map(
    (mails) => mails.filter(isDigest),
  );
  await leaveByOneClick(digests[0]?.[0]);
  await machine.idle();
  const before = (await inboxOf(machine, LEAVER)).length;
  say('1 reader left by one click');
  clock.set(clocksOf(second, schedule).read);
  await morePapers(more, periodOfWeek(second).from);
  await ingest(machine, second);
  clock.set(clocksOf(second, schedule).due);
  await edition(machine, second, schedule, say);
  return {
    papers: considered,
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

const ingest = (machine: Machine, week: Week): ReturnType<typeof ingestQuietly> =>
  ingestQuietly(machine, { period: periodOfWeek(week) });

async function edition(
  machine: Machine,
  week: Week,
  schedule: Route['schedule'],
  say: (line: string) => void,
): Promise<Built> {
  const built = await sendEdition(machine, week, clocksOf(week, schedule).due);
  const { editionId, outcome, papers, considered } = built;
  if (outcome === 'skipped')
    throw new Error(`Can't send ${editionId}: ${considered} papers are fewer than cadences.weekly.minimum`);
  say(`edition ${editionId}: ${papers} papers sent`);
  return built;
}

/** Builds the edition of a week as it would be on the Monday after, and waits until it is sent. */
export async function sendEdition(machine: Machine, week: Week, due?: Date): Promise<Built> {
  const scheduledTime = due?.toISOString() ?? `${addDays(periodOfWeek(week).to, 1)}T07:00:00.000Z`;
  const built = (await machine.invoke('build-digest', { cadence: 'weekly', scheduledTime })) as Built;
  await machine.idle();
  return built;
}

/** The sample's undated papers, listed on a Monday: so there is a second edition whatever the file holds. */
async function morePapers(more: string, monday: Day): Promise<void> {
  const undated = (await readFile(SAMPLE, 'utf8'))
    .split('\n')
    .filter((line) => line && !line.includes('"_daily"'));
  const listed = undated.map((line) => JSON.stringify({ ...(JSON.parse(line) as object), _daily: monday }));
  await writeFile(more, `${listed.join('\n')}\n`);
}
