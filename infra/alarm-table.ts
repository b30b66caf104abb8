/** What the operator is told of, as a table: each alarm, what it watches, and from where on it goes off. */
import { type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Function } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Settings } from '../lambdas/core/settings';
import { HOUR, messagesIn, own, QUARTER, reputation } from './metrics';

export interface AlarmRow {
  name: string;
  /** One sentence; it stands in the mail. */
  says: string;
  /** Goes off when this is reached in one period, or in so many in a row. */
  metric: Metric;
  threshold: number;
  periods?: number;
  /** What no data means, if not that all is well. */
  missing?: TreatMissingData;
  /** The heading of docs/runbook.md, if not the name. */
  section?: string;
}

export interface Watched {
  settings: Settings;
  configurationSet: string;
  /** Of runs by the clock. */
  failedRuns: Queue;
}

const percent = (count: number): number => count / 100;

export function alarmsOf(scope: Construct, { settings, configurationSet, failedRuns }: Watched): AlarmRow[] {
  const { sending, limits } = settings;
  return [
    {
      name: 'Edition did not run',
      says: 'An edition was due an hour ago and does not exist, or nobody looked for half an hour.',
      metric: own(scope, 'EditionsMissing', { statistic: 'Maximum', period: QUARTER }),
      threshold: 1,
      periods: 2,
      missing: TreatMissingData.BREACHING,
    },
    {
      name: 'Edition stuck',
      says: 'An edition is paused and waits for your word, or has been on its way for six hours since its last wave.',
      metric: own(scope, 'EditionsStuck', { statistic: 'Maximum', period: QUARTER }),
      threshold: 1,
      periods: 2,
    },
    {
      name: 'Books do not close',
      says: 'Every lane of an edition was walked, and still not every reader is accounted for.',
      metric: own(scope, 'BooksOverdue', { statistic: 'Maximum', period: QUARTER }),
      threshold: 1,
      periods: 2,
    },
    {
      name: 'Dead letters',
      says: 'A message failed as often as it may be tried, and waits for you.',
      metric: own(scope, 'DeadLetters', { statistic: 'Maximum', period: QUARTER }),
      threshold: 1,
    },
    {
      name: 'Dead letters of schedules',
      says: 'A run by the clock did not start, or failed as often as it may be tried.',
      metric: messagesIn(failedRuns),
      threshold: 1,
      section: 'Dead letters',
    },
    {
      name: 'Bounce rate',
      says: `${sending.bouncePercent} % of the mails bounced; SES reviews an account at 5 %.`,
      metric: reputation('Reputation.BounceRate', configurationSet),
      threshold: percent(sending.bouncePercent),
      missing: TreatMissingData.IGNORE,
    },
    {
      name: 'Complaint rate',
      says: `${sending.complaintPercent} % of the readers complained; SES reviews an account at 0.1 %.`,
      metric: reputation('Reputation.ComplaintRate', configurationSet),
      threshold: percent(sending.complaintPercent),
      missing: TreatMissingData.IGNORE,
    },
    {
      name: 'Errors',
      says: 'Handlers met three faults or more within a quarter of an hour.',
      metric: own(scope, 'Errors', { statistic: 'Sum', period: QUARTER }),
      threshold: 3,
    },
    {
      name: 'Throttles',
      says: "Lambda turned runs away: the account's concurrency is used up.",
      metric: Function.metricAllThrottles({ statistic: 'Sum', period: QUARTER }),
      threshold: 10,
    },
    {
      name: 'Sign-up surge',
      says: `Four fifths of the ${limits.invitations} invitations that may go out in an hour did.`,
      metric: own(scope, 'Invitations', { statistic: 'Sum', period: HOUR }),
      threshold: Math.ceil(0.8 * limits.invitations),
    },
    {
      name: 'SES quota near',
      says: "70 % of SES's daily quota is used; editions stop at 80 %.",
      metric: own(scope, 'QuotaUsed', { statistic: 'Maximum', period: QUARTER }),
      threshold: 70,
    },
  ];
}
