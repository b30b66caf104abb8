/** Where nothing can be stored any more: it is told as what it is, and data that is whole is never called damaged. */
import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFolder } from '../../local/data-folder';
import { diskProblem } from '../../local/disk';
import { startDynamoDb } from '../../local/dynamodb';
import { startSecrets } from '../../local/secrets';

const ROOT = join(__dirname, '..', '..');
let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'paperboy-disk-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const failing = (code: string, message = '', more: object = {}) =>
  Object.assign(new Error(message), { code, ...more });
const FULL = 'The disk with /data is full. Free some space and start again. What was stored is still there.';

test.each<[what: string, error: unknown, says: string | undefined]>([
  ['a full disk', failing('ENOSPC'), FULL],
  ['a full quota', failing('EDQUOT'), FULL],
  [
    'LevelDB on a full disk',
    failing('LEVEL_IO_ERROR', 'IO error: 000003.log: No space left on device'),
    FULL,
  ],
  [
    'LevelDB that could not open for it',
    failing('LEVEL_DATABASE_NOT_OPEN', 'Database failed to open', {
      cause: failing('LEVEL_IO_ERROR', 'IO error: LOG: No space left on device'),
    }),
    FULL,
  ],
  [
    'a file too large',
    failing('EFBIG'),
    'A file in /data would exceed the largest size that this shell or disk allows',
  ],
  [
    'too many files',
    failing('EMFILE'),
    'Too many files are open. Raise the limit, such as with ulimit -n 4096',
  ],
  [
    'a read-only disk',
    failing('EROFS'),
    '/data is on a read-only disk. Make it writable, or choose another folder',
  ],
  [
    'a folder of root',
    failing('EACCES', '', { syscall: 'mkdir' }),
    'You may not write to /data. Change its permissions',
  ],
  ['a broken disk', failing('EIO'), 'The disk with /data fails to read or write.'],
  ['a port below 1024', failing('EACCES', '', { syscall: 'listen' }), undefined],
  ['a text about a full disk', new Error('No space left on device'), undefined],
  ['anything else', failing('ENOENT'), undefined],
  ['no error', 'ENOSPC', undefined],
])('%s', (_, error, says) => {
  const said = diskProblem(error, '/data');
  expect(said?.slice(0, says?.length)).toBe(says);
});

const limited = (kilobytes: number, code: string): Promise<string> =>
  new Promise((resolve) => {
    const words = [
      '-c',
      `ulimit -f ${kilobytes}; exec "$@"`,
      'bash',
      process.execPath,
      '--import',
      'tsx',
      '-e',
      code,
    ];
    execFile('bash', words, { cwd: ROOT }, (_, out, err) => resolve(out + err));
  });

test('data that only lacks room to be checked is not called damaged, and opens once there is room', async () => {
  const tables = join(folder, 'tables');
  const database = await startDynamoDb({ folder: tables });
  const killed = join(folder, 'killed');
  await cp(tables, killed, { recursive: true });
  await database.close();
  await writeFile(join(killed, '000099.log'), Buffer.alloc(2_000_000)); // more than fits, and nothing to LevelDB
  const check = `require('./local/data-folder').checkFolder(${JSON.stringify(killed)}).then(() => console.log('fine'), (error) => console.log(error.message))`;
  const said = await limited(1_000, check);
  expect(said).toContain('would exceed the largest size');
  expect(said).not.toMatch(/damaged|move it away/);
  expect(await readFile(join(killed, 'CURRENT'), 'utf8')).toContain('MANIFEST');
});

test('a disk that was full at the first start leaves nothing that the next start stumbles over', async () => {
  await writeFile(join(folder, 'MANIFEST-000001'), 'half');
  await writeFile(join(folder, '000003.log'), '');
  await expect(checkFolder(folder)).resolves.toBeUndefined();
  await writeFile(join(folder, '000005.ldb'), 'somebody’s data');
  await expect(checkFolder(folder)).rejects.toThrow('the file CURRENT is missing');
});

test('keys are whole or not there', async () => {
  const file = join(folder, 'keys.json');
  await symlink('/dev/full', `${file}.new`);
  await expect(startSecrets({ file })).rejects.toThrow("Can't keep the keys");
  await expect(readFile(file)).rejects.toThrow('ENOENT');
  const secrets = await startSecrets({ file });
  await secrets.close();
  await mkdir(join(folder, 'copy'));
  await copyFile(file, join(folder, 'copy', 'keys.json'));
  const again = await startSecrets({ file });
  await again.close();
  expect(await readFile(file, 'utf8')).toBe(await readFile(join(folder, 'copy', 'keys.json'), 'utf8'));
});
