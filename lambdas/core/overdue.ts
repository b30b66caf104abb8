/** What should have come about by now: an edition that was due, and one that should be over. */
import { firedAt } from './cron';
import { editionAt } from './due';
import type { Edition } from './edition';
import type { Cadence } from './cadences';
import { opensAt } from './waves';

const MINUTE = 60_000;

/** How long after its time an edition may be missing: a build takes minutes, and a failed one is tried again. */
const BUILDING = 60 * MINUTE;
/** How long the lanes of an edition may take from its last wave on. */
const SENDING = 360 * MINUTE;
/** How long books may stay open, beside the grace that a first and a second try have. */
const SETTLING = 60 * MINUTE;

export interface WatchedSchedule {
  cadence: Cadence;
  /** EventBridge's six fields. */
  cron: string;
  timeZone: string;
  /** Since when it is as it is: what was due before is nobody's fault. */
  since: Date;
}

/** The id of the edition that a cadence's schedule should have had built by now; undefined where none was due yet. */
export function editionExpected(
  { cadence, cron, timeZone, since }: WatchedSchedule,
  now: Date,
): string | undefined {
  const due = firedAt(cron, timeZone, { after: since, by: new Date(now.getTime() - BUILDING) });
  return due && editionAt({ cadence, cron, timeZone }, due).editionId;
}

/** Whether an edition waits for the operator's word, or takes longer to send than it should. */
export function isStuck(edition: Edition, now: Date): boolean {
  if (edition.status === 'paused') return true;
  if (edition.status !== 'sending' || edition.walkedAt) return false;
  const lastWave = opensAt(edition, { wave: edition.waves?.minutes.at(-1) });
  const since = Math.max(lastWave, Date.parse(edition.cutoff), resumed(edition));
  return now.getTime() - since > SENDING;
}

/** Whether every lane was walked long ago, and the books still don't close. */
export function booksAreOverdue(edition: Edition, graceMinutes: number, now: Date): boolean {
  if (edition.status !== 'sending' || !edition.walkedAt) return false;
  const since = Math.max(Date.parse(edition.walkedAt), resumed(edition));
  return now.getTime() - since > SETTLING + 2 * graceMinutes * MINUTE;
}

/** Milliseconds since 1970; 0 where the operator never had to say a word. */
const resumed = ({ resumedAt }: Edition): number => (resumedAt ? Date.parse(resumedAt) : 0);
