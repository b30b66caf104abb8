/** Schedules in settings: the schema takes what EventBridge takes, and one that never fires is told before anything starts. */
import { assert as check, constantFrom, property, tuple } from 'fast-check';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { firesAt } from '../../lambdas/core/cron';
import { cronProblem } from '../../lambdas/core/cron-fields';
import { regions } from '../../lambdas/core/regions';
import { readSettings } from '../../lambdas/core/settings';
import { schedulesThatNeverFire } from '../../settings/schedules';
import { least } from './wrong-values';

const NOW = new Date('2026-11-28T12:00:00Z');

test.each([
  '0 7 ? * MON *',
  '0 7 ? * 2 *',
  '0 7 ? * MON-FRI *',
  '0 7 ? * TUE,THU *',
  '0 7 * * ? *',
  '0 7 ? * * *',
  '30 7 L * ? *',
  '0 7 LW * ? *',
  '0 7 15W * ? *',
  '0 7 ? * 6L *',
  '0 7 ? * L *',
  '0 7 ? * MON#2 *',
  '0 7 ? * 3#2 *',
  '0/20 8-9 1 * ? *',
  '*/15 * * * ? *',
  '0 8-18/2 * * ? *',
  '0 7 1 1/3 ? *',
  '0 7 1,15 JAN,JUL ? *',
  '0 7 1 1 ? 2027-2030',
])('"%s" is a schedule', (cron) => {
  expect(cronProblem(cron)).toBeUndefined();
  expect(firesAt(cron, 'UTC', NOW)).toBeInstanceOf(Date);
});

const part = (...some: string[]) => constantFrom('*', '?', '0', '1', '7', '1-5', '0/5', '*/2', ...some);
const expressions = tuple(
  part('59', '60', '5-1'),
  part('23', '24', '8-18/2'),
  part('31', '32', 'L', 'LW', '15W', '1,15'),
  part('12', '13', 'JAN', 'jan', 'JAN-MAR'),
  part('SUN', 'FRI-MON', 'MON,WED', '6L', '2#1', 'MON#5', '8'),
  part('2027', '2027-2030', '2200', '27'),
).map((fields) => fields.join(' '));

function isReadable(cron: string): boolean {
  try {
    firesAt(cron, 'UTC', NOW);
    return true;
  } catch {
    return false;
  }
}

test('whatever the schema takes, the clock can read', () => {
  check(
    property(expressions, (cron) => {
      const isTaken = cronProblem(cron) === undefined;
      expect([cron, isTaken && !isReadable(cron)]).toEqual([cron, false]);
    }),
    { numRuns: 3_000, seed: 7 },
  );
});

test.each([
  ['a day that never comes', '0 7 31 2 ? *', 'UTC'],
  ['a year that is over', '0 7 ? * MON 2025', 'UTC'],
  ['a time that the clocks skip', '30 2 28 3 ? 2027', 'Europe/Berlin'],
])('%s is told', (_, cron, timeZone) => {
  const settings = readSettings({ ...least, timeZone, cadences: { weekly: { cron, papers: 10 } } });
  expect(schedulesThatNeverFire(settings, NOW)).toEqual([
    `cadences.weekly.cron: "${cron}" never fires: no such time is still to come. Example: "0 7 ? * MON *"`,
  ]);
});

test('the regions are those that CDK knows, without the partitions that have no SES or other host names', () => {
  const known = RegionInfo.regions.map(({ name }) => name);
  const elsewhere = /^(cn-|us-iso|eu-iso|eusc-)/;
  expect(known.filter((name) => !elsewhere.test(name))).toEqual([...regions]);
});
