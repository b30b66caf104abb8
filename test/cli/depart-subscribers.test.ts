/** `subscribers leave FILE` and `subscribers erase FILE`, run as the operator runs them after a restore. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorld, type World } from '../world';
import { paperboy } from './paperboy';

const [ADA, GRACE, ALAN] = ['ada@example.org', 'grace@example.org', 'alan@example.org'];
let folder: string;
let world: World;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperboy-leave-'));
  world = await startWorld();
  await world.enlists([ADA, GRACE, ALAN]);
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

async function ids(...lines: string[]): Promise<string> {
  const file = join(folder, 'ids.txt');
  await writeFile(file, lines.join('\n'));
  return file;
}

test('readers who had left leave again, with that on record, and nobody else does', async () => {
  const file = await ids(
    'subscriberId',
    `"${await world.idOf(ADA)}"`,
    await world.idOf('nobody@example.org'),
  );
  const { code, out, err } = await paperboy(world, 'subscribers', 'leave', file);
  expect([code, out.trim()]).toEqual([0, '1 have left, 1 had before or are not known, 1 skipped']);
  expect(err).toContain('skipped, no id: subscriberId');
  const ada = await world.subscriber(ADA);
  expect(ada).toMatchObject({ status: 'unsubscribed', consent: { leftAt: expect.any(String) } });
  expect(ada?.consents?.at(-1)).toMatchObject({ what: 'left', form: 'by hand' });
  expect(await world.subscriber(GRACE)).toMatchObject({ status: 'active' });
  expect((await paperboy(world, 'subscribers', 'leave', file)).out).toContain('0 have left, 2 had before');
});

test('readers who had been erased are erased again', async () => {
  const { out } = await paperboy(world, 'subscribers', 'erase', await ids(await world.idOf(ALAN)));
  expect(out.trim()).toBe('1 are erased, 0 had before or are not known, 0 skipped');
  expect(await world.subscriber(ALAN)).toMatchObject({ status: 'erased', address: '' });
});

test.each<[words: string[], says: string]>([
  [[], 'FILE is missing. Example: npm run paperboy -- subscribers leave left.txt'],
  [['/nowhere.txt'], "Can't go through the ids in /nowhere.txt"],
])('without a file, %j, it ends with a sentence', async (words, says) => {
  const { code, err } = await paperboy(world, 'subscribers', 'leave', ...words);
  expect([code, err]).toEqual([1, expect.stringContaining(says)]);
});

test('a file without any id is no success', async () => {
  expect(await paperboy(world, 'subscribers', 'leave', await ids('nothing here'))).toMatchObject({ code: 1 });
});
