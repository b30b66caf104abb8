/** What an operator is told about a wrong field of newsletter.json: what is wrong with it, and what would be right. */
import type * as z from 'zod/mini';
import { quoted } from './invisible';
import { didYouMean } from './nearest';

/** What would be right, laid out as the file is; docs/settings.md shows the same. */
export const example: unknown = {
  name: 'Paperboy',
  tagline: 'Get trending papers in your email inbox',
  sender: { name: 'Paperboy', address: 'digest@papers.example.org' },
  postalAddress: 'Paperboy, 1 Example Street, 12345 Example Town',
  site: 'https://papers.example.org',
  timeZone: 'Europe/Berlin',
  cadences: {
    weekly: { cron: '0 7 ? * MON *', papers: 10, minimum: 1 },
    daily: { cron: '0 7 ? * MON-FRI *', papers: 5, minimum: 3 },
    monthly: { cron: '0 7 1 * ? *', papers: 15, minimum: 1 },
  },
  sources: [
    { kind: 'hugging-face', url: 'https://huggingface.co', tokenSecret: 'paperboy/hugging-face' },
    {
      kind: 'arxiv',
      categories: ['cs.CL', 'cs.LG'],
      feedUrl: 'https://rss.arxiv.org',
      url: 'https://export.arxiv.org',
    },
    { kind: 'file', path: 'papers.jsonl' },
  ],
  brand: {
    accent: '#a2391c',
    logo: { url: 'https://papers.example.org/logo.png', alt: 'Paperboy' },
    footer: 'Made by the Example Library.',
  },
  sending: {
    senders: 2,
    lateHours: 36,
    unknown: 'resend',
    graceMinutes: 60,
    leaseSeconds: 120,
    bouncePercent: 3,
    complaintPercent: 0.08,
  },
  limits: { invitationsPerAddress: 3, invitationsPerNetwork: 30, invitations: 1000 },
  alarms: { address: 'ada@example.org', monthlyUsd: 20 },
  joining: {
    origins: ['https://blog.example.org'],
    thankYou: ['https://blog.example.org/thanks'],
    proof: false,
  },
  leaving: { goodbye: false },
  region: 'eu-central-1',
  domain: { zone: 'example.org', zoneId: 'Z0123456789ABCDEFGHIJ' },
  kept: {
    papers: 'papers-restored',
    subscribers: 'subscribers-restored',
    editions: 'editions-restored',
    deliveries: 'deliveries-restored',
    counters: 'counters-restored',
    keys: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:KeysSecret-AbCdEf',
  },
};

type Issue = z.core.$ZodIssue;

/** "SETTINGS has a problem:" and a line for each field, such as `site: is required. Example: "https://…"`. */
export function report(file: string, lines: readonly string[]): string {
  const count = lines.length === 1 ? 'a problem' : `${lines.length} problems`;
  return `${file} has ${count}:\n${lines.map((one) => `  ${one}`).join('\n')}`;
}

/** A field is told of once: what else is wrong with it often follows from the first. */
export function problemLines(issues: readonly Issue[]): string[] {
  const told = new Set<string>();
  return issues.flatMap((issue) => {
    const field = fieldOf(issue.path);
    if (issue.code === 'unrecognized_keys')
      return issue.message.split('\n').map((message) => (field ? `${field}: ${message}` : message));
    if (told.has(field)) return [];
    told.add(field);
    return [`${field ? `${field}:` : 'the file'} ${withExample(issue)}`];
  });
}

/** Such as "sources[0].categories[1]". */
export const fieldOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

/** What says by itself what would be right. */
const CLEAR =
  /such as|Example|Did you mean|Use "|: "#|Choose|twice|between \d|more than 0|is not in|, but must|without quotes$/;

function withExample({ code, path, message }: Issue): string {
  const right = /^invalid_(value|union)$/.test(code) || CLEAR.test(message) ? undefined : exampleAt(path);
  return right === undefined || typeof right === 'boolean'
    ? message
    : `${message}. Example: ${spaced(brief(right))}`;
}

/** As much of it as fits on a line. */
function brief(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || spaced(value).length <= 100) return value;
  if (Array.isArray(value)) return [brief(value[0])];
  const entries = Object.entries(value);
  if (entries.length > 1) return brief(Object.fromEntries(entries.slice(0, -1)));
  return Object.fromEntries(entries.map(([name, one]) => [name, brief(one)]));
}

/** JSON on one line, as a person would write it. */
const spaced = (value: unknown): string => JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ');

function exampleAt(path: readonly PropertyKey[]): unknown {
  let at: unknown = path.length > 0 ? example : undefined;
  for (const [n, key] of path.entries()) {
    if (typeof at !== 'object' || at === null) return undefined;
    const isLast = n === path.length - 1;
    at = Array.isArray(at) ? (isLast ? at[0] : mixed(at)) : (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}

/** What any element of a list may have; of what several have, the first one's. */
const mixed = (list: readonly object[]): unknown => Object.assign({}, ...list.toReversed()) as unknown;

/** What to do about a field, where the schema has no words of its own. */
export function wanted(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') return typeProblem(issue.expected, issue.input);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownSetting(key, namesIn(issue.inst))).join('\n');
  if (issue.code === 'invalid_value') return `must be ${either(issue.values)}`;
  if (issue.code === 'invalid_union') return `must be ${either(issue.options as string[] | undefined)}`;
  if (issue.code === 'too_big') return `must have at most ${issue.maximum} items`;
  if (issue.code === 'too_small') return 'must not be empty';
  return 'is not valid';
}

const types: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list in brackets, […]',
  object: 'an object in braces, {…}',
  record: 'an object in braces, {…}',
};

function typeProblem(expected: string, input: unknown): string {
  if (input === undefined) return 'is required';
  if (input === Infinity || input === -Infinity) return 'is too large a number';
  if (typeof input === 'string' && (expected === 'number' || expected === 'boolean'))
    return `must be ${types[expected]}, without quotes`;
  return `must be ${types[expected] ?? 'something else'}, not ${typeOf(input)}`;
}

function typeOf(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'boolean') return String(input);
  return { string: 'text', number: 'a number' }[typeof input as string] ?? 'an object';
}

function unknownSetting(key: string, known: readonly string[]): string {
  const meant = didYouMean(key, known);
  return `unknown setting ${quoted(key)}.${meant || ` Settings here: ${known.join(', ')}`}`;
}

/** The settings that there are in an object, or in a record of fixed names. */
function namesIn(inst: unknown): string[] {
  const def = (inst as z.core.$ZodType | undefined)?._zod.def as
    { shape?: object; keyType?: { _zod: { def: { entries?: object } } } } | undefined;
  return Object.keys(def?.shape ?? def?.keyType?._zod.def.entries ?? {});
}

function either(values: readonly unknown[] = []): string {
  const words = values.map((value) => JSON.stringify(value));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
