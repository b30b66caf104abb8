/** `subscribers export FILE`, run as the operator runs it: real rows, and files that other programs read. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorld, type World } from '../world';
import { paperboy } from './paperboy';

let folder: string;
let world: World;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperboy-export-'));
  world = await startWorld();
  await world.subscribes('ada@example.org', { search: '"sparse, voxel" grids' });
  await world.reader('ada@example.org');
  await world.enlists(['=cmd@example.org', 'grace@example.org']);
  await world.enlists(['left@example.org'], 'unsubscribed');
  await world.enlists(['bounced@example.org'], 'suppressed');
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const READERS = ["'=cmd@example.org", 'ada@example.org', 'grace@example.org'];

/** RFC 4180, read back by rules of its own. */
function rowsOf(csv: string): string[][] {
  const fields = csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g);
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of fields) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

test('as CSV those who may be written to, with what they agreed to, and no formula', async () => {
  const file = join(folder, 'readers.csv');
  const { code, out } = await paperboy(world, 'subscribers', 'export', file);
  expect(code).toBe(0);
  expect(out).toContain('3 readers. Those who left, bounced or never confirmed are not in it');
  expect(out).toContain("1 addresses have a ' in front");
  const [head, ...rows] = rowsOf(await readFile(file, 'utf8'));
  expect(head).toEqual(['email', 'name', 'attributes', 'status', 'cadence', 'confirmed_at']);
  expect(rows.map(([email = '']) => email).toSorted()).toEqual(READERS);
  const ada = rows.find(([email]) => email === 'ada@example.org') ?? [];
  expect(ada).toHaveLength(6);
  expect(JSON.parse(ada[2] ?? '')).toMatchObject({
    status: 'active',
    searches: ['grids "sparse voxel"'],
    consents: [{ what: 'asked' }, { what: 'asked' }, { what: 'confirmed', form: '/confirm' }],
  });
});

test('as JSON lines everybody, as stored, for the operator alone to read', async () => {
  const file = join(folder, 'readers.jsonl');
  const { out } = await paperboy(world, 'subscribers', 'export', file);
  expect(out).toContain('5 subscribers, each as it is stored');
  const rows = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row) as { address: string; status: string });
  expect(rows.map(({ address, status }) => `${status} ${address}`).toSorted()).toEqual([
    'active =cmd@example.org',
    'active ada@example.org',
    'active grace@example.org',
    'suppressed bounced@example.org',
    'unsubscribed left@example.org',
  ]);
  expect(rows.find(({ address }) => address === 'ada@example.org')).toEqual(
    await world.subscriber('ada@example.org'),
  );
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.each<[words: string[], says: string]>([
  [
    ['subscribers', 'export'],
    'FILE is missing. Example: npm run paperboy -- subscribers export readers.jsonl',
  ],
  [['subscribers', 'export', 'readers.xlsx'], 'Name the file: readers.jsonl for all that is known'],
])('%j ends with a sentence', async (words, says) => {
  const { code, err } = await paperboy(world, ...words);
  expect([code, err]).toEqual([1, expect.stringContaining(says)]);
});

test('no file is overwritten', async () => {
  const file = join(folder, 'readers.csv');
  const before = await readFile(file, 'utf8');
  const { code, err } = await paperboy(world, 'subscribers', 'export', file);
  expect([code, err.trim()]).toEqual([1, `${file} is there already: take another name`]);
  expect(await readFile(file, 'utf8')).toBe(before);
});
