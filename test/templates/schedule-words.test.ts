/** What operators read of the next edition: when, by which clock, and of which days. */
import { nextEditionLine } from '../../templates/schedule-words';

test.each([
  [
    'weekly',
    'UTC',
    { from: '2026-11-30', to: '2026-12-06' },
    'next weekly edition: Monday 7 December 2026, 07:00 UTC, papers of 30 November – 6 December 2026',
  ],
  [
    'daily',
    'Pacific/Kiritimati',
    { from: '2026-12-06', to: '2026-12-06' },
    'next daily edition: Monday 7 December 2026, 21:00 Pacific/Kiritimati, papers of 6 December 2026',
  ],
  [
    'monthly',
    'America/Los_Angeles',
    { from: '2026-11-06', to: '2026-12-05' },
    'next monthly edition: Sunday 6 December 2026, 23:00 America/Los_Angeles, papers of 6 November – 5 December 2026',
  ],
] as const)('the next %s edition in %s', (cadence, timeZone, period, line) => {
  expect(nextEditionLine({ cadence, timeZone, period, at: new Date('2026-12-07T07:00:00Z') })).toBe(line);
});
