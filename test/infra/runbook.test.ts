/** The runbook: whoever is told of trouble finds what to do, and nothing in it names what does not exist. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logQueries } from '../../infra/log-queries';
import { resources, settings, synth } from './template';
import { alarmsIn } from './watched';

const ROOT = join(__dirname, '..', '..');
const runbook = readFileSync(join(ROOT, 'docs', 'runbook.md'), 'utf8');
const template = synth();

/** By heading. */
const sections = new Map(
  (runbook.split('\n## Alarms\n')[1] ?? '').split(/^### /m).flatMap((text) => {
    const [heading = '', ...lines] = text.split('\n');
    return heading ? [[heading, lines.join('\n')] as const] : [];
  }),
);

/** As GitHub makes it: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replace(/ /g, '-');

test('every alarm leads to a section of the runbook, and every section belongs to an alarm or to the budget', () => {
  const named = alarmsIn(template).map(
    ({ title, description }) => /docs\/runbook\.md#([\w-]+)$/.exec(description)?.[1] ?? `${title}: nowhere`,
  );
  expect(resources(template, 'AWS::Budgets::Budget')).toHaveLength(1);
  expect(new Set([...sections.keys()].map(anchorOf))).toEqual(new Set([...named, 'budget']));
});

test.each([...sections])('%s says what it means, how to look, and what to do', (_, text) => {
  for (const part of ['Means', 'Look', 'Do'])
    expect(text).toMatch(new RegExp(`^\\*\\*${part}\\.\\*\\*`, 'm'));
});

test('every command of two words that it names is one of ours', () => {
  const help = spawnSync(process.execPath, ['--import', 'tsx', 'cli/paperboy.ts', '--help'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).stdout;
  const commands = [...runbook.matchAll(/paperboy -- ([a-z-]+ [a-z]+)/g)].map(([, words = '']) => words);
  expect(new Set(commands).size).toBeGreaterThan(5);
  expect(commands.filter((words) => !help.includes(`  ${words} `))).toEqual([]);
});

test('every question to the logs that it asks is saved in the account, and the other way round', () => {
  const asked = [...runbook.matchAll(/_([a-z ]+)_/g)].map(([, name = '']) => name);
  expect(new Set(asked)).toEqual(new Set(Object.keys(logQueries)));
  const saved = resources(template, 'AWS::Logs::QueryDefinition').map(({ Properties }) => Properties.Name);
  expect(saved).toEqual(Object.keys(logQueries).map((name) => `Paperboy/${name}`));
});

test('every fact that it looks for is one that a handler logs', () => {
  const code = readdirSync(join(ROOT, 'lambdas'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, 'lambdas', file), 'utf8'))
    .join('\n');
  const words = [...runbook.matchAll(/`([a-z]+)\.([a-z-]+)`/g)].map(([, noun = '', verb]) => [noun, verb]);
  const facts = words.filter(([noun = '']) => !(noun in settings) && noun !== 'newsletter');
  const named = facts.map((fact) => fact.join('.'));
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((fact) => !code.includes(`'${fact}'`))).toEqual([]);
});
