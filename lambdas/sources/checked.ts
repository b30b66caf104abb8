/** What comes from outside, held against its shape: an Error names the first field that is wrong. */
import type * as z from 'zod/mini';
import { english } from '../core/english';
import { Paper } from '../core/paper';

/** Characters before they are made readable, which takes its time: what is longer was never meant as a title or an abstract. */
export const LONGEST = { title: 5_000, abstract: 100_000 };

/** Bytes as JSON. The table takes 400 KB, and whoever reads a week reads all of it. */
const LARGEST = 200_000;

export function checked<Shape extends z.ZodMiniType>(shape: Shape, value: unknown): z.infer<Shape> {
  const read = shape.safeParse(value, { error: english });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${issue?.path.join('.') || 'the entry'}: ${issue?.message}`);
}

export function checkedPaper(fields: z.input<typeof Paper>): Paper {
  const paper = checked(Paper, fields);
  const bytes = Buffer.byteLength(JSON.stringify(paper));
  if (bytes > LARGEST) throw new Error(`the entry: has ${bytes} bytes, more than ${LARGEST}`);
  return paper;
}
