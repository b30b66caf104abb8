/** What an operator is told about a schedule that EventBridge would refuse. Whether one ever fires, cron.ts tells. */
import { quoted } from './invisible';

interface Field {
  name: string;
  least: number;
  most: number;
  /** Words for numbers, from `least` on. */
  words: readonly string[];
  /** What else may stand there, alone. */
  else?: RegExp;
  takes: string;
}

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
const fields: readonly Field[] = [
  { name: 'minutes', least: 0, most: 59, words: [], takes: '0 to 59' },
  { name: 'hours', least: 0, most: 23, words: [], takes: '0 to 23' },
  {
    name: 'day-of-month',
    least: 1,
    most: 31,
    words: [],
    else: /^(\?|L|LW|([1-9]|[12]\d|3[01])W)$/,
    takes: '1 to 31',
  },
  { name: 'month', least: 1, most: 12, words: MONTHS, takes: '1 to 12 or JAN to DEC' },
  {
    name: 'day-of-week',
    least: 1,
    most: 7,
    words: DAYS,
    else: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
    takes: '1 (Sunday) to 7 (Saturday) or SUN to SAT',
  },
  { name: 'year', least: 1970, most: 2199, words: [], takes: '1970 to 2199' },
];

/** Undefined where all is well. */
export function cronProblem(expression: string): string | undefined {
  if (expression.startsWith('cron(')) return 'must be the six fields alone, without "cron(" and ")"';
  if (/^(rate|at)\(/.test(expression))
    return 'must be a cron expression: rate(…) and at(…) are not supported';
  const parts = expression.split(' ');
  if (parts.length !== fields.length || parts.includes('')) return countProblem(expression);
  const wrong = fields.flatMap((field, n) => fieldProblem(field, parts[n] ?? '') ?? [])[0];
  if (wrong !== undefined) return wrong;
  const open = [parts[2], parts[4]].filter((part) => part === '?').length;
  return open === 1 ? undefined : 'must have "?" in one of the two day fields, and only in one';
}

function countProblem(expression: string): string {
  const count = expression.split(/\s+/).filter(Boolean).length;
  const wanted = 'must have six fields (minutes hours day-of-month month day-of-week year)';
  return count === fields.length ? `${wanted}, with one space between them` : `${wanted}, not ${count}`;
}

function fieldProblem(field: Field, text: string): string | undefined {
  if (field.else?.test(text)) return undefined;
  const wrong = text.split(',').find((part) => !isPart(field, part));
  if (wrong === undefined) return undefined;
  const capitals = wrong.toUpperCase();
  if (capitals !== wrong && isPart(field, capitals)) return `must have names in capitals: "${capitals}"`;
  const range = /^(\w+)-(\w+)$/.exec(wrong);
  if (range && isPart(field, `${range[2]}-${range[1]}`)) return `has a range that runs backwards: "${wrong}"`;
  const steps = wrong.includes('/') ? stepsOf(field) : '';
  return `${quoted(wrong.slice(0, 20))} is not valid in the ${field.name} field: use ${field.takes}${steps}`;
}

const stepsOf = ({ words, most }: Field): string =>
  words === DAYS ? ', without steps' : `, with steps of 1 to ${most}`;

/** A number, a range, or either of them with steps. EventBridge knows no steps of days of the week. */
function isPart(field: Field, part: string): boolean {
  const [, from = '', to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d{1,4}))?$/.exec(part) ?? [];
  if (step !== undefined && (field.words === DAYS || Number(step) < 1 || Number(step) > field.most))
    return false;
  if (from === '*') return to === undefined;
  const [first, last] = [numberOf(field, from), numberOf(field, to ?? from)];
  return first !== undefined && last !== undefined && first <= last;
}

function numberOf({ least, most, words }: Field, text: string): number | undefined {
  const place = words.indexOf(text);
  if (place >= 0) return least + place;
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}
