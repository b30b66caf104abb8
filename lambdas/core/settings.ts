/** newsletter.json, the operator's one settings file: its shape, its defaults, and what to say when a field is wrong. */
import * as z from 'zod';
import { AddressField } from './address';
import { parseUrl } from './url';

export type Cadence = z.infer<typeof Cadence>;
export type Settings = z.infer<typeof Settings>;

export const Cadence = z.enum(['weekly', 'daily', 'monthly']);

/** Text that may stand in a mail header or on a page: one line, no control characters. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(longest, `is longer than ${longest} characters`)
    .regex(/^\P{Cc}*$/u, 'has a line break or another control character');

const site = z.string().transform((text, context) => {
  const url = parseUrl(text);
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1');
  if (url && secure && url.href === `${url.origin}/`) return url.origin;
  context.addIssue({
    code: 'custom',
    message: 'must be an https address without a path, such as "https://papers.example.org"',
  });
  return z.NEVER;
});

const timeZone = z.string().refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'is no IANA time zone, such as "Europe/Berlin" or "UTC"');

/** EventBridge's six fields (minutes hours day-of-month month day-of-week year); one of the two days must be "?". */
const cron = z.string().refine((text) => {
  const fields = text.split(' ');
  return fields.length === 6 && (fields[2] === '?') !== (fields[4] === '?');
}, 'must be six EventBridge cron fields of which one day field is "?", such as "0 7 ? * MON *"');

const count = (least: number, most: number) =>
  z.int(`must be a whole number`).min(least, `is less than ${least}`).max(most, `is more than ${most}`);

export const Settings = z.strictObject({
  name: line(60),
  tagline: line(160).default('Get trending papers in your email inbox'),
  sender: z.strictObject({ name: line(60), address: AddressField }),
  /** Where complaints on paper go; the law of most countries wants it in every mail. */
  postalAddress: line(200),
  site,
  timeZone,
  cadences: z
    .partialRecord(
      Cadence,
      z.strictObject({
        cron,
        /** The most and the fewest papers of an edition; with fewer it is skipped. */
        papers: count(1, 50),
        minimum: count(1, 50).default(1),
      }),
    )
    .refine((cadences) => cadences.weekly !== undefined, 'needs "weekly", the cadence of new readers'),
  /** Where papers come from. Without a source they come by hand: `npm run paperboy -- papers import FILE`. */
  sources: z.array(z.strictObject({ kind: z.literal('file'), path: line(1_000) })).default([]),
  sending: z
    .strictObject({
      /** Senders at work at a time; they share SES's rate. Event sources of Lambda start at two. */
      senders: count(2, 100).default(2),
      /** Hours after it was due (or last on its way) from which an edition waits for the operator's word. */
      lateHours: count(1, 10_000_000).default(36),
      /** What becomes of a delivery of which SES never said a word. */
      unknown: z.enum(['resend', 'park']).default('resend'),
      /** Minutes that SES's events have to prove such a delivery; parts of one are allowed. */
      graceMinutes: z.number().min(0.05, 'is less than 0.05').max(10_000, 'is more than 10000').default(60),
      /** Seconds a lane belongs to a sender that is heard of no more; a call to SES may take a sixth of them. */
      leaseSeconds: count(5, 240).default(120),
      /** An edition is paused at this many percent of bounces or complaints among its first thousand readers or more. */
      bouncePercent: z.number().positive().max(100).default(3),
      complaintPercent: z.number().positive().max(100).default(0.08),
    })
    .prefault({}),
  limits: z
    .strictObject({
      /** Invitations: to one address a day, from one network (/32 or /64) an hour, and in total an hour. */
      invitationsPerAddress: count(1, 100).default(3),
      invitationsPerNetwork: count(1, 100_000).default(30),
      invitations: count(1, 1_000_000).default(1_000),
    })
    .prefault({}),
});

/** Reads settings; throws an Error with one line per wrong field, such as `site: must be an https address …`. */
export function readSettings(value: unknown): Settings {
  const settings = Settings.safeParse(value, { error: wanted });
  if (settings.success) return settings.data;
  const problems = settings.error.issues.map(
    (issue) => `  ${issue.path.join('.') || 'the file'}: ${issue.message}`,
  );
  throw new Error(`newsletter.json needs a change:\n${problems.join('\n')}`);
}

/** What to do about a field, where the schema has no words of its own. */
function wanted(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'is missing' : `must be of type ${issue.expected}`;
  if (issue.code === 'unrecognized_keys')
    return `has ${issue.keys.map((key) => `"${key}"`).join(', ')}, which no setting is called`;
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.map((value) => `"${String(value)}"`).join(' or ')}`;
  return undefined;
}
