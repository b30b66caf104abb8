/** What comes from outside, held against its shape: an Error names the first field that is wrong. */
import type * as z from 'zod/mini';
import { Paper } from '../core/paper';
import { plainWords } from './plain-words';

/** Characters before they are made readable, which takes its time: what is longer was never meant as a title or an abstract. */
export const LONGEST = { title: 5_000, abstract: 100_000 };

/** Bytes as JSON. The table takes 400 KB, and whoever reads a week reads all of it. */
const LARGEST = 200_000;

/** @throws Error such as "title is missing" or "authors.2 must be text" */
export function checked<Shape extends z.ZodMiniType>(shape: Shape, value: unknown): z.infer<Shape> {
  const read = shape.safeParse(value, { error: plainWords });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${fieldAt(issue?.path ?? [])} ${issue?.message}`);
}

/** Entries call it "id"; "paperId" is our word. */
const fieldAt = (path: readonly PropertyKey[]): string =>
  path.join('.').replace(/^paperId$/, 'id') || 'the entry';

export function checkedPaper(fields: z.input<typeof Paper>): Paper {
  const paper = checked(Paper, fields);
  const bytes = Buffer.byteLength(JSON.stringify(paper));
  if (bytes > LARGEST) throw new Error(`the entry has ${bytes} bytes, more than ${LARGEST}`);
  return paper;
}
