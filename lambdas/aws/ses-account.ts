/** What SES says of the whole account in this region: whether it may send, how its mails fared, and what time it is there. */
import { GetAccountSendingEnabledCommand, GetSendStatisticsCommand } from '@aws-sdk/client-ses';
import * as z from 'zod/mini';
import { ses } from './mailer';
import { sesUrl } from './ses-v2';

export const region = (): Promise<string> => ses.config.region();

export async function isSendingEnabled(): Promise<boolean> {
  const { Enabled } = await ses.send(new GetAccountSendingEnabledCommand({}));
  return z.boolean().parse(Enabled);
}

/** Mails of the last two weeks, of everything in the account and not of this newsletter alone. */
export interface Reputation {
  attempts: number;
  bounces: number;
  complaints: number;
}

const Count = z._default(z.number(), 0);
const DataPoint = z.object({ DeliveryAttempts: Count, Bounces: Count, Complaints: Count });

export async function reputation(): Promise<Reputation> {
  const { SendDataPoints = [] } = await ses.send(new GetSendStatisticsCommand({}));
  const sum = { attempts: 0, bounces: 0, complaints: 0 };
  for (const { DeliveryAttempts, Bounces, Complaints } of z.array(DataPoint).parse(SendDataPoints)) {
    sum.attempts += DeliveryAttempts;
    sum.bounces += Bounces;
    sum.complaints += Complaints;
  }
  return sum;
}

/**
 * Seconds by which this machine's clock is ahead of AWS's. Not by an SDK client, which corrects its own clock in silence;
 * any answer has the time, a refusal too.
 */
export async function secondsAhead(): Promise<number> {
  const before = Date.now();
  const answer = await fetch(await sesUrl(), {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  });
  const there = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(there)) throw new Error("Can't tell AWS's time: its answer has no date");
  return ((before + Date.now()) / 2 - there - 500) / 1_000; // a date of whole seconds is half a second old
}
