/** SES's rate and daily quota, asked for once a minute. */
import { GetSendQuotaCommand } from '@aws-sdk/client-ses';
import type { Quota } from '../core/pace';
import { ses } from './mailer';

const FRESH_MS = 60_000;

let known: { quota: Quota; readAt: number } | undefined;
let asking: Promise<Quota> | undefined;

/** Who asks at the same time gets the same answer, so that what is counted in between stays counted. */
export function quota(): Promise<Quota> | Quota {
  // whichever way the clock was set meanwhile
  if (known && Math.abs(Date.now() - known.readAt) < FRESH_MS) return known.quota;
  return (asking ??= ask().finally(() => (asking = undefined)));
}

async function ask(): Promise<Quota> {
  const answer = await ses.send(new GetSendQuotaCommand({}));
  const { MaxSendRate = 1, Max24HourSend = 200, SentLast24Hours: sentToday = 0 } = answer;
  // -1 is SES's word for "no limit"
  const perDay = Max24HourSend < 0 ? Number.MAX_SAFE_INTEGER : Max24HourSend;
  known = { quota: { perSecond: Math.max(MaxSendRate, 0.1), perDay, sentToday }, readAt: Date.now() };
  return known.quota;
}

/** The quota that was read last, with what was sent since. */
export function countedQuota(): Quota {
  if (!known) throw new Error("Can't tell the quota before it was asked for");
  return known.quota;
}

/** The same, where it was asked for at all. */
export const knownQuota = (): Quota | undefined => known?.quota;

/** Between two looks at the quota our own mails count. */
export function countSent(mails: number): void {
  if (known) known.quota = { ...known.quota, sentToday: known.quota.sentToday + mails };
}
