/** Papers from a file on disk: JSON lines, or one JSON array as the Hugging Face API answers. */
import { readFile } from 'node:fs/promises';
import { readPaperFile, type PaperFile } from './paper-file';

export async function fetchFile(path: string, now: Date): Promise<PaperFile> {
  try {
    return readPaperFile(await readFile(path, 'utf8'), now);
  } catch (cause) {
    throw new Error(`Can't read papers from ${path}`, { cause });
  }
}
