/** Papers from a file on disk (docs/papers.md). Loaded where it is asked for only: Lambda has no such file. */
import { readFile, stat } from 'node:fs/promises';
import { textOf } from './files/bytes';
import { readPaperFile, type PaperFile, type Reading } from './paper-file';

/** A year of Hugging Face's lists has 11 MB; `npm start` has 192 MB for everything. */
const LARGEST_MB = 32;

/** @throws Error that names the file, with the reason and what to do as its cause */
export async function fetchFile(path: string, now: Date, listedOn?: Reading['listedOn']): Promise<PaperFile> {
  try {
    return readPaperFile(textOf(await bytesOf(path)), now, { path, listedOn });
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function bytesOf(path: string): Promise<Buffer> {
  const found = await stat(path);
  if (found.isDirectory()) throw new Error('is a folder: name a file in it');
  const megabytes = Math.round(found.size / 1_000_000);
  if (megabytes > LARGEST_MB)
    throw new Error(
      `has ${megabytes} MB, and at most ${LARGEST_MB} MB can be read: split it into smaller files`,
    );
  return readFile(path);
}

/** The system's codes, in words. */
const FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'you may not read it: its permissions are set so',
  EPERM: 'you may not read it: its permissions are set so',
};

function unreadable(path: string, fault: unknown): Error {
  const { code = '', message } = fault as NodeJS.ErrnoException;
  const reason = FAULTS[code] ?? (code.startsWith('E') ? message : `the file ${message}`);
  return new Error(`Can't read papers from ${path}`, { cause: new Error(reason) });
}
