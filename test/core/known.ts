/** Somebody of each standing, and the hours of their life. */
import type { Address } from '../../lambdas/core/address';
import type { Subscriber } from '../../lambdas/core/subscriber';

export const ada = 'ada@example.org' as Address;
export const monday = new Date('2025-03-10T08:00:00.000Z');
export const later = (hours: number, from = monday): Date => new Date(from.getTime() + hours * 3_600_000);

type Status = Subscriber['status'] | 'stranger';

/** A stranger is nobody we know; everybody else asked on Monday. */
export const known = (status: Status): Subscriber | undefined =>
  status === 'stranger'
    ? undefined
    : {
        subscriberId: 'ada',
        address: ada,
        status,
        cadence: 'weekly',
        consent: { askedAt: monday.toISOString() },
        revision: 4,
      };
