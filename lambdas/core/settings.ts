/** newsletter.json, the operator's one settings file: its shape, its defaults, and what to say when a field is wrong. */
import * as z from 'zod/mini';
import { Cadence } from './cadences';
import { Domain, fits, Kept, Region } from './deployment';
import { emailAddress, origin, pageUrl, picture, senderAddress } from './settings-addresses';
import { accent, categoryList, count, cron, line, number, positive, timeZone } from './settings-fields';
import { problemLines, report, wanted } from './settings-problems';

const papersOf = (cadence: unknown): number => (cadence as { papers: number }).papers;

export type Settings = z.infer<typeof Settings>;
export type Source = z.infer<typeof Source>;

const Source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path: line(1_000) }),
  z.strictObject({
    kind: z.literal('hugging-face'),
    url: z._default(origin, 'https://huggingface.co'),
    /** The name of the Secrets Manager secret that holds a token; without one the site allows fewer requests. */
    tokenSecret: z.optional(
      z.string().check(z.regex(/^[\w/+=.@-]{1,256}$/, 'is not a valid name of a secret in Secrets Manager')),
    ),
  }),
  z.strictObject({
    kind: z.literal('arxiv'),
    categories: categoryList,
    feedUrl: z._default(origin, 'https://rss.arxiv.org'),
    url: z._default(origin, 'https://export.arxiv.org'),
  }),
]);

const SettingsFields = z.strictObject({
  name: line(60),
  tagline: z._default(line(160), 'Get trending papers in your email inbox'),
  sender: z.strictObject({ name: line(60), address: senderAddress }),
  /** Where complaints on paper go; the law of most countries wants it in every mail. */
  postalAddress: line(200),
  site: origin,
  timeZone,
  cadences: z
    .partialRecord(
      Cadence,
      z
        .strictObject({
          cron,
          /** The most and the fewest papers of an edition; with fewer it is skipped. */
          papers: count(1, 50),
          minimum: z._default(count(1, 50), 1),
        })
        .check(
          z.refine(({ papers, minimum }) => minimum <= papers, {
            path: ['minimum'],
            error: ({ input }) => `must not be more than "papers", which is ${papersOf(input)}`,
          }),
        ),
    )
    .check(
      z.refine((cadences) => cadences.weekly !== undefined, 'must include "weekly", which new readers get'),
    ),
  /** Where papers come from. Without a source they come by hand: `npm run paperboy -- papers import FILE`. */
  sources: z._default(
    z.array(Source).check(
      z.maxLength(20),
      z.refine(
        (sources) =>
          ['hugging-face', 'arxiv'].every((kind) => sources.filter((one) => one.kind === kind).length < 2),
        'must have at most one "hugging-face" and one "arxiv", such as { "kind": "arxiv", "categories": ["cs.CL", "cs.LG"] }',
      ),
    ),
    [],
  ),
  brand: z.prefault(
    z.strictObject({
      accent: z._default(accent, '#a2391c'),
      /** On top of every mail and page instead of the name, 40 pixels high; seen on white and in the dark, and read as its `alt`. */
      logo: z.optional(z.strictObject({ url: picture, alt: line(60) })),
      /** The first line of every footer. */
      footer: z.optional(line(300)),
    }),
    {},
  ),
  sending: z.prefault(
    z.strictObject({
      /** Senders at work at a time; they share SES's rate. Event sources of Lambda start at two. */
      senders: z._default(count(2, 100), 2),
      /** Hours after it was due (or last on its way) from which an edition waits for the operator's word. */
      lateHours: z._default(count(1, 10_000_000), 36),
      /** What becomes of a delivery of which SES never said a word. */
      unknown: z._default(z.enum(['resend', 'park']), 'resend'),
      /** Minutes that SES's events have to prove such a delivery; parts of one are allowed. */
      graceMinutes: z._default(number(0.05, 10_000), 60),
      /** Seconds a lane belongs to a sender that is heard of no more; a call to SES may take a sixth of them. */
      leaseSeconds: z._default(count(5, 240), 120),
      /** An edition is paused at this many percent of bounces or complaints among its first thousand readers or more. */
      bouncePercent: z._default(positive(100), 3),
      complaintPercent: z._default(positive(100), 0.08),
    }),
    {},
  ),
  limits: z.prefault(
    z.strictObject({
      /** Invitations: to one address a day, from one network (/32 or /64) an hour, and in total an hour. */
      invitationsPerAddress: z._default(count(1, 100), 3),
      invitationsPerNetwork: z._default(count(1, 100_000), 30),
      invitations: z._default(count(1, 1_000_000), 1_000),
    }),
    {},
  ),
  alarms: z.prefault(
    z.strictObject({
      /** Who is told by mail when an alarm goes off, or when the account costs more than it should. */
      address: z.optional(emailAddress),
      /** US dollars a month that the whole account may cost. */
      monthlyUsd: z._default(positive(1_000_000), 20),
    }),
    {},
  ),
  joining: z.prefault(
    z.strictObject({
      /** Sites whose scripts may post JSON to the form's address. Plain forms may stand anywhere. */
      origins: z._default(z.array(origin).check(z.maxLength(20)), []),
      /** Pages of thanks that a form may send its visitor on to, by a field `thanks`. */
      thankYou: z._default(z.array(pageUrl).check(z.maxLength(20)), []),
      /** A proof of work at the form (core/proof.ts). Forms without one, as from browsers without scripts, share a tenth. */
      proof: z._default(z.boolean(), false),
    }),
    {},
  ),
  leaving: z.prefault(
    z.strictObject({
      /** One last mail to readers who unsubscribed, with a way back. Without it they get none. */
      goodbye: z._default(z.boolean(), false),
    }),
    {},
  ),
  /** Where the stack is: a deploy to any other region stops. */
  region: z.optional(Region),
  domain: z.optional(Domain),
  kept: z.optional(Kept),
});

export const Settings = SettingsFields.check(z.superRefine(fits));

/** Reads settings; throws an Error with one line per wrong field, such as `site: must start with "https://". Example: …`. */
export function readSettings(value: unknown, file = 'newsletter.json'): Settings {
  const settings = Settings.safeParse(value, { error: wanted });
  if (settings.success) return settings.data;
  throw new Error(report(file, problemLines(settings.error.issues)));
}
