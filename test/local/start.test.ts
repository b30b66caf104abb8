/** `npm start`, as a person runs it: what it prints, and what it says when something is in the way. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from './starting';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperboy-start-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const anyPorts = ['--port', '0', '--inbox-port', '0'];

test('it prints three addresses, a digest is in the inbox, Ctrl-C ends it cleanly, and the data is there next time', async () => {
  const first = await start('--data', folder, ...anyPorts);
  const said = await first.says('next weekly edition: Monday');
  expect(said).toMatch(/next weekly edition: Monday \d.+ 07:00 UTC, papers of \d/);
  expect(said).toContain(`data      ${folder}`);
  expect(said).toContain(
    'Papers come from the sample, not from the sources in your settings (hugging-face).',
  );
  const address = (name: string) =>
    new RegExp(`${name} +(http://127\\.0\\.0\\.1:\\d+)`).exec(said)?.[1] ?? '';
  const inbox = await (await fetch(address('inbox'))).text();
  expect(inbox).toContain('demo@example.org');
  expect(inbox).toContain('+ 9 more');

  const twin = await (await start('--data', folder, ...anyPorts)).ended;
  expect([twin.code, twin.said.includes('already runs')]).toEqual([1, true]);
  expect((await fetch(address('site'))).status).toBe(200);

  first.process.kill('SIGINT');
  expect((await first.ended).code).toBe(0);
  expect(await readdir(folder)).not.toContain('process');

  const second = await start('--data', folder, ...anyPorts);
  const again = await second.says('  data ');
  const site = /site +(\S+)/.exec(again)?.[1] ?? '';
  expect(await (await fetch(`${site}/editions/weekly-2025-W11`)).text()).toContain('Unified Reward Model');
  const mails = await readdir(join(folder, 'mails'));
  expect(mails.filter((name) => name.endsWith('.eml'))).toHaveLength(6); // three for each of two demo readers
  second.process.kill('SIGTERM');
  expect((await second.ended).code).toBe(0);
});

test('a port that is taken, damaged data and a wrong word are answered with a sentence and a code', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const taken = await (await start('--data', folder, '--port', String(port), '--inbox-port', '0')).ended;
  other.close();
  expect([taken.code, taken.said]).toEqual([1, expect.stringContaining(`Port ${port} is taken`)]);

  await writeFile(join(folder, 'keys.json'), '{"current":"k1"');
  const damaged = await (await start('--data', folder, ...anyPorts)).ended;
  expect([damaged.code, damaged.said]).toEqual([1, expect.stringContaining('damaged')]);
  expect(await readFile(join(folder, 'keys.json'), 'utf8')).toBe('{"current":"k1"');

  for (const words of [
    ['--port', 'x'],
    ['--papers', 'x'],
    ['--once', '--week', '2025-W60'],
    ['--once', '--papers', '/nowhere'],
    ['--once', '--sources', '--papers', 'x'],
  ]) {
    const wrong = await (await start(...words, '--data', folder)).ended;
    expect([words, wrong.code, /\n +at /.test(wrong.said)]).toEqual([words, 1, false]);
  }
  const wrong = await (await start('--once', '--papers', folder, '--data', folder)).ended;
  expect(wrong.code).toBe(1);
  expect(wrong.said).toContain('the file is a folder: name a file in it');
});
