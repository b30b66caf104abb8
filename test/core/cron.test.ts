/** EventBridge's expressions: when they fire, through leap years and changes of the clocks, forwards and backwards. */
import { firedAt, firesAt } from '../../lambdas/core/cron';

const BERLIN = 'Europe/Berlin';

/** To read and to compare. */
const asUtc = (at: Date | undefined): string | undefined => at?.toISOString().slice(0, 16);

function timesOf(cron: string, timeZone: string, after: string, count: number): (string | undefined)[] {
  const times: (Date | undefined)[] = [];
  let at: Date | undefined = new Date(after);
  while (at && times.length < count) {
    at = firesAt(cron, timeZone, at);
    times.push(at);
  }
  return times.map(asUtc);
}

/** After Sunday, 1 March 2026. */
test.each([
  ['mondays', '0 7 ? * MON *', ['2026-03-02T07:00', '2026-03-09T07:00']],
  ['mondays, the second day of an American week', '0 7 ? * 2 *', ['2026-03-02T07:00', '2026-03-09T07:00']],
  ['sundays', '0 7 ? * 1 *', ['2026-03-01T07:00', '2026-03-08T07:00']],
  ['workdays', '0 7 ? * MON-FRI *', ['2026-03-02T07:00', '2026-03-03T07:00']],
  ['two days a week', '0 7 ? * TUE,THU *', ['2026-03-03T07:00', '2026-03-05T07:00']],
  ['every day, the week left open', '0 7 * * ? *', ['2026-03-01T07:00', '2026-03-02T07:00']],
  ['every day, the month left open', '0 7 ? * * *', ['2026-03-01T07:00', '2026-03-02T07:00']],
  ['the last day of a month', '30 7 L * ? *', ['2026-03-31T07:30', '2026-04-30T07:30']],
  [
    'the last workday of a month',
    '0 7 LW * ? *',
    ['2026-03-31T07:00', '2026-04-30T07:00', '2026-05-29T07:00'],
  ],
  ['the workday nearest to the 15th', '0 7 15W * ? *', ['2026-03-16T07:00', '2026-04-15T07:00']],
  [
    'the workday nearest to the 1st, in the same month',
    '0 7 1W * ? *',
    ['2026-03-02T07:00', '2026-04-01T07:00'],
  ],
  ['the last friday of a month', '0 7 ? * 6L *', ['2026-03-27T07:00', '2026-04-24T07:00']],
  ['the last day of a week', '0 7 ? * L *', ['2026-03-07T07:00', '2026-03-14T07:00']],
  ['the second monday of a month', '0 7 ? * MON#2 *', ['2026-03-09T07:00', '2026-04-13T07:00']],
  ['the second tuesday of a month', '0 7 ? * 3#2 *', ['2026-03-10T07:00', '2026-04-14T07:00']],
  [
    'the fifth friday, in the months that have one',
    '0 7 ? * 6#5 *',
    ['2026-05-29T07:00', '2026-07-31T07:00'],
  ],
  [
    'steps',
    '0/20 8-9 1 * ? *',
    ['2026-03-01T08:00', '2026-03-01T08:20', '2026-03-01T08:40', '2026-03-01T09:00'],
  ],
  ['quarters of a year', '0 7 1 1/3 ? *', ['2026-04-01T07:00', '2026-07-01T07:00']],
  ['named months', '0 7 1 JAN,JUL ? *', ['2026-07-01T07:00', '2027-01-01T07:00']],
  ['leap days', '0 7 29 2 ? *', ['2028-02-29T07:00', '2032-02-29T07:00']],
  ['one year, and then never again', '0 7 1 1 ? 2027', ['2027-01-01T07:00', undefined]],
  ['a year that is over', '0 7 1 1 ? 2025', [undefined]],
  ['a day that never comes', '0 7 30 2 ? *', [undefined]],
])('%s', (_, cron, times) => {
  expect(timesOf(cron, 'UTC', '2026-03-01T00:00:00Z', times.length)).toEqual(times);
});

