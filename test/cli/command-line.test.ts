/** What is typed behind `npm run paperboy --`, and what is answered where that is no command. */
import { readCommandLine, UsageError } from '../../cli/command-line';
import { commands, flags } from '../../cli/commands';
import { failure } from '../../cli/failure';

const read = (line: string) => readCommandLine(line.split(' ').filter(Boolean));
const command = (line: string) => {
  const found = read(line);
  if (found.kind !== 'command') throw new Error(`${line} is ${found.kind}`);
  return [found.command.name, found.words, found.options];
};

test.each<[line: string, name: string, words: string[], options: object]>([
  ['editions list', 'editions list', [], {}],
  ['editions list --local', 'editions list', [], { local: true }],
  ['--local --data /tmp/x editions list', 'editions list', [], { local: true, data: '/tmp/x' }],
  ['editions --local list', 'editions list', [], { local: true }],
  [
    'editions pause weekly-2025-W11 wrong papers',
    'editions pause',
    ['weekly-2025-W11', 'wrong', 'papers'],
    {},
  ],
  [
    'digest explain weekly-2025-W11 --search a --search b',
    'digest explain',
    ['weekly-2025-W11'],
    { search: ['a', 'b'] },
  ],
  ['doctor --json --dns 127.0.0.1:53', 'doctor', [], { json: true, dns: '127.0.0.1:53' }],
  ['--stage trial version', 'version', [], { stage: 'trial' }],
  ['dead-letters redrive', 'dead-letters redrive', [], {}],
  ['dead-letters redrive lanes joins', 'dead-letters redrive', ['lanes', 'joins'], {}],
  ['check-mail mail.eml', 'check-mail', ['mail.eml'], {}],
])('%s', (line, name, words, options) => {
  expect(command(line)).toEqual([name, words, options]);
});

const help = (name: string) => ` For help: npm run paperboy -- ${name} --help`;

test.each([
  ['edition list', '"edition list" is not a command. Did you mean "editions list"?'],
  ['editions lst', '"editions lst" is not a command. Did you mean "editions list"?'],
  ['editions remove', '"editions remove" is not a command. Did you mean "editions resume"?'],
  ['list editions', '"list editions" is not a command. Did you mean "editions list"?'],
  ['Editions List', '"Editions List" is not a command. Did you mean "editions list"?'],
  ['subscriber export x', '"subscriber export" is not a command. Did you mean "subscribers export"?'],
  ['dead-letter list', '"dead-letter list" is not a command. Did you mean "dead-letters list"?'],
  ['docter', '"docter" is not a command. Did you mean "doctor"?'],
  ['docter now', '"docter now" is not a command. Did you mean "doctor"?'],
  ['edition', '"edition" is not a command. Did you mean "editions"?'],
  ['papers xyz', '"papers xyz" is not a command. There are: papers import'],
  ['frobnicate', '"frobnicate" is not a command. For a list: npm run paperboy -- --help'],
  ['editions show', 'EDITION is missing. Example: npm run paperboy -- editions show weekly-2025-W11'],
  ['editions show a b', `Too many arguments: 2 instead of 1.${help('editions show')}`],
  ['editions list weekly', `Too many arguments: 1 instead of 0.${help('editions list')}`],
  ['editions list --jsn', `Unknown option "--jsn".${help('editions list')}`],
  ['editions list --json', `Unknown option "--json".${help('editions list')}`],
  ['doctor --jsn', `Unknown option "--jsn". Did you mean --json?${help('doctor')}`],
  ['doctor --dns', `--dns needs a value: HOST:PORT.${help('doctor')}`],
  ['check-mail mail.eml --local', `Unknown option "--local".${help('check-mail')}`],
])('%s is answered by a sentence', (line, message) => {
  expect(() => read(line)).toThrow(new UsageError(message));
});

