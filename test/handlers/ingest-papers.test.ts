/** ingest-papers: what sources have into the table; upvotes only move on; a bad line costs itself only. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as papers from '../../lambdas/aws/papers';
import { startWorld, type World } from '../world';

let folder: string;
let world: World;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperboy-papers-'));
  const sources = ['papers.jsonl', 'missing.jsonl'].map((name) => ({
    kind: 'file',
    path: join(folder, name),
  }));
  world = await startWorld({ newsletter: { sources } });
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const sample = join(__dirname, '..', '..', 'local', 'sample-papers.jsonl');
const ingest = async (text: string, event: object = {}) => {
  await writeFile(join(folder, 'papers.jsonl'), text);
  return world.machine.invoke('ingest-papers', event);
};
const week = () => papers.listed({ from: '2025-03-10', to: '2025-03-16' });

test('all readable papers are kept, and what is not is reported by its line; a missing source costs its own only', async () => {
  const lines = (await readFile(sample, 'utf8')).split('\n').slice(0, 20);
  lines.splice(5, 0, '{ "paper": { "id": "2503.99999" } }', 'not JSON');
  const ingested = await ingest(lines.join('\r\n'));
  expect(ingested).toMatchObject({ papers: 20, newestWeek: '2025-W11' });
  const { problems } = ingested as { problems: { where: string; reason: string }[] };
  expect(problems.map(({ where }) => where)).toEqual(['line 6', 'line 7', join(folder, 'missing.jsonl')]);
  expect(problems[0]?.reason).toMatch(/^paper\.title is missing$/);
  expect(await week()).toHaveLength(20);
});

test('upvotes move on with a newer reading, keep their first, and never go back to an older one', async () => {
  const [line = ''] = (await readFile(sample, 'utf8')).split('\n');
  const entry = JSON.parse(line) as { paper: { id: string; upvotes: number } };
  const read = (upvotes: number, at: string) =>
    ingest(JSON.stringify({ ...entry, paper: { ...entry.paper, upvotes }, _capturedAt: at }));
  await read(50, '2025-03-12T00:00:00Z');
  await read(7, '2025-03-11T00:00:00Z');
  const kept = (await week()).find(({ paperId }) => paperId === entry.paper.id);
  expect(kept?.last).toEqual({ upvotes: 50, at: '2025-03-12T00:00:00.000Z' });
  expect(kept?.first.upvotes).toBe(entry.paper.upvotes);
});

test('with a period only the papers listed in it are kept', async () => {
  const all = await readFile(sample, 'utf8');
  expect(await ingest(all, { period: { from: '2025-03-14', to: '2025-03-14' } })).toMatchObject({
    papers: 9,
  });
});