test.each([
  [
    'the digest keeps its hour when summer begins',
    '0 7 ? * * *',
    BERLIN,
    '2026-03-28T00:00Z',
    ['2026-03-28T06:00', '2026-03-29T05:00'],
  ],
  [
    'the digest keeps its hour when summer ends',
    '0 7 ? * * *',
    BERLIN,
    '2026-10-24T00:00Z',
    ['2026-10-24T05:00', '2026-10-25T06:00'],
  ],
  [
    'a time that the clocks skip does not fire',
    '30 2 ? * * *',
    BERLIN,
    '2026-03-27T12:00Z',
    ['2026-03-28T01:30', '2026-03-30T00:30'],
  ],
  [
    'the hour after the gap fires as usual',
    '0 3 ? * * *',
    BERLIN,
    '2026-03-28T12:00Z',
    ['2026-03-29T01:00', '2026-03-30T01:00'],
  ],
  [
    'of several hours only the skipped one is left out',
    '0 1-3 ? * * *',
    BERLIN,
    '2026-03-28T12:00Z',
    ['2026-03-29T00:00', '2026-03-29T01:00', '2026-03-29T23:00'],
  ],
  [
    'a time that the clocks repeat fires once',
    '30 2 ? * * *',
    BERLIN,
    '2026-10-24T12:00Z',
    ['2026-10-25T00:30', '2026-10-26T01:30'],
  ],
  [
    'every hour fires once where one is repeated',
    '0 * ? * * *',
    BERLIN,
    '2026-10-24T23:30Z',
    ['2026-10-25T00:00', '2026-10-25T02:00'],
  ],
  [
    'a time that exists only to be skipped never fires',
    '30 2 ? 3 1L *',
    BERLIN,
    '2026-01-01T00:00Z',
    [undefined],
  ],
  [
    'a midnight that is skipped does not fire',
    '0 0 ? * * *',
    'America/Havana',
    '2026-03-07T00:00Z',
    ['2026-03-07T05:00', '2026-03-09T04:00'],
  ],
  [
    'half an hour that is repeated fires once',
    '45 1 ? * * *',
    'Australia/Lord_Howe',
    '2026-04-04T00:00Z',
    ['2026-04-04T14:45', '2026-04-05T15:15'],
  ],
  [
    'of several times in half an hour that is repeated each fires once',
    '0/15 1 ? * * *',
    'Australia/Lord_Howe',
    '2026-04-04T14:00Z',
    ['2026-04-04T14:15', '2026-04-04T14:30', '2026-04-04T14:45', '2026-04-05T14:30'],
  ],
  [
    'where clocks go back by two hours each time in them fires once',
    '0/30 1-2 ? * * *',
    'Antarctica/Troll',
    '2026-10-24T22:30Z',
    ['2026-10-24T23:00', '2026-10-24T23:30', '2026-10-25T00:00', '2026-10-25T00:30', '2026-10-26T01:00'],
  ],
  [
    'a zone without summer time',
    '0 7 ? * MON *',
    'Asia/Tokyo',
    '2026-03-01T00:00Z',
    ['2026-03-01T22:00', '2026-03-08T22:00'],
  ],
])('%s', (_, cron, timeZone, after, times) => {
  expect(timesOf(cron, timeZone, after, times.length)).toEqual(times);
});

const sevenAfter = (after: string) => asUtc(firesAt('0 7 ? * * *', 'UTC', new Date(after)));

test('the next time is always later than the time asked about', () => {
  expect(sevenAfter('2026-03-02T06:59:59.999Z')).toBe('2026-03-02T07:00');
  expect(sevenAfter('2026-03-02T07:00:00.000Z')).toBe('2026-03-03T07:00');
  expect(sevenAfter('2026-03-02T07:00:00.500Z')).toBe('2026-03-03T07:00');
});

test.each([
  '0 7 ? * MON',
  '0 7 ? * MON * *',
  '0 7 * * * *',
  '0 7 ? * ? *',
  '0 7 1 * MON *',
  '? 7 ? * MON *',
  '0 7 ? ? MON *',
  '60 7 ? * * *',
  '0 24 ? * * *',
  '0 7 0 * ? *',
  '0 7 ? * 0 *',
  '0 7 ? * 8 *',
  '0 7 ? * MON#1,MON#3 *',
  '0 7 ? * FUNDAY *',
  '',
])('what EventBridge refuses is refused: "%s"', (cron) => {
  expect(() => firesAt(cron, 'UTC', new Date())).toThrow(`Can't read the schedule "${cron}"`);
});

const START = new Date('2025-01-01T00:00Z');

/** Every time that it fires in two years, in which clocks go forward and back. */
function allTimes(cron: string, timeZone: string): Date[] {
  const times: Date[] = [];
  const end = new Date('2027-01-01T00:00Z');
  for (let at = firesAt(cron, timeZone, START); at && at < end;) {
    times.push(at);
    at = firesAt(cron, timeZone, at);
  }
  return times;
}

test.each([
  ['0 7 ? * MON *', BERLIN],
  ['30 6 * * ? *', 'America/New_York'],
  ['30 2 ? * * *', BERLIN],
  ['45 1 ? * * *', 'Australia/Lord_Howe'],
  ['0/30 1 ? * * *', 'Australia/Lord_Howe'],
  ['0 0 ? * * *', 'America/Havana'],
  ['0 7 LW * ? *', 'Asia/Tokyo'],
  ['0 7 1 1 ? *', 'UTC'],
])('"%s" in %s fired last when it last fired next', (cron, timeZone) => {
  const times = allTimes(cron, timeZone);
  expect(times.length).toBeGreaterThan(1);
  times.forEach((at, n) => {
    const before = times[n - 1] ?? START;
    const until = (by: Date) => firedAt(cron, timeZone, { after: before, by });
    expect(until(at)).toEqual(at);
    expect(until(new Date(at.getTime() - 1))).toBeUndefined();
  });
});