test('without a command all are listed, which is a mistake; asked for help, it is none', () => {
  const [silent, asked] = [read(''), read('--help')];
  expect([silent.kind === 'help' && silent.code, asked.kind === 'help' && asked.code]).toEqual([1, 0]);
  const text = asked.kind === 'help' ? asked.text : '';
  for (const { name, does } of commands)
    expect(text).toMatch(new RegExp(`^  ${name} .*${does.slice(0, 20)}`, 'm'));
  expect(text).toContain('Examples:');
});

test.each(commands.map(({ name }) => name))(
  '%s --help tells its own arguments, options and examples',
  (name) => {
    const asked = read(`${name} --help`);
    expect(asked).toEqual(read(`help ${name}`));
    if (asked.kind !== 'help') throw new Error(`${name} has no help`);
    expect([asked.code, asked.text]).toEqual([
      0,
      expect.stringContaining(`Usage: npm run paperboy -- ${name} `),
    ]);
    const { options = [], examples } = commands.find((one) => one.name === name) ?? {};
    expect(asked.text.match(/^ {2}--[\w-]+/gm) ?? []).toEqual(
      options.map((option) => `  ${flags[option][0].split(' ')[0]}`),
    );
    expect(asked.text.includes('\nExamples:\n')).toBe(examples !== undefined);
  },
);

test('a group alone lists its commands and no others', () => {
  const asked = read('dead-letters');
  expect(asked).toMatchObject({ kind: 'help', code: 1 });
  expect(asked.kind === 'help' && asked.text.split('\n')).toHaveLength(2);
});

const text = (isTerminal: boolean, ...words: string[]) => JSON.stringify(readCommandLine(words, isTerminal));

test('titles are bold on a terminal, and nothing is coloured elsewhere', () => {
  for (const words of [['--help'], ['doctor', '--help']]) {
    expect(text(true, ...words)).toContain('\\u001b[1mUsage:');
    expect(text(false, ...words)).not.toContain('\\u001b');
  }
});

const named = (name: string, message = '', more: object = {}) =>
  Object.assign(new Error(message, more), { name }, more);

test.each<[what: string, error: unknown, isLocal: boolean, says: string]>([
  [
    'no variable',
    named('MissingVariable', "EDITIONS_TABLE isn't set"),
    false,
    "EDITIONS_TABLE isn't set. Put the stack's CliEnvironment output before the command, or add --local.",
  ],
  [
    'no credentials',
    named('CredentialsProviderError', 'Could not load credentials from any providers'),
    false,
    'No AWS credentials were found. Log in (aws sso login, or aws configure), and set AWS_PROFILE to the profile.',
  ],
  [
    'a login that ended, behind another error',
    new Error("Can't read", { cause: named('ExpiredTokenException') }),
    false,
    'The AWS credentials have expired. Log in again (aws sso login).',
  ],
  [
    'no region',
    new Error('Region is missing'),
    false,
    'No AWS region is set. Set AWS_REGION to the region of the stack.',
  ],
  [
    'a table that is not there',
    named('ResourceNotFoundException', 'Requested resource not found'),
    false,
    "AWS has no such table or queue in this account and region. Put the stack's CliEnvironment output before the command again: names may have changed.",
  ],
  [
    'no permission',
    named('AccessDeniedException', 'User: x is not authorized to perform: dynamodb:Query'),
    false,
    'AWS denied access: User: x is not authorized to perform: dynamodb:Query',
  ],
  [
    'no network',
    named('Error', 'getaddrinfo ENOTFOUND', { code: 'ENOTFOUND' }),
    false,
    "Can't reach AWS. Check that this computer is online and that AWS_REGION is the region of your stack.",
  ],
  [
    'an instance that ended meanwhile',
    named('Error', '', { cause: new AggregateError([named('Error', 'x', { code: 'ECONNREFUSED' })]) }),
    true,
    'The local instance stopped. Start it again with npm start.',
  ],
  [
    'anything else',
    new Error("Can't export", { cause: new Error('odd') }),
    false,
    "Can't export\n  because: odd",
  ],
  ['no error at all', 'a word', false, 'a word'],
])('%s is told with what to do', (_, error, isLocal, says) => {
  expect(failure(error, isLocal)).toBe(says);
});
