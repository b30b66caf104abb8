/** The pace of sending: evenly, never more in any second than SES allows, and within the day's quota. */

/** SES's limits as GetSendQuota tells them. */
export interface Quota {
  perSecond: number;
  perDay: number;
  sentToday: number;
}

/** Of the daily quota, what editions leave to invitations and welcomes. */
const HEADROOM = 0.2;
/** Of the rate, what is used: clocks and networks squeeze calls together. */
const CAUTION = 0.95;

/** How many mails of editions may still go today. */
export const leftToday = ({ perDay, sentToday }: Quota): number =>
  Math.max(0, Math.floor(perDay * (1 - HEADROOM)) - sentToday);

/** Percent of the day's quota that is used, by editions and by everything else. */
export const percentUsed = ({ perDay, sentToday }: Quota): number => (100 * sentToday) / perDay;

/** Milliseconds between two calls of one of `senders` senders. */
export const spacing = ({ perSecond }: Quota, senders: number): number =>
  (1000 * senders) / (perSecond * CAUTION);

/**
 * Gives each call its moment: `reserve` answers when the next one may start; all in milliseconds of one clock that never goes back. Moments that were not
 * used are lost, so that a pause is never made up for by a burst.
 */
export function pacer(): { reserve(now: number, gap: number): number } {
  let next = 0;
  return {
    reserve(now, gap) {
      const at = Math.max(now, next);
      next = at + gap;
      return at;
    },
  };
}
