/** The rows about a mail's header lines. */
import { canonicalAddress } from '../../lambdas/core/address';
import { parseUrl } from '../../lambdas/core/url';
import type { Reading } from './reading';
import { judged, notAsked, notOffline, type Check } from './verdict';

const LONGEST_SUBJECT = 75;
const LONGEST_WORD = 75;

/** https, or a site that runs on this machine. */
export const isSafe = (url: string): boolean => {
  const parsed = parseUrl(url);
  return parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && parsed.hostname === '127.0.0.1');
};

const count = (mail: Reading, name: string, wanted: number): string | false =>
  mail.all(name).length !== wanted && `${name} is there ${mail.all(name).length} times instead of ${wanted}`;

/** `<https://…>` on one line. */
const link = (mail: Reading, name: string): string | undefined =>
  /^<([^<>\s]+)>$/.exec(mail.one(name) ?? '')?.[1];

const linked = (mail: Reading, name: string): string | false => {
  const url = link(mail, name);
  return (!url || !isSafe(url)) && `${name} is no single <https://…> on one line`;
};

/** RFC 8058 §3.1: a relay that folds them anew breaks their signature. */
export const oneClick: Check = (mail) => {
  const names = ['list-unsubscribe', 'list-unsubscribe-post'];
  if (!mail.bulk && names.every((name) => mail.all(name).length === 0))
    return notAsked('nobody subscribed to this mail');
  return judged([
    ...names.map((name) => count(mail, name, 1)),
    linked(mail, 'list-unsubscribe'),
    mail.one('list-unsubscribe-post') !== 'List-Unsubscribe=One-Click' &&
      'list-unsubscribe-post is not "List-Unsubscribe=One-Click" on one line',
  ]);
};

/** RFC 8058 §4. SES signs on the way out, so a file from before has no signature. */
export const signed: Check = (mail) => {
  const signatures = mail.all('dkim-signature');
  if (signatures.length === 0) return notOffline('SES signs on the way out: look at a mail that came');
  const covers = (name: string): boolean =>
    signatures.some((one) =>
      (/\bh=([^;]*)/.exec(one.replace(/\s/g, ''))?.[1] ?? '').toLowerCase().split(':').includes(name),
    );
  return judged(
    ['list-unsubscribe', 'list-unsubscribe-post'].map(
      (name) => mail.all(name).length > 0 && !covers(name) && `no signature covers ${name}`,
    ),
  );
};

/** RFC 2919. What belongs to one edition must not be in it. */
export const listId: Check = (mail) => {
  const value = mail.one('list-id') ?? '';
  return judged([
    count(mail, 'list-id', 1),
    !/<[a-z0-9-]+(\.[a-z0-9-]+)+>$/i.test(value) && `list-id "${value}" does not end in <id.host>`,
    /<[^>]*\b(19|20)\d\d\b/.test(value) && `list-id "${value}" has a year in it, so it changes`,
  ]);
};

/** RFC 2369. */
export const listHeaders: Check = (mail) =>
  judged([
    mail.one('list-post') !== 'NO' && 'list-post is not "NO"',
    linked(mail, 'list-archive'),
    linked(mail, 'list-help'),
  ]);

/** RFC 5322 §3.6.2. */
export const sender: Check = (mail, { sender: { address } }) => {
  const from = mail.one('from') ?? '';
  const addresses = from.match(/<[^<>]*>/g) ?? [];
  const found = (addresses[0] ?? from).replace(/[<>\s]/g, '');
  return judged([
    count(mail, 'from', 1),
    addresses.length > 1 && 'from names several senders',
    canonicalAddress(found).outcome === 'invalid' && `from has no address that is written well: ${found}`,
    found !== address && `from is ${found}, and newsletter.json says ${address}`,
    /[^\x20-\x7e\r\n]/.test(from) && 'the name of the sender is not encoded',
  ]);
};

/** What the server that took the mail found of its sender (RFC 8601); nobody has looked at a file from before. */
export const domain: Check = (mail, { sender: { address } }) => {
  const [found] = mail.all('authentication-results');
  if (found === undefined)
    return notOffline('the DNS says so, and a mail that came: its records are in test/infra/stack.test.ts');
  const own = address.split('@')[1] ?? '';
  const isOwn = (name = ''): boolean => name === own || name.endsWith(`.${own}`);
  const names = (pass: RegExp): boolean => [...found.matchAll(pass)].some(([, name]) => isOwn(name));
  return judged([
    !names(/\bspf=pass\b[^;]*\bsmtp\.mailfrom=(?:[^\s;@]*@)?([^\s;]+)/gi) && `SPF did not pass for ${own}`,
    !names(/\bdkim=pass\b[^;]*\bheader\.[di]=@?([^\s;]+)/gi) && `DKIM did not pass for ${own}`,
    !/\bdmarc=pass\b/i.test(found) && 'DMARC did not pass',
  ]);
};

/** RFC 2047 §2; what is longer than a line is cut in an inbox. */
export const subject: Check = (mail) => {
  const value = mail.one('subject') ?? '';
  const words = value.match(/=\?[^?\s]+\?[bq]\?[^?]*\?=/gi) ?? [];
  const { length } = Array.from(new Intl.Segmenter('en').segment(mail.subject));
  return judged([
    count(mail, 'subject', 1),
    length === 0 && 'the subject is empty',
    length > LONGEST_SUBJECT && `the subject has ${length} characters`,
    /[^\x20-\x7e\r\n]/.test(value) && 'the subject has bytes that are not ASCII',
    words.some((word) => word.length > LONGEST_WORD) &&
      `an encoded word has more than ${LONGEST_WORD} characters`,
    !words.every(isWhole) && 'an encoded word ends in the middle of a letter',
  ]);
};

/** Octets that are no UTF-8 would not come back the same. */
function isWhole(word: string): boolean {
  const [, , encoding = '', content = ''] = word.split('?');
  const octets = encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : unquoted(content);
  return Buffer.from(octets.toString('utf8')).equals(octets);
}

const unquoted = (content: string): Buffer =>
  Buffer.from(
    content.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** SES takes tags beside the message; a file may carry them in a header of SES's. */
export const tags: Check = (mail) => {
  const value = mail.one('x-ses-message-tags');
  if (value === undefined)
    return notOffline('tags go to SES beside the message: test/long/every-mail.test.ts');
  const pairs = value.split(',').map((pair) => pair.trim().split('='));
  return judged(
    pairs.map(
      ([name = '', tag = '']) =>
        !(/^[\w-]{1,256}$/.test(name) && /^[\w-]{1,256}$/.test(tag)) && `the tag ${name} is no plain id`,
    ),
  );
};

/** RFC 3834, and what Gmail sorts complaints by: https://support.google.com/a/answer/6254652 */
export const automatic: Check = (mail) =>
  judged([
    mail.one('auto-submitted') !== 'auto-generated' && 'auto-submitted is not "auto-generated"',
    mail.bulk && mail.one('precedence') !== 'bulk' && 'precedence is not "bulk"',
    mail.bulk &&
      !/^[^:\s]+:[^:\s]+:[^:\s]+:[\w.-]{5,15}$/.test(mail.one('feedback-id') ?? '') &&
      'feedback-id is not three ids and a sender of 5 to 15 characters',
  ]);

export const recipient: Check = (mail) => {
  const to = mail.one('to') ?? '';
  const canonical = canonicalAddress(to);
  return judged([
    count(mail, 'to', 1),
    count(mail, 'cc', 0),
    count(mail, 'bcc', 0),
    canonical.outcome === 'invalid' && `to is no single address: ${canonical.reason}`,
  ]);
};
