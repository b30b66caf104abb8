/** What somebody asks for in a form, as it waits between the form and the mail. */
import * as z from 'zod/mini';
import type { Address } from './address';
import { Cadence } from './cadences';

/** Mailboxes that machines and postmasters have; nobody asks for a newsletter there, and complaints come from there (RFC 2142). */
const NOBODYS = /^(abuse|postmaster|hostmaster|mailer-daemon|no-?reply|do-?not-?reply)@/i;

export const isNobodys = (address: Address): boolean => NOBODYS.test(address);

export type Ask = z.infer<typeof Ask>;

export const Ask = z.object({
  /** Address and search are checked and in their normal form since the form. */
  email: z.pipe(
    z.string(),
    z.transform((text) => text as Address),
  ),
  search: z.optional(z.string()),
  cadence: z.optional(Cadence),
  /** The form brought no proof of work, and the operator wants one (proof.ts). */
  unproven: z.optional(z.literal(true)),
  askedAt: z.iso.datetime(),
  /** From where, and from what part of the network, for the consent record (consent.ts). */
  form: z.string(),
  network: z.string(),
});

/** A fresh link to the preferences of whoever reads at an address. */
const LinkAsk = z.object({ wants: z.literal('link'), email: Ask.shape.email });

/** A question at a new address: whether the subscription `from` may move there. */
const MoveAsk = z.object({ wants: z.literal('move'), email: Ask.shape.email, from: z.string() });

export type Letter = z.infer<typeof Letter>;
export const Letter = z.discriminatedUnion('wants', [LinkAsk, MoveAsk]);

/** A last mail to the reader who unsubscribed at that moment. Their address stands in their row, where it is gone once they are forgotten. */
export type Goodbye = z.infer<typeof Goodbye>;
export const Goodbye = z.object({
  wants: z.literal('goodbye'),
  subscriberId: z.string(),
  leftAt: z.iso.datetime(),
});
