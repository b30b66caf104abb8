/** GET /editions and /editions/{editionId}: past editions for everybody. GET / is in front-page.test.ts. */
import { startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test('before the first edition the list says so', async () => {
  expect((await world.opens('/editions')).text).toContain('None yet');
});

test('the newest edition stands first, and its page shows its papers in order', async () => {
  await world.enlists(['ada@example.org']); // without readers there is no edition
  for (const [day, week] of [
    ['2025-03-04', '2025-W10'],
    ['2025-03-11', '2025-W11'],
  ] as const) {
    await world.papersOn(day, 2);
    await world.sendsEdition(week);
  }
  const list = await world.opens('/editions');
  expect(list.text.match(/weekly-2025-W\d+/g)).toEqual(['weekly-2025-W11', 'weekly-2025-W10']);
  const page = await world.opens('/editions/weekly-2025-W11');
  expect(page.text).toMatch(/1\. <a [^>]*>Paper 1 of 2025-03-11[^]*2\. <a [^>]*>Paper 2 of 2025-03-11/);
  expect(page.headers.get('cache-control')).toBe('public, max-age=3600');
});

test.each(['weekly-1999-W01', 'all', '%00', 'weekly-2025-W11x'])(
  'an edition that is not there is a page that says so: %s',
  async (editionId) => {
    const answer = await world.opens(`/editions/${editionId}`);
    expect([answer.status, answer.text.includes('There is no such')]).toEqual([404, true]);
  },
);
