/** What the local SES counts of its mails for GetSendStatistics: in quarters of an hour, over two weeks. */
import { fateOf } from './ses-events';
import type { Xml } from './ses-xml';

export interface Statistics {
  count(recipients: readonly string[], at: Date): void;
  /** What GetSendStatistics answers: https://docs.aws.amazon.com/ses/latest/APIReference/API_SendDataPoint.html */
  report(now: Date): Xml[];
}

type Counts = {
  DeliveryAttempts: number;
  Bounces: number;
  Complaints: number;
  Rejects: number;
};

const QUARTER_MS = 900_000;
const QUARTERS = 14 * 96;

export function openStatistics(): Statistics {
  const quarters = new Map<number, Counts>();
  return {
    count(recipients, at) {
      const quarter = Math.floor(at.getTime() / QUARTER_MS);
      const before = quarters.get(quarter) ?? { DeliveryAttempts: 0, Bounces: 0, Complaints: 0, Rejects: 0 };
      quarters.set(quarter, recipients.reduce(counted, before));
    },
    report(now) {
      const oldest = Math.floor(now.getTime() / QUARTER_MS) - QUARTERS;
      for (const quarter of quarters.keys()) if (quarter < oldest) quarters.delete(quarter);
      return [...quarters].map(([quarter, counts]) =>
        Object.assign({ Timestamp: new Date(quarter * QUARTER_MS).toISOString() }, counts),
      );
    },
  };
}

/** A bounce that passes, such as an answer from a holiday, is none to SES. */
function counted(counts: Counts, recipient: string): Counts {
  const fate = fateOf(recipient);
  const bounced = fate === 'bounce' || fate === 'suppressionlist';
  return {
    ...counts,
    DeliveryAttempts: counts.DeliveryAttempts + 1,
    Bounces: counts.Bounces + Number(bounced),
    Complaints: counts.Complaints + Number(fate === 'complaint'),
  };
}
