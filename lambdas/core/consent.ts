/** The consent record: what was agreed to, when, from which form and network; entries are added and never rewritten. */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';

export type Consents = z.infer<typeof Consents>;
export type Consent = Consents[number];

/**
 * What people read before they agree: at the form, and above the button that confirms. Newest last; whoever changes a word
 * adds a version, and the older ones stay, so that every record leads to its words. `{name}` is the newsletter's name.
 */
export const agreements = [
  {
    version: '2026-11-24',
    form: 'We write to you once to ask whether it is really you. Nothing else happens until you say yes.',
    button: 'Confirm that you want {name} by mail',
  },
] as const;

export const agreement = agreements[agreements.length - 1] ?? agreements[0];

/** The sentence above the button, up to what follows the name. */
export const wanting = (name: string): string => agreement.button.replace('{name}', () => name);

/** SHA-256 in hex, over both sentences with a line break between. */
export const hashOf = ({ form, button }: { form: string; button: string }): string =>
  createHash('sha256').update(`${form}\n${button}`).digest('hex');

export const Consents = z.array(
  z.object({
    at: z.iso.datetime(),
    what: z.enum(['asked', 'confirmed', 'changed', 'left', 'returned']),
    /** The page's path, "json", "list-unsubscribe", or the site of a foreign form as the browser names it. */
    form: z.string(),
    /** A /24 or a /48: enough to tell a place from another, too little to tell a person. */
    network: z.string(),
    textVersion: z.string(),
    textHash: z.string(),
  }),
);

/** Entries in a row; and of asking, which anybody can do to any address, so many in a day. */
const MOST = 50;
const MOST_ASKED = 3;
const DAY_MS = 86_400_000;

/** Adds an entry, with the words of today. Written in the same breath as what it records, so neither is there alone. */
export function recorded<Row extends { consents?: Consents | undefined }>(
  row: Row,
  entry: Pick<Consent, 'at' | 'what' | 'form' | 'network'>,
): Row {
  const { consents = [] } = row;
  if (isKnown(consents, entry)) return row;
  const words = { textVersion: agreement.version, textHash: hashOf(agreement) };
  return { ...row, consents: capped([...consents, { ...entry, ...words }]) };
}

/** Asked once too often, or a message of the queue that came twice. */
function isKnown(consents: Consents, { at, what }: Pick<Consent, 'at' | 'what'>): boolean {
  if (what !== 'asked') return false;
  const since = new Date(Date.parse(at) - DAY_MS).toISOString();
  const lately = consents.filter((one) => one.what === 'asked' && one.at > since);
  const newest = consents.at(-1);
  return lately.length >= MOST_ASKED || (newest?.what === 'asked' && newest.at === at);
}

/** Asking is the first to be forgotten, then changes; the newest entry stays. */
function capped(consents: Consents): Consents {
  if (consents.length <= MOST) return consents;
  const older = consents.slice(0, -1);
  const first = (what: Consent['what']): number | undefined => {
    const place = older.findIndex((one) => one.what === what);
    return place < 0 ? undefined : place;
  };
  return capped(consents.toSpliced(first('asked') ?? first('changed') ?? 0, 1));
}
