/**
 * The folder of the embedded database (LevelDB), looked at before it is opened and sealed when it is closed: LevelDB
 * itself drops what it can't read and removes the file, and dynalite throws its errors where nobody can catch them.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { diskProblem } from './disk';

/** What we use of LevelDB; the very copy that dynalite uses, since two could differ in their format. */
interface Database {
  open(): Promise<void>;
  values(): { nextv(size: number): Promise<unknown[]> };
  close(): Promise<void>;
}
type Options = { createIfMissing: boolean; errorIfExists?: boolean; valueEncoding?: 'json' };
const { Level } = createRequire(require.resolve('dynalite'))('level') as {
  Level: new (folder: string, options: Options) => Database;
};

const DATA = /^(CURRENT|MANIFEST-\d+|\d+\.(ldb|log|sst))$/;
/** In the format of sha256sum, so that a person can check it too. */
const SEAL = 'SHA256SUMS';
const COPY = 'being-checked';

/**
 * Checks that the folder can be opened and its data is whole; makes it where it is missing.
 * @throws Error that says what is wrong and what to do; nothing in the folder has been changed then
 */
export async function checkFolder(folder: string): Promise<void> {
  const files = await filesOf(folder);
  if (files.length > 0 && !(await isUnused(folder, files))) await checkData(folder, files);
  await rm(join(folder, SEAL), { force: true });
}

/** A disk that was full at the very first start leaves files in which nothing was ever stored. */
async function isUnused(folder: string, files: string[]): Promise<boolean> {
  if (files.includes('CURRENT')) return false;
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
  return files.every((name, n) => name === 'MANIFEST-000001' || sizes[n] === 0);
}

async function checkData(folder: string, files: string[]): Promise<void> {
  if (!files.includes('CURRENT')) throw damaged(folder, 'the file CURRENT is missing');
  await checkNobodyHasIt(folder);
  const seal = await readSeal(folder);
  if (seal === undefined) await rehearse(folder, files);
  else checkSeal(folder, seal, await sums(folder, files));
}

/** Notes what the closed folder holds, so that the next start can tell damage from data. */
export async function sealFolder(folder: string): Promise<void> {
  const unfinished = join(folder, `${SEAL}.new`);
  await writeFile(unfinished, await sums(folder, await filesOf(folder)));
  await rename(unfinished, join(folder, SEAL));
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true });
    return (await readdir(folder)).filter((name) => DATA.test(name)).toSorted();
  } catch (cause) {
    const problem = diskProblem(cause, folder);
    if (problem !== undefined) throw new Error(problem, { cause });
    throw refusal(
      `Can't use ${folder} for the data: ${await whatItIs(folder)}.`,
      'Choose another folder.',
      cause,
    );
  }
}

async function whatItIs(folder: string): Promise<string> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => true,
  );
  return isFolder ? "it can't be made or read" : 'it is a file, not a folder';
}

/** Told to open only what exists and only what doesn't, LevelDB takes the lock, complains, and changes nothing. */
async function checkNobodyHasIt(folder: string): Promise<void> {
  const problem = await new Level(folder, { createIfMissing: false, errorIfExists: true }).open().then(
    () => undefined,
    (error: Error) => error.cause as NodeJS.ErrnoException,
  );
  if (!problem || problem.message.includes('exists (error_if_exists is true)')) return;
  const obstacle = diskProblem(problem, folder);
  if (obstacle !== undefined) throw new Error(obstacle);
  const reason = problem.code === 'LEVEL_LOCKED' ? 'another process has it open' : problem.message;
  throw refusal(
    `Can't open the data in ${folder}: ${reason}.`,
    'Stop that process or choose another folder.',
    problem,
  );
}

async function readSeal(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, SEAL), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** One line for each file, as sha256sum writes it. */
async function sums(folder: string, files: string[]): Promise<string> {
  let lines = '';
  for (const file of files) {
    const bytes = await readFile(join(folder, file));
    lines += `${createHash('sha256').update(bytes).digest('hex')}  ${file}\n`;
  }
  return lines;
}

function checkSeal(folder: string, seal: string, found: string): void {
  if (seal === found) return;
  const changed = seal.split('\n').filter((line) => !found.includes(line));
  throw damaged(
    folder,
    `not as it was left: ${changed.map((line) => line.split('  ')[1] ?? line).join(', ') || 'a file was added'}`,
  );
}

/** After a kill there is no seal: a copy is opened and read whole, and its log tells whether LevelDB dropped anything. */
async function rehearse(folder: string, files: string[]): Promise<void> {
  const copy = join(folder, COPY);
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy);
  try {
    for (const file of files)
      await copyFile(join(folder, file), join(copy, file), constants.COPYFILE_FICLONE);
    await readWhole(copy);
    const dropped = /^.*dropping.*$/m.exec(await readFile(join(copy, 'LOG'), 'utf8'));
    if (dropped) throw new Error(dropped[0]);
  } catch (cause) {
    // the copy needs room, and its want says nothing about the data
    const problem = diskProblem(cause, folder);
    if (problem !== undefined) throw new Error(problem, { cause });
    throw damaged(folder, 'after it was not closed properly, it can no longer be read whole', cause);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function readWhole(folder: string): Promise<void> {
  const database = new Level(folder, { createIfMissing: false, valueEncoding: 'json' });
  await database.open();
  try {
    const values = database.values();
    let page;
    do page = await values.nextv(1000);
    while (page.length > 0);
  } finally {
    await database.close();
  }
}

const damaged = (folder: string, detail: string, cause?: unknown): Error =>
  refusal(
    `The data in ${folder} is damaged (${detail}).`,
    'Put back a copy of the folder, or move it away to start with an empty one.',
    cause,
  );

const refusal = (problem: string, advice: string, cause?: unknown): Error =>
  new Error(`${problem} Nothing was changed. ${advice}`, { cause });
