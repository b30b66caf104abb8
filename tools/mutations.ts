/**
 * `npm run mutations -- [--count 100] [--seed 1] [--only FOLDER] [--tests FOLDER]`: small changes drawn at random from the code that ships,
 * and for each whether a test fails. Ends with one JSON line. A run takes an hour.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { draw, planted, SWITCH, type Drawn } from './mutations/plant';

const ROOT = join(__dirname, '..');
/** What ships, and where people meet it. */
const ROOMS = new Set(['lambdas', 'templates', 'infra', 'cli', 'local', 'settings']);
/** Hold the text of the code, which is another one here. */
const OF_TEXT = ['test/rooms.test.ts', 'test/docs.test.ts', 'test/infra/bundles.test.ts'];
/** Milliseconds for the tests of one mutation, which may make something go on for ever. */
const PATIENCE = 600_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      tests: { type: 'string' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-mutations-'));
  try {
    const files = textsOf(values.only);
    const drawn = draw(files, Number(values.count), Number(values.seed));
    plant(folder, files, drawn);
    const tests = await testsFor(folder, drawn, values.tests);
    const missed = await notNoticed(folder, drawn, tests);
    for (const one of missed) console.log(`NOT NOTICED ${inWords(one)}`);
    console.log(
      JSON.stringify({
        mutations: drawn.length,
        noticed: drawn.length - missed.length,
        seed: Number(values.seed),
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tracked(): string[] {
  return execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);
}

const textsOf = (only: string | undefined): Map<string, string> =>
  new Map(
    tracked()
      .filter(
        (file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && ROOMS.has(file.split('/')[0] ?? ''),
      )
      .filter((file) => only === undefined || file.startsWith(only))
      .map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]),
  );

/** A copy of the project with all of them in it. */
function plant(folder: string, files: ReadonlyMap<string, string>, drawn: readonly Drawn[]): void {
  for (const file of tracked()) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'mutation-switch.ts'), SWITCH);
  for (const [file, text] of files) {
    const own = drawn.filter((one) => one.file === file);
    const path = relative(dirname(file), 'mutation-switch');
    if (own.length)
      writeFileSync(join(folder, file), planted(text, own, path.startsWith('.') ? path : `./${path}`));
  }
}

/**
 * The test files that reach each mutation: first those of its own folder, then the quickest.
 * @throws Error where a test fails although no mutation is active
 */
async function testsFor(
  folder: string,
  drawn: readonly Drawn[],
  only: string | undefined,
): Promise<Map<number, string[]>> {
  const [log, results] = [join(folder, 'mutations.log'), join(folder, 'results.json')];
  writeFileSync(log, '');
  console.log('looking which tests come by which mutation …');
  const ignored = ['/test/long/', ...OF_TEXT].map((file) => `--testPathIgnorePatterns=${file}`);
  const words = [...(only === undefined ? [] : [only]), '--json', `--outputFile=${results}`, ...ignored];
  const { code, said } = await jest(folder, words, { MUTATION_LOG: log });
  if (code !== 0) throw new Error(`The tests must pass before anything is changed:\n${said}`);
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as {
    testResults: { name: string; startTime: number; endTime: number }[];
  };
  const spent = new Map(testResults.map(({ name, startTime, endTime }) => [name, endTime - startTime]));
  const tests = new Map<number, Set<string>>();
  for (const line of readFileSync(log, 'utf8').split('\n').filter(Boolean)) {
    const [n, test] = [Number(line.split(' ')[0]), line.slice(line.indexOf(' ') + 1)];
    tests.set(n, (tests.get(n) ?? new Set()).add(test));
  }
  const fileOf = new Map(drawn.map(({ n, file }) => [n, file]));
  const order = (n: number) => (a: string, b: string) =>
    Number(isOfRoom(relative(folder, b), fileOf.get(n))) -
      Number(isOfRoom(relative(folder, a), fileOf.get(n))) || (spent.get(a) ?? 0) - (spent.get(b) ?? 0);
  return new Map(
    [...tests].map(([n, some]) => [n, [...some].filter((test) => spent.has(test)).toSorted(order(n))]),
  );
}

/** Whether they share a folder name, as test/core/ and lambdas/core/ do, or test/sources/ and lambdas/sources/files/. */
const isOfRoom = (test: string, file = ''): boolean => {
  const rooms = new Set(dirname(test).split('/'));
  return dirname(file)
    .split('/')
    .some((room) => rooms.has(room));
};

const IN_ORDER = ['-i', '--bail', '--testSequencer=./tools/mutations/in-order.js'];
/** The exit code of a run that was killed because it took too long. */
const ENDED = 137;

const outcomeOf = (code: number): string =>
  code === 0 ? 'not noticed' : code === ENDED ? 'not noticed in time' : 'noticed';

/** Runs two at a time. A mutation whose tests don't finish in time counts as not noticed, even if it is an endless loop. */
async function notNoticed(
  folder: string,
  drawn: readonly Drawn[],
  tests: ReadonlyMap<number, string[]>,
): Promise<Drawn[]> {
  const left = [...drawn];
  const missed: Drawn[] = [];
  const work = async (): Promise<void> => {
    for (let one = left.shift(); one; one = left.shift()) {
      const own = tests.get(one.n) ?? [];
      const { code } = own.length
        ? await jest(folder, [...IN_ORDER, '--runTestsByPath', ...own], {
            MUTATION: String(one.n),
            MUTATION_ORDER: own.join(delimiter),
          })
        : { code: 0 };
      console.log(`${outcomeOf(code)} ${inWords(one)} (${own.length} test files come by)`);
      if (code !== 1) missed.push(one);
    }
  };
  await Promise.all([work(), work()]);
  return missed.toSorted((a, b) => a.n - b.n);
}

function jest(
  folder: string,
  words: readonly string[],
  variables: Record<string, string>,
): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [join('node_modules', 'jest', 'bin', 'jest.js'), ...words], {
    cwd: folder,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: PATIENCE * (variables['MUTATION'] ? 1 : 6),
    killSignal: 'SIGKILL', // some go round and round, and hear nothing else
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-20_000)));
  // a run that crashed by a signal other than ours has noticed the mutation
  return new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === 'SIGKILL' ? ENDED : 1), said })),
  );
}

const inWords = ({ n, file, line, original, mutated }: Drawn): string =>
  `${n} ${file}:${line} ${short(original)} → ${short(mutated)}`;

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
