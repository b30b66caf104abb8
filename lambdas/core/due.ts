/** The editions of a schedule: which one is due at a moment, and which one comes next. */
import { Cadence } from './cadences';
import { editionDue, type Period } from './calendar';
import { firedAt, firesAt } from './cron';

export interface EditionSchedule {
  cadence: Cadence;
  /** EventBridge's six fields. */
  cron: string;
  timeZone: string;
}

export interface DueEdition {
  editionId: string;
  period: Period;
}

/** No monthly edition covers more: on the 29th to the 31st two months may go by without that day. */
const LONGEST_MS = 93 * 86_400_000;

/** The edition that is due at a moment, whether the schedule fires then or not. */
export function editionAt({ cadence, cron, timeZone }: EditionSchedule, at: Date): DueEdition {
  const span = { after: new Date(at.getTime() - LONGEST_MS), by: new Date(at.getTime() - 1) };
  const before = cadence === 'monthly' ? firedAt(cron, timeZone, span) : undefined;
  return editionDue(cadence, at, timeZone, { before, nearest: nearestTo(cron) });
}

/** The 7 of "0 7 7W * ? *", which may fire on the 6th or the 8th. */
function nearestTo(cron: string): number | undefined {
  const day = /^\d+(?=W$)/.exec(cron.split(' ')[2] ?? '')?.[0];
  return day === undefined ? undefined : Number(day);
}

/** The next edition of each cadence that has one, soonest first. */
export const nextEditions = (
  cadences: Partial<Record<Cadence, { cron: string } | undefined>>,
  timeZone: string,
  now: Date,
): NonNullable<ReturnType<typeof nextEdition>>[] =>
  Cadence.options
    .flatMap((cadence) => {
      const cron = cadences[cadence]?.cron;
      return (cron && nextEdition({ cadence, cron, timeZone }, now)) || [];
    })
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());

/** The next edition after a moment; undefined where the schedule never fires again. */
export function nextEdition(
  schedule: EditionSchedule,
  now: Date,
): (DueEdition & { cadence: Cadence; at: Date; timeZone: string }) | undefined {
  const { cadence, cron, timeZone } = schedule;
  const at = firesAt(cron, timeZone, now);
  return at && { cadence, at, timeZone, ...editionAt(schedule, at) };
}
