/** SES's rate and daily quota, asked for once a minute. */
import { GetSendQuotaCommand } from '@aws-sdk/client-ses';
import type { Quota } from '../core/pace';
import { ses } from './mailer';

const FRESH_MS = 60_000;

let known: { quota: Quota; readAt: number } | undefined;

export async function quota(): Promise<Quota> {
  if (known && performance.now() - known.readAt < FRESH_MS) return known.quota;
  const {
    MaxSendRate = 1,
    Max24HourSend = 200,
    SentLast24Hours = 0,
  } = await ses.send(new GetSendQuotaCommand({}));
  // -1 is SES's word for "no limit"
  const perDay = Max24HourSend < 0 ? Number.MAX_SAFE_INTEGER : Max24HourSend;
  known = {
    quota: { perSecond: Math.max(MaxSendRate, 0.1), perDay, sentToday: SentLast24Hours },
    readAt: performance.now(),
  };
  return known.quota;
}

/** Between two looks at the quota our own mails count. */
export function countSent(mails: number): void {
  if (known) known.quota = { ...known.quota, sentToday: known.quota.sentToday + mails };
}
