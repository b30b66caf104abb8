/** Whether the account may send, how much, and how its mails fared. */
import type { Reputation } from '../../lambdas/aws/ses-account';
import { leftToday, spacing, type Quota } from '../../lambdas/core/pace';
import { fail, ok, warn, type Finding } from './finding';

export const sendingEnabled = (enabled: boolean): Finding =>
  enabled
    ? ok('the account may send')
    : fail(
        'SES has paused sending for the account',
        "Read the email that SES sent to the account's owner, fix the cause, and reply in the AWS Support Center.",
      );

/** https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html */
const SANDBOX = 200;

export const sandbox = ({ perDay }: Quota): Finding =>
  perDay > SANDBOX
    ? ok('out of the sandbox')
    : warn(
        `${perDay} mails a day, and only to addresses verified by hand: the account is in SES's sandbox`,
        "Ask for production access: SES's console, Account dashboard, Request production access. It takes about a day.",
      );

const HOUR = 3_600;
const figures = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const unlimited = ({ perDay }: Quota): boolean => perDay === Number.MAX_SAFE_INTEGER;

/** How many an edition may need to reach; `exactly` where readers were counted and not all rows of the table. */
export interface Readers {
  count: number;
  exactly: boolean;
}

/** A fifth of the day is left to invitations (core/pace.ts). */
export const daysFor = (quota: Quota, readers: number): number =>
  Math.ceil(readers / Math.max(1, leftToday({ ...quota, sentToday: 0 })));

export function quotas(quota: Quota, { count, exactly }: Readers): Finding {
  const days = daysFor(quota, count);
  const seconds = (spacing(quota, 1) / 1_000) * count;
  const limits = `${figures.format(quota.perSecond)} a second, ${unlimited(quota) ? 'no limit' : figures.format(quota.perDay)} a day, ${figures.format(quota.sentToday)} sent in the last 24 hours`;
  const audience = `${exactly ? '' : 'at most '}${figures.format(count)} readers of an edition`;
  const more = "Ask for more in AWS's Service Quotas, service Amazon SES.";
  if (days > 1) return warn(`${limits}: too few for ${audience}, which takes ${days} days`, more);
  if (leftToday(quota) < count)
    return warn(
      `${limits}: an edition now would wait for tomorrow with some of ${audience}`,
      `Nothing is lost: the rest goes out as the day's quota frees. ${more}`,
    );
  if (seconds > 12 * HOUR)
    return warn(`${limits}: ${audience} take ${figures.format(seconds / HOUR)} hours`, more);
  return ok(`${limits}: enough for ${audience}`);
}

/** Of so few mails a single bounce says nothing, or little. */
const FEW = 100;
const MANY = 1_000;

interface Limits {
  noun: string;
  warnPercent: number;
  /** Where SES begins a review: https://docs.aws.amazon.com/ses/latest/dg/reputationdashboardmessages.html */
  failPercent: number;
  remedy: string;
}

const rated =
  (of: 'bounces' | 'complaints', { noun, warnPercent, failPercent, remedy }: Limits) =>
  (seen: Reputation): Finding => {
    const percent = (100 * seen[of]) / Math.max(1, seen.attempts);
    const found = `${seen[of]} ${noun} of ${figures.format(seen.attempts)} mails in two weeks`;
    if (seen.attempts < FEW) return ok(`${found}: too few to judge`);
    const said = `${found}: ${percent.toFixed(2)} %`;
    if (percent >= failPercent && seen.attempts >= MANY) return fail(said, remedy);
    return percent >= warnPercent ? warn(said, remedy) : ok(said);
  };

export const bounces = rated('bounces', {
  noun: 'bounces',
  warnPercent: 2,
  failPercent: 5,
  remedy:
    'SES reviews an account at 5 %: `editions show` tells which edition, and the form may be abused by robots; pause editions until you know.',
});

export const complaints = rated('complaints', {
  noun: 'complaints',
  warnPercent: 0.05,
  failPercent: 0.1,
  remedy:
    'SES reviews an account at 0.1 %: look at what changed in the mails or how readers come, and pause editions until you know.',
});
