/** What is wrong with a value, in plain English: it is read behind the name of the field, as in "title is missing". */
import type * as z from 'zod/mini';

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const FORMATS: Readonly<Record<string, string>> = {
  date: 'must be a day, such as "2025-03-11"',
  datetime: 'must be a time, such as "2025-03-11T07:00:00Z"',
  safeint: 'must be a whole number',
};

export function plainWords(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_type') return `must be ${KINDS[String(issue.expected)] ?? 'of another kind'}`;
  if (issue.code === 'too_big') return `${TOO_BIG[issue.origin] ?? 'is more than'} ${counted(issue)}`;
  if (issue.code === 'too_small')
    return issue.origin === 'number' ? `is less than ${withCommas(issue.minimum)}` : 'is empty';
  if (issue.code === 'invalid_format') return FORMATS[issue.format] ?? 'is not valid';
  return 'is not valid';
}

const TOO_BIG: Readonly<Record<string, string>> = { string: 'is longer than', array: 'has more than' };
const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' items' };

const counted = ({ maximum, origin }: { maximum: number | bigint; origin: string }): string =>
  `${withCommas(maximum)}${UNITS[origin] ?? ''}`;

const withCommas = (count: number | bigint): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
