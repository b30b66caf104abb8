/** Limits that are counted in the table: how many an hour or a day, for whom, and what a refusal uses up. */
import { hasRoom, mayBeWrittenTo } from '../../lambdas/aws/counters';
import type { FarEnd } from '../../local/far-end';
import { localNewsletter } from '../../local/newsletter';
import { startTables } from '../embedded';

let tables: FarEnd;
beforeAll(async () => {
  tables = await startTables();
  const limits = { invitationsPerAddress: 2, invitations: 20 };
  process.env['NEWSLETTER'] = JSON.stringify(await localNewsletter([], { limits }));
});
afterAll(() => tables.close());

const at = (time: string): Date => new Date(`2025-03-17T${time}Z`);

/** What each of some askings hears. */
async function hears(count: number, ask: () => Promise<boolean>): Promise<string> {
  let heard = '';
  for (let n = 0; n < count; n++) heard += (await ask()) ? 'y' : 'n';
  return heard;
}

test('there is room up to the limit and no further', async () => {
  expect(await hears(5, () => hasRoom('limit', 3, 'hour', at('07:10:00')))).toBe('yyynn');
});

test('a new hour has room again, at its very beginning', async () => {
  expect(await hears(2, () => hasRoom('hours', 1, 'hour', at('07:00:00')))).toBe('yn');
  expect(await hasRoom('hours', 1, 'hour', at('07:59:59.999'))).toBe(false);
  expect(await hasRoom('hours', 1, 'hour', at('08:00:00'))).toBe(true);
});

test('a day is a day, whatever the hour', async () => {
  expect(await hasRoom('days', 1, 'day', at('00:00:00'))).toBe(true);
  expect(await hasRoom('days', 1, 'day', at('23:59:59.999'))).toBe(false);
  expect(await hasRoom('days', 1, 'day', new Date('2025-03-18T00:00:00Z'))).toBe(true);
});

test('counters of other names count for themselves', async () => {
  expect(await hasRoom('one', 1, 'hour', at('07:00:00'))).toBe(true);
  expect(await hasRoom('another', 1, 'hour', at('07:00:00'))).toBe(true);
});

test('of many at once as many have room as there is', async () => {
  const all = await Promise.all(
    Array.from({ length: 10 }, () => hasRoom('crowd', 4, 'hour', at('07:00:00'))),
  );
  expect(all.filter(Boolean)).toHaveLength(4);
});

test('who is over their own limit uses up nothing of everybody’s', async () => {
  const now = at('09:00:00');
  expect(await hears(30, () => mayBeWrittenTo('flooded', now))).toBe(`yy${'n'.repeat(28)}`);
  let n = 0;
  const others = await hears(30, () => mayBeWrittenTo(`other${n++}`, now));
  expect(others).toBe(`${'y'.repeat(18)}${'n'.repeat(12)}`);
});

test('those without a proof share a tenth, and leave the rest to the others', async () => {
  const now = at('11:00:00');
  let n = 0;
  const unproven = () => mayBeWrittenTo(`bare${n++}`, now, { unproven: true });
  expect(await hears(5, unproven)).toBe('yynnn');
  expect(await hears(30, () => mayBeWrittenTo(`proven${n++}`, now))).toBe(
    `${'y'.repeat(18)}${'n'.repeat(12)}`,
  );
});
