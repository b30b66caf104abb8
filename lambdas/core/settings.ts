/** newsletter.json, the operator's one settings file: its shape, its defaults, and what to say when a field is wrong. */
import * as z from 'zod';
import { AddressField } from './address';
import { Cadence } from './cadences';
import { contrast, ENOUGH, grounds } from './colour';
import { Domain, fits, Kept, Region } from './deployment';
import { isAtProvider } from './sender';
import { problemLine, wanted } from './settings-problems';
import { parseUrl } from './url';
import { isZone } from './zones';

export type Settings = z.infer<typeof Settings>;
export type Source = z.infer<typeof Source>;

/** Text that may stand in a mail header or on a page: one line, no control characters. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(longest, `is longer than ${longest} characters`)
    .regex(/^\P{Cc}*$/u, 'has a line break or another control character');

/** Its domain becomes the identity that SES sends from. */
const senderAddress = AddressField.refine(
  (address) => !isAtProvider(String(address)),
  'is at a provider of mailboxes, and SES sends only from a domain whose DNS you hold: take an address there, such as "digest@papers.example.org"',
);

/** Of ourselves, or of a far end. */
const origin = z.string().transform((text, context) => {
  const url = parseUrl(text);
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1');
  if (url && secure && url.href === `${url.origin}/`) return url.origin;
  context.addIssue({
    code: 'custom',
    message: 'must be an https address without a path, such as "https://papers.example.org"',
  });
  return z.NEVER;
});

/** A page of the operator's, to which a browser may be sent on. */
const pageUrl = z.string().transform((text, context) => {
  const url = parseUrl(text);
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1');
  if (url && secure && url.username === '' && url.password === '') return url.href;
  context.addIssue({
    code: 'custom',
    message: 'must be the https address of a page, such as "https://blog.example.org/thanks"',
  });
  return z.NEVER;
});

const timeZone = z.string().refine(isZone, 'is no IANA time zone, such as "Europe/Berlin" or "UTC"');

/** EventBridge's six fields (minutes hours day-of-month month day-of-week year); one of the two days must be "?". */
const cron = z.string().refine((text) => {
  const fields = text.split(' ');
  return fields.length === 6 && (fields[2] === '?') !== (fields[4] === '?');
}, 'must be six EventBridge cron fields of which one day field is "?", such as "0 7 ? * MON *"');

const count = (least: number, most: number) =>
  z.int(`must be a whole number`).min(least, `is less than ${least}`).max(most, `is more than ${most}`);

/** An archive or a category of it: "hep-th", "cs.CL", "cond-mat.str-el". https://arxiv.org/category_taxonomy */
const category = z
  .string()
  .max(40)
  .regex(/^[a-z]+(-[a-z]+)?(\.[A-Za-z]+(-[A-Za-z]+)?)?$/, 'is no category of arXiv, such as "cs.CL"');

const Source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path: line(1_000) }),
  z.strictObject({
    kind: z.literal('hugging-face'),
    url: origin.default('https://huggingface.co'),
    /** The name of the Secrets Manager secret that holds a token; without one the site allows fewer requests. */
    tokenSecret: z
      .string()
      .regex(/^[\w/+=.@-]{1,256}$/, 'is no name of a secret, such as "paperboy/hugging-face"')
      .optional(),
  }),
  z.strictObject({
    kind: z.literal('arxiv'),
    categories: z.array(category).min(1, 'names no category').max(20, 'names more than 20 categories'),
    feedUrl: origin.default('https://rss.arxiv.org'),
    url: origin.default('https://export.arxiv.org'),
  }),
]);

/** Links and buttons; in the dark a lighter shade of it, which is always found (core/colour.ts). */
const accent = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'is no colour of six digits, such as "#a2391c"')
  .toLowerCase()
  .superRefine((colour, context) => {
    const ratio = contrast(colour, grounds.light);
    if (ratio >= ENOUGH) return;
    const message = `has a contrast of ${ratio.toFixed(1)} to 1 on the light ground ${grounds.light}, and needs ${ENOUGH} to 1: take a darker shade`;
    context.addIssue({ code: 'custom', message });
  });

/** https only, since mail programs load nothing else. */
const picture = z
  .string()
  .max(500, 'is longer than 500 characters')
  .transform((text, context) => {
    const url = parseUrl(text);
    if (url?.protocol === 'https:' && !url.username && !url.search) return url.href;
    context.addIssue({
      code: 'custom',
      message: 'must be an https address without "?", such as "https://papers.example.org/logo.png"',
    });
    return z.NEVER;
  });

const SettingsFields = z.strictObject({
  name: line(60),
  tagline: line(160).default('Get trending papers in your email inbox'),
  sender: z.strictObject({ name: line(60), address: senderAddress }),
  /** Where complaints on paper go; the law of most countries wants it in every mail. */
  postalAddress: line(200),
  site: origin,
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
  sources: z
    .array(Source)
    .max(20)
    .refine(
      (sources) =>
        ['hugging-face', 'arxiv'].every((kind) => sources.filter((one) => one.kind === kind).length < 2),
      'may name "hugging-face" and "arxiv" once each; one "arxiv" has all categories',
    )
    .default([]),
  brand: z
    .strictObject({
      accent: accent.default('#a2391c'),
      /** On top of every mail and page instead of the name, 40 pixels high; seen on white and in the dark, and read as its `alt`. */
      logo: z.strictObject({ url: picture, alt: line(60) }).optional(),
      /** The first line of every footer. */
      footer: line(300).optional(),
    })
    .prefault({}),
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
  alarms: z
    .strictObject({
      /** Who is told by mail when an alarm goes off, or when the account costs more than it should. */
      address: AddressField.optional(),
      /** US dollars a month that the whole account may cost. */
      monthlyUsd: z.number().positive('must be more than 0').max(1_000_000).default(20),
    })
    .prefault({}),
  joining: z
    .strictObject({
      /** Sites whose scripts may post JSON to the form's address. Plain forms may stand anywhere. */
      origins: z.array(origin).max(20).default([]),
      /** Pages of thanks that a form may send its visitor on to, by a field `thanks`. */
      thankYou: z.array(pageUrl).max(20).default([]),
      /** A proof of work at the form (core/proof.ts). Forms without one, as from browsers without scripts, share a tenth. */
      proof: z.boolean().default(false),
    })
    .prefault({}),
  leaving: z
    .strictObject({
      /** One last mail to who left, with a way back. Without it nobody is mailed after they left. */
      goodbye: z.boolean().default(false),
    })
    .prefault({}),
  /** Where the stack is: a deploy to any other region stops. */
  region: Region.optional(),
  domain: Domain.optional(),
  kept: Kept.optional(),
});

export const Settings = SettingsFields.superRefine(fits);

/** Reads settings; throws an Error with one line per wrong field, such as `site: must be an https address …`. */
export function readSettings(value: unknown, file = 'newsletter.json'): Settings {
  const settings = Settings.safeParse(value, { error: wanted });
  if (settings.success) return settings.data;
  const problems = settings.error.issues.map((issue) => `  ${problemLine(issue)}`);
  throw new Error(`${file} needs a change:\n${problems.join('\n')}`);
}
