/** The kinds of fields of newsletter.json, each with what to say when it is wrong. */
import * as z from 'zod/mini';
import { AddressField } from './address';
import { contrast, ENOUGH, grounds } from './colour';
import { isAtProvider } from './sender';
import { parseUrl } from './url';
import { isZone } from './zones';

/** Text that may stand in a mail header or on a page: one line, no control characters. */
export const line = (longest: number) =>
  z
    .string()
    .check(
      z.trim(),
      z.minLength(1, 'is empty'),
      z.maxLength(longest, `is longer than ${longest} characters`),
      z.regex(/^\P{Cc}*$/u, 'has a line break or another control character'),
    );

/** Its domain becomes the identity that SES sends from. */
export const senderAddress = AddressField.check(
  z.refine(
    (address) => !isAtProvider(String(address)),
    'is at a provider of mailboxes, and SES sends only from a domain whose DNS you hold: take an address there, such as "digest@papers.example.org"',
  ),
);

/** Of ourselves, or of a far end. */
export const origin = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const url = parseUrl(text);
    const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1');
    if (url && secure && url.href === `${url.origin}/`) return url.origin;
    const message = 'must be an https address without a path, such as "https://papers.example.org"';
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  }),
);

/** A page of the operator's, to which a browser may be sent on. */
export const pageUrl = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const url = parseUrl(text);
    const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1');
    if (url && secure && url.username === '' && url.password === '') return url.href;
    const message = 'must be the https address of a page, such as "https://blog.example.org/thanks"';
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  }),
);

export const timeZone = z
  .string()
  .check(z.refine(isZone, 'is no IANA time zone, such as "Europe/Berlin" or "UTC"'));

/** EventBridge's six fields (minutes hours day-of-month month day-of-week year); one of the two days must be "?". */
export const cron = z.string().check(
  z.refine((text) => {
    const fields = text.split(' ');
    return fields.length === 6 && (fields[2] === '?') !== (fields[4] === '?');
  }, 'must be six EventBridge cron fields of which one day field is "?", such as "0 7 ? * MON *"'),
);

export const count = (least: number, most: number) =>
  z
    .int(`must be a whole number`)
    .check(z.minimum(least, `is less than ${least}`), z.maximum(most, `is more than ${most}`));

/** An archive or a category of it: "hep-th", "cs.CL", "cond-mat.str-el". https://arxiv.org/category_taxonomy */
export const category = z
  .string()
  .check(
    z.maxLength(40),
    z.regex(/^[a-z]+(-[a-z]+)?(\.[A-Za-z]+(-[A-Za-z]+)?)?$/, 'is no category of arXiv, such as "cs.CL"'),
  );

/** Links and buttons; in the dark a lighter shade of it, which is always found (core/colour.ts). */
export const accent = z.string().check(
  z.regex(/^#[0-9a-f]{6}$/i, 'is no colour of six digits, such as "#a2391c"'),
  z.toLowerCase(),
  z.superRefine((colour, context) => {
    const ratio = contrast(colour, grounds.light);
    if (ratio >= ENOUGH) return;
    const message = `has a contrast of ${ratio.toFixed(1)} to 1 on the light ground ${grounds.light}, and needs ${ENOUGH} to 1: take a darker shade`;
    context.addIssue({ code: 'custom', message });
  }),
);

/** https only, since mail programs load nothing else. */
export const picture = z.pipe(
  z.string().check(z.maxLength(500, 'is longer than 500 characters')),
  z.transform((text, context) => {
    const url = parseUrl(text);
    if (url?.protocol === 'https:' && !url.username && !url.search) return url.href;
    const message = 'must be an https address without "?", such as "https://papers.example.org/logo.png"';
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  }),
);
