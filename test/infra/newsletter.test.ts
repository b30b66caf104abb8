/** What an operator reads when newsletter.json is wrong. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newsletterVariable } from '../../infra/newsletter';
import newsletter from '../../newsletter.example.json';
import { readSettings } from '../../lambdas/core/settings';
import { bundled } from '../cli/paperboy';
import { settings, synth } from './template';

const { site: _, ...withoutSite } = newsletter;

const digest = { name: 'Paperboy', address: 'digest' };
const bothDays = { weekly: { cron: '0 7 1 * MON *', papers: 10 } };

test.each([
  ['the site is missing', withoutSite, '\n  site: '],
  ['the site has a path', { ...newsletter, site: 'https://example.org/papers' }, '\n  site: '],
  ['the sender is no address', { ...newsletter, sender: digest }, '\n  sender.address: '],
  ['the time zone does not exist', { ...newsletter, timeZone: 'Mars/Phobos' }, '\n  timeZone: '],
  ['a schedule has both days', { ...newsletter, cadences: bothDays }, '\n  cadences.weekly.cron: '],
  ['no edition is weekly', { ...newsletter, cadences: {} }, '\n  cadences: '],
  ['a field is misspelt', { ...newsletter, timezone: 'UTC' }, '"timezone"'],
])('when %s, the operator is told the field', (_case, wrong, message) => {
  expect(() => readSettings(wrong)).toThrow(message);
});

test('the example that comes with Paperboy is right', () => {
  expect(readSettings(newsletter)).toMatchObject({ name: 'Paperboy' });
});

test('the operator who deploys wrong settings reads the wrong fields and nothing else', async () => {
  const { status, stderr } = await appWith(JSON.stringify({ ...withoutSite, timeZone: 'Mars/Phobos' }));
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    'newsletter.json has 2 problems:',
    expect.stringMatching(/^ {2}site: /),
    expect.stringMatching(/^ {2}timeZone: "Mars\/Phobos" is not a valid IANA time zone/),
  ]);
});

test('the operator whose newsletter.json is no JSON is told so', async () => {
  const { status, stderr } = await appWith('{ "name": ');
  expect(status).toBe(1);
  expect(stderr).toBe(
    'newsletter.json is not valid JSON: line 1, column 11: the file ends where a value is missing\n',
  );
});

test('the operator whose settings are more than Lambda takes is told so before deploying', async () => {
  const sources = ['a', 'b', 'c'].map((path) => ({ kind: 'file', path: path.repeat(1_000) }));
  const { status, stderr } = await appWith(JSON.stringify({ ...newsletter, sources }));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^newsletter\.json is too long: \d+ bytes, .*\n$/);
});

test('a source that Lambda can’t read is refused before deploying', async () => {
  const sources = [{ kind: 'hugging-face' }, { kind: 'file', path: 'papers.bib' }];
  const { status, stderr } = await appWith(JSON.stringify({ ...newsletter, sources }));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^newsletter\.json has a problem:\n {2}sources\.1: .*papers import papers\.bib\n$/);
});

test('a newsletter may be called what its readers call it in any script, and the template stays ASCII', () => {
  expect(settings.name).toBe('Zeitungsträger 論文 📰');
  expect(JSON.stringify(synth().toJSON())).toMatch(/^[ -~]+$/);
  expect(JSON.parse(newsletterVariable(settings))).toEqual(settings);
});

/** Runs the CDK app, as one file, in a folder with this newsletter.json. */
async function appWith(json: string): Promise<{ status: number | null; stderr: string }> {
  const app = await bundled('infra/app.ts');
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-settings-'));
  try {
    writeFileSync(join(folder, 'newsletter.json'), json);
    return spawnSync(process.execPath, [app], { cwd: folder, encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
