/** What keeps data from being stored: a full disk, a folder one may not write to, limits of the shell. */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Obstacle {
  /** Errno, and how LevelDB words it. */
  codes: readonly string[];
  words: RegExp;
  says: (folder: string) => string;
}

const KEPT = 'What was stored is still there.';

const obstacles: readonly Obstacle[] = [
  {
    codes: ['ENOSPC', 'EDQUOT'],
    words: /No space left on device|[Qq]uota exceeded/,
    says: (folder) => `The disk with ${folder} is full. Free some space and start again. ${KEPT}`,
  },
  {
    codes: ['EFBIG'],
    words: /File too large/,
    says: (folder) =>
      `A file in ${folder} would exceed the largest size that this shell or disk allows (see ulimit -f). Raise it and start again. ${KEPT}`,
  },
  {
    codes: ['EMFILE', 'ENFILE'],
    words: /Too many open files/,
    says: () => 'Too many files are open. Raise the limit, such as with ulimit -n 4096, and start again.',
  },
  {
    codes: ['EROFS'],
    words: /Read-only file system/,
    says: (folder) =>
      `${folder} is on a read-only disk. Make it writable, or choose another folder with --data FOLDER.`,
  },
  {
    codes: ['EACCES', 'EPERM'],
    words: /Permission denied|Operation not permitted/,
    says: (folder) =>
      `You may not write to ${folder}. Change its permissions, or choose another folder with --data FOLDER.`,
  },
  {
    codes: ['EIO'],
    words: /Input\/output error/,
    says: (folder) =>
      `The disk with ${folder} fails to read or write. Check the disk before you start again.`,
  },
];

/** A sentence with what to do, or undefined where the disk is not what is wrong. */
export function diskProblem(error: unknown, folder: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', message, syscall } = error as NodeJS.ErrnoException;
  // a port may be forbidden too; that is no matter of folders
  const isFile = !/^(listen|connect|bind|kill|spawn)/.test(syscall ?? '');
  const isLevel = code.startsWith('LEVEL_');
  const obstacle = obstacles.find(
    ({ codes, words }) => (isFile && codes.includes(code)) || (isLevel && words.test(message)),
  );
  return obstacle?.says(folder) ?? diskProblem(error.cause, folder);
}

/** Bytes: LevelDB writes this much before anything is stored. */
const LEAST = 64 * 1_024;

/** @throws Error with a sentence, where nothing could be stored in the folder */
export async function checkRoom(folder: string): Promise<void> {
  const file = join(folder, `room-${randomUUID()}`);
  try {
    await writeFile(file, Buffer.alloc(LEAST, 1), { flush: true });
  } catch (cause) {
    throw new Error(diskProblem(cause, folder) ?? `Can't write to ${folder}`, { cause });
  } finally {
    await rm(file, { force: true });
  }
}
