/** Which newsletter a command talks to: never AWS where the local instance was meant, and none that does not run. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { close, listen } from '../../local/loopback';
import { paperboyIn } from './paperboy';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'paperboy-where-'))));
afterEach(() => rm(folder, { recursive: true }));

const asked = (...words: string[]) => paperboyIn(folder, { EDITIONS_TABLE: undefined }, 'editions', ...words);

test('--data without --local is refused: the command would talk to AWS', async () => {
  expect(await asked('cancel', 'weekly-2025-W11', '--data', folder)).toEqual({
    code: 1,
    out: '',
    err: '--data works only with --local, and without it the command would talk to AWS. Add --local.\n',
  });
});

test('without names of tables it is told where they are, and nothing else', async () => {
  expect(await asked('list')).toEqual({
    code: 1,
    out: '',
    err: "EDITIONS_TABLE isn't set. Put the stack's CliEnvironment output before the command, or add --local.\n",
  });
});

test('an instance that never ran, that was killed, or whose port is another program’s, does not run', async () => {
  const says = async () => (await asked('list', '--local', '--data', folder)).err;
  const start = `Start it with npm start -- --data ${folder}.\n`;
  expect(await says()).toBe(`No local instance is running with the data in ${folder}. ${start}`);
  const note = (url: string) =>
    writeFile(join(folder, 'machine.json'), JSON.stringify({ AWS_ENDPOINT_URL_DYNAMODB: url }));
  await note('http://127.0.0.1:9');
  expect(await says()).toBe(`The local instance isn't running any more. ${start}`);
  const stranger = createServer((_, response) => response.end('hello'));
  await note(await listen(stranger));
  expect(await says()).toBe(`The local instance isn't running any more. ${start}`);
  await close(stranger);
  await writeFile(join(folder, 'machine.json'), '{"AWS_END');
  expect(await says()).toBe(`The local instance isn't running any more. ${start}`);
});
