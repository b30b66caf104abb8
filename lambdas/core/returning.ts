/** A departure taken back: for a day, by a link of the goodbye, perhaps to hear less often from then on. */
import { type Cadence, changedCadence } from './cadences';
import type { Settings } from './settings';
import { changed, type FarewellReason, type Subscriber } from './subscriber';

/** How long a departure can be taken back. */
export const UNDO_HOURS = 24;

export type Returning =
  { outcome: 'returned'; subscriber: Subscriber } | { outcome: 'already-active' } | { outcome: 'expired' };

/**
 * Takes back the departure at `leftAt` (links carry whole seconds) with the searches that it gave up. Only of who had
 * confirmed: a departure must not make a reader of somebody who never agreed. `consent.leftAt` stays, so an edition that
 * was under way at that time still skips them.
 */
export function comeBack(
  known: Subscriber | undefined,
  leftAt: Date,
  now: Date,
  cadence?: Cadence,
): Returning {
  if (known?.status === 'active') return { outcome: 'already-active' };
  if (!isGone(known, leftAt, now)) return { outcome: 'expired' };
  const searches = known.searches?.map(({ until, ...search }) =>
    until === undefined || until === known.consent.leftAt ? search : { ...search, until },
  );
  const change = changedCadence(known, cadence ?? known.cadence, now);
  return { outcome: 'returned', subscriber: changed(known, { status: 'active', searches, ...change }) };
}

/** Whether a departure of the last day is there to be taken back. */
export function canReturn({ status, consent, movedTo }: Subscriber, now: Date): boolean {
  const { askedAt, confirmedAt, leftAt } = consent;
  const wasReader = confirmedAt !== undefined && confirmedAt >= askedAt && !movedTo;
  const isRecent = leftAt !== undefined && now.getTime() - Date.parse(leftAt) <= UNDO_HOURS * 3_600_000;
  return status === 'unsubscribed' && wasReader && isRecent;
}

/** Why they left, kept with the departure it is about; undefined where that is over. */
export function explain(
  known: Subscriber | undefined,
  leftAt: Date,
  { reason, words }: { reason: FarewellReason; words: string },
  now: Date,
): Subscriber | undefined {
  if (!isGone(known, leftAt, now)) return undefined;
  return changed(known, { farewell: { reason, ...(words && { words }), at: now.toISOString() } });
}

/** Whether they still stand as the departure at `leftAt` left them, and it can be taken back. */
export const isGone = (known: Subscriber | undefined, leftAt: Date, now: Date): known is Subscriber =>
  known !== undefined && canReturn(known, now) && secondsOf(known) === Math.floor(leftAt.getTime() / 1000);

const secondsOf = ({ consent }: Subscriber): number => Math.floor(Date.parse(consent.leftAt ?? '') / 1000);

const FROM_OFTEN_TO_RARE = ['daily', 'weekly', 'monthly'] as const satisfies readonly Cadence[];

/** The least frequent cadence there is, if it is less frequent than theirs. */
export function lessOften(
  { cadence }: Pick<Subscriber, 'cadence'>,
  { cadences }: Settings,
): Cadence | undefined {
  const rarer = FROM_OFTEN_TO_RARE.slice(FROM_OFTEN_TO_RARE.indexOf(cadence) + 1);
  return rarer.findLast((one) => cadences[one]);
}
