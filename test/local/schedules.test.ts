import { firesAt } from '../../lambdas/core/cron';
import { type Schedules, startSchedules } from '../../local/schedules';

const BERLIN = 'Europe/Berlin';

/** The times of the clock, to read and to compare. */
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

describe('running', () => {
  let schedules: Schedules;
  let ran: string[];

  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-03-01T00:00:00Z') });
    ran = [];
  });

  afterEach(() => {
    schedules.close();
    jest.useRealTimers();
  });

  const runOf = (name: string) => async (at: Date) => void ran.push(`${name} ${asUtc(at)}`);

  const start = (...entries: [name: string, cron: string][]) => {
    schedules = startSchedules(
      entries.map(([name, cron]) => ({ name, cron, timeZone: 'UTC', run: runOf(name) })),
    );
  };

  test('each schedule runs at its times, and is told the time it was meant for', async () => {
    start(['weekly', '0 7 ? * MON *'], ['daily', '30 6 ? * * *']);
    await jest.advanceTimersByTimeAsync(2 * 86_400_000);
    expect(ran).toEqual(['daily 2026-03-01T06:30', 'daily 2026-03-02T06:30', 'weekly 2026-03-02T07:00']);
  });

  test('the next times are told, soonest first; what never fires is not among them', () => {
    start(['weekly', '0 7 ? * MON *'], ['daily', '30 6 ? * * *'], ['over', '0 7 1 1 ? 2020']);
    expect(schedules.next()).toEqual([
      { name: 'daily', at: new Date('2026-03-01T06:30:00Z') },
      { name: 'weekly', at: new Date('2026-03-02T07:00:00Z') },
    ]);
  });

  test('a schedule that is months away runs on its day, and not before', async () => {
    start(['yearly', '0 7 1 6 ? *']);
    await jest.advanceTimersByTimeAsync(91 * 86_400_000);
    expect(ran).toEqual([]);
    await jest.advanceTimersByTimeAsync(2 * 86_400_000);
    expect(ran).toEqual(['yearly 2026-06-01T07:00']);
  });

  test('a computer that slept makes up for what it missed with one run', async () => {
    start(['hourly', '0 * ? * * *']);
    jest.setSystemTime(new Date('2026-03-01T05:30:00Z'));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(ran).toEqual(['hourly 2026-03-01T01:00']);
    expect(schedules.next()).toEqual([{ name: 'hourly', at: new Date('2026-03-01T06:00:00Z') }]);
  });

  test('a run that fails is in the log and does not stop the next', async () => {
    const log = jest.spyOn(console, 'error').mockReturnValue();
    const run = async (at: Date) => {
      ran.push(String(asUtc(at)));
      throw new Error('no table');
    };
    schedules = startSchedules([{ name: 'daily', cron: '30 6 ? * * *', timeZone: 'UTC', run }]);
    await jest.advanceTimersByTimeAsync(2 * 86_400_000);
    expect(ran).toEqual(['2026-03-01T06:30', '2026-03-02T06:30']);
    expect(String(log.mock.calls[0])).toContain('The schedule daily failed:,Error: no table');
    log.mockRestore();
  });

  test('nothing runs after closing', async () => {
    start(['daily', '30 6 ? * * *']);
    schedules.close();
    await jest.advanceTimersByTimeAsync(2 * 86_400_000);
    expect(ran).toEqual([]);
  });
});
