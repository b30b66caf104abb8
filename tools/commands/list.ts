/** Every command that README, docs and package.json name: how it runs small, and how we know that it did what it says. */

export interface NamedCommand {
  /** As documents write it, without options: "bench scale", "paperboy editions list". */
  name: string;
  /** What stands behind `npm` to run it small. `DATA` is the folder of the running local instance, `OUT` one for files. */
  words: readonly string[];
  /** What it must say, on stdout or stderr. */
  says: RegExp;
  /** Its exit code, if not 0. */
  code?: number;
}

/** Run by .ci/run itself, each with its own step. */
export const ofCi = ['ci', 'test', 'check', 'test:long', 'commands'];

/** What needs an account or sites of others, and the test that runs it against some on this machine. */
export const elsewhere: Readonly<Record<string, string>> = {
  'start --sources': 'test/local/live-papers.test.ts',
  'deploy --bootstrap': 'test/cli/deploy.test.ts',
  'deploy --stage': 'test/cli/deploy.test.ts',
  'destroy --export': 'test/cli/destroy.test.ts',
};

const run = (name: string, says: RegExp, ...options: string[]): NamedCommand => {
  const [script = '', ...words] = name.split(' ');
  const rest = [...words, ...options];
  return { name, says, words: ['run', '--silent', script, ...(rest.length ? ['--', ...rest] : [])] };
};

const JSON_LINE = /^\{.*\}$/m;

/** Those that need nothing but the project. */
export const alone: readonly NamedCommand[] = [
  {
    name: 'start --once',
    words: ['start', '--silent', '--', '--once'],
    says: /"deliveredAfterUnsubscribe":0/,
  },
  {
    name: 'start --once --papers',
    words: [
      'start',
      '--silent',
      '--',
      '--once',
      '--papers',
      'local/sample-papers.jsonl',
      '--week',
      '2025-W11',
    ],
    says: /"delivered":2/,
  },
  run('bench join', JSON_LINE, '--rounds', '1'),
  run('bench send', JSON_LINE, '--rounds', '1', '--readers', '64'),
  run('bench scale', JSON_LINE, '--readers', '64'),
  run('bench visits', JSON_LINE, '--rounds', '2'),
  run('bench papers', JSON_LINE),
  run('bench cost', JSON_LINE),
  run('soak', /"booksClosed":true/, '--readers', '20', '--kills', '1', '--seed', '1'),
  run('gallery', /\d+ pictures/, 'OUT/gallery'),
  run('screenshots', /digest-light\.png/, 'OUT/screenshots'),
  run('compile-mails', /^/),
  run('test:quick', /Tests:.* passed/s),
  run(
    'mutations',
    /"mutations":2,"noticed":\d/,
    '--count',
    '2',
    '--only',
    'lambdas/core/csv.ts',
    '--tests',
    'test/core/csv.test.ts',
  ),
  run('deploy --check', /the template is whole/),
  { ...run('deploy', /newsletter\.json/), code: 1 },
  { ...run('destroy', /AWS/), code: 1 },
  run('paperboy', /npm run paperboy/, '--help'),
  run('paperboy check-mail', /0 failed/, 'test/golden/digest.eml'),
];

const local = (name: string, says: RegExp, ...options: string[]): NamedCommand =>
  run(`paperboy ${name}`, says, ...options, '--local', '--data', 'DATA');

/** In this order, with `npm start` running and its demo sent. */
export const withInstance: readonly NamedCommand[] = [
  local('papers import', /Imported 61 papers/, 'local/sample-papers.jsonl'),
  local('editions list', /weekly-2025-W11/),
  local('editions show', /"editionId": "weekly-2025-W11"/, 'weekly-2025-W11'),
  local('digest explain', /./s, 'weekly-2025-W11', '--search', 'video diffusion'),
  // it is sent, and its totals are not looked at yet
  local('editions pause', /paused/, 'weekly-2025-W11'),
  local('editions resume', /resumed/, 'weekly-2025-W11'),
  local('editions retry', /./s, 'weekly-2025-W11'),
  local('editions cancel', /cancelled/, 'weekly-2025-W11'),
  local('dead-letters list', /./s),
  local('dead-letters redrive', /./s, 'feedback'),
  local('subscribers export', /./s, 'OUT/readers.jsonl'),
  local('subscribers leave', /0 skipped/, 'OUT/ids.txt'),
  local('subscribers erase', /0 skipped/, 'OUT/ids.txt'),
  local('doctor', /./s),
  local('version', /\d+\.\d+\.\d+/),
];
