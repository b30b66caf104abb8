/** `npm run destroy`, as the operator runs it: readers first, then the stack, and what stays is named. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tables from '../../lambdas/aws/tables';
import { startWorld, type World } from '../world';
import { type Project, startProject } from './project';

let project: Project;
let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.enlists(['ada@example.org', 'grace@example.org']);
  project = await startProject({ SUBSCRIBERS_TABLE: world.machine.environment['SUBSCRIBERS_TABLE'] ?? '' });
});
afterAll(async () => {
  await project.close();
  await world.close();
});
beforeEach(() => {
  project.account.stacks.add('Paperboy');
  project.account.calls.length = 0;
});

/** The readers' table is that of a world. */
const environment = (): Record<string, string> => ({
  ...project.account.environment,
  AWS_ENDPOINT_URL_DYNAMODB: world.machine.environment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
});
const gone = (): boolean => !project.account.stacks.has('Paperboy');

test('readers are in no file yet: nothing is taken away, and what would stay is named', async () => {
  const { code, out, err } = await project.runs('destroy', ['--yes'], { env: environment() });
  expect([code, gone()]).toEqual([1, false]);
  expect(err).toBe(
    'The readers are in no file yet: add --export readers.jsonl, or --without-export if you want none\n',
  );
  const stays = out.slice(out.indexOf('These stay'), out.indexOf('These are deleted'));
  for (const table of Object.keys(tables.tables))
    expect(stays).toMatch(new RegExp(`table +the-Tables${table}`));
  expect(stays).toMatch(/secret +the-KeysSecret/);
  expect(stays.trim().split('\n')).toHaveLength(1 + 6);
  expect(out).toMatch(/These are deleted: .*1 × SES::EmailIdentity.*\d+ × SQS::Queue/);
});

test('what is kept from before is named too', async () => {
  project.writes({ kept: { papers: 'papers-restored' } });
  const { out } = await project.runs('destroy', ['--yes'], { env: environment() });
  project.writes();
  expect(out).toContain('So does what newsletter.json keeps:\n  papers-restored\n');
});

test('with its readers in a file, the stack goes', async () => {
  const file = join(project.folder, 'readers.jsonl');
  const { code, out } = await project.runs('destroy', ['--export', file, '--yes'], { env: environment() });
  expect([code, gone()]).toEqual([0, true]);
  const rows = readFileSync(file, 'utf8').trim().split('\n');
  expect(rows.map((row) => (JSON.parse(row) as { address: string }).address).toSorted()).toEqual([
    'ada@example.org',
    'grace@example.org',
  ]);
  expect(out).toContain('Paperboy is gone.');
});

test('an export that fails keeps the stack', async () => {
  const file = join(project.folder, 'no-such-folder', 'readers.jsonl');
  const { code, err } = await project.runs('destroy', ['--export', file, '--yes'], { env: environment() });
  expect([code, gone(), existsSync(file)]).toEqual([1, false, false]);
  expect(err).toContain(`Can't export the subscribers to ${file}`);
});

test.each(['', 'trial\n'])('who does not say the name of the stage, but %j, keeps it', async (typed) => {
  const words = { env: environment(), typed };
  const { code, err } = await project.runs('destroy', ['--without-export'], words);
  expect([code, gone()]).toEqual([1, false]);
  expect(err).toContain(`Nothing is taken away: that was not the stage's name, "prod"`);
});

test('a stack that is not there is told so', async () => {
  project.account.stacks.clear();
  const { code, err } = await project.runs('destroy', ['--without-export', '--yes'], { env: environment() });
  expect([code, err]).toEqual([1, 'There is no stack Paperboy in eu-central-1 of account 123456789012\n']);
});
