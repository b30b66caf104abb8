/** Mail addresses: one canonical spelling per mailbox, so that one person is one subscriber. */
import * as z from 'zod/mini';
import { parseUrl } from './url';

/** A canonical address: an ASCII local part as it was written, and a punycode domain in lower case. */
export type Address = string & { readonly Address: unique symbol };

export type Canonical = { outcome: 'valid'; address: Address } | { outcome: 'invalid'; reason: string };

/** RFC 5321 §4.5.3.1: 64 octets before the @, 254 in all (RFC 3696 erratum 1690). */
const LONGEST_LOCAL = 64;
const LONGEST = 254;

/** RFC 5322 §3.2.3, dot-atom: what stands before the @ without quotes. */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** RFC 2047: a mail system that decodes it may find another address in it and deliver there. */
const ENCODED_WORD = /=\?.*\?=/;
/**
 * Checked before IDNA maps it: symbols such as "©" would become a label that nobody typed. Made when it is first needed, as
 * most requests have no address: an expression with classes of Unicode takes long to make.
 */
const domainLetters = () => /^[\p{L}\p{M}\p{N}.-]+$/u;
/** RFC 1035 §2.3.1: letters, digits, inner hyphens, at most 63 octets. */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one spelling of an address, or why there is none. Never parses free text: "Joe <joe@x.org>" and lists are invalid.
 * SES sends to ASCII local parts only (no SMTPUTF8); international domains become punycode.
 */
export function canonicalAddress(text: string): Canonical {
  // first of all, since the expressions below take long over long text
  if (text.length > 1_000) return invalid(`it is longer than ${LONGEST} characters`);
  const trimmed = text.replace(/^ +| +$/g, '');
  if (trimmed === '') return invalid('it is empty');
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(trimmed)) return invalid('it has an invisible character');
  const at = trimmed.lastIndexOf('@');
  if (at < 1) return invalid('it needs a name before and a domain after an "@"');
  const local = trimmed.slice(0, at);
  const domain = canonicalDomain(trimmed.slice(at + 1));
  if (local.length > LONGEST_LOCAL)
    return invalid(`it has more than ${LONGEST_LOCAL} characters before the "@"`);
  if (!LOCAL.test(local) || ENCODED_WORD.test(local))
    return invalid('what stands before the "@" is not written as mail systems expect');
  if (!domain) return invalid('what stands after the "@" is no domain such as "example.org"');
  const address = `${local}@${domain}`;
  if (address.length > LONGEST) return invalid(`it is longer than ${LONGEST} characters`);
  return { outcome: 'valid', address: address as Address };
}

const invalid = (reason: string): Canonical => ({ outcome: 'invalid', reason });

/** At least two labels, the last with a letter: no bare host, no IP address. */
function canonicalDomain(domain: string): string | undefined {
  const ascii = domainLetters().test(domain) ? parseUrl(`http://${domain}`)?.hostname : undefined; // lower case and punycode
  if (!ascii) return undefined;
  const labels = ascii.split('.');
  if (ascii.length > 253 || labels.length < 2 || !labels.every((label) => LABEL.test(label)))
    return undefined;
  return /[a-z]/.test(labels.at(-1) ?? '') ? ascii : undefined;
}

/** What makes two spellings one mailbox to us: no provider in use tells upper from lower case. */
export const sameMailbox = (address: Address): string => address.toLowerCase();

/** A field of a form or a setting that is an address; a wrong one says why. */
export const AddressField = z.pipe(
  z.string('Enter an email address.'),
  z.transform((text, context) => {
    const canonical = canonicalAddress(text);
    if (canonical.outcome === 'valid') return canonical.address;
    const message = `This is no email address that we can write to: ${canonical.reason}.`;
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  }),
);
