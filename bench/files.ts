/** Files that are named by an option of the bench: read whole, or an Error that says in one sentence what is wrong. */
import { readFileSync } from 'node:fs';
import type * as z from 'zod';

/** An option and the file that it names. */
export interface Named {
  option: string;
  file: string;
}

const unusable = ({ option, file }: Named, why: string, cause?: unknown): Error =>
  new Error(`Can't use --${option} ${file}: ${why}`, { cause });

function textOf(named: Named): string {
  try {
    return readFileSync(named.file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'it may not be read' };
    throw unusable(named, why[code as keyof typeof why] ?? `it can't be read (${code})`, cause);
  }
}

function parsed(named: Named, text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unusable(named, `${where} is not JSON`, cause);
  }
}

/** The entries of JSON lines, or of one JSON array. */
export function entriesOf(named: Named): unknown[] {
  const text = textOf(named).trim();
  if (text === '') throw unusable(named, 'it is empty');
  if (text.startsWith('[')) return parsed(named, text, 'it') as unknown[];
  return text
    .split('\n')
    .map((line, n) => ({ line, where: `line ${n + 1}` }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, where }) => parsed(named, line, where));
}

/** One JSON value of a shape; `wanted` says the shape in words. */
export function valueOf<Shape extends z.ZodType>(named: Named, shape: Shape, wanted: string): z.infer<Shape> {
  const read = shape.safeParse(parsed(named, textOf(named), 'it'));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join('.') || 'its top level';
  const why = issue?.message.replace('Invalid input: ', '');
  throw unusable(named, `it must hold ${wanted}; at ${where}: ${why}`, read.error);
}

/** For what is read well and is of no use. */
export const useless = unusable;
