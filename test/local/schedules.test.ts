/** The clock of this machine: what is due runs, once, and late where the machine slept. */
import { type Schedules, startSchedules } from '../../local/schedules';

const asUtc = (at: Date | undefined): string | undefined => at?.toISOString().slice(0, 16);

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
