/** Mail and web addresses in newsletter.json, each with what to say when it is wrong. */
import { canonicalAddress, type Address } from './address';
import { invisibleIn, quoted } from './invisible';
import { domainOf, isAtProvider } from './sender';
import { checked, readAs } from './settings-checks';
import { parseUrl } from './url';

/** An address that mail is sent to. */
export const emailAddress = readAs<Address>((text) => {
  const canonical = canonicalAddress(text);
  return canonical.outcome === 'valid' ? { value: canonical.address } : { problem: addressProblem(text) };
});

function addressProblem(text: string): string {
  const found = invisibleIn(text.trim());
  if (text.trim() === '') return 'must not be empty';
  if (found) return `contains ${found.name} (${found.code}). Remove it`;
  if (/[<>]/.test(text)) return 'must be the address alone, without a name or angle brackets';
  if (!text.includes('@')) return `${quoted(text)} is not a valid email address: it has no "@"`;
  const at = text.lastIndexOf('@');
  if (canonicalAddress(`a@${text.slice(at + 1)}`).outcome === 'invalid')
    return `${quoted(text)} is not a valid email address: the part after the "@" must be a domain`;
  return `${quoted(text)} is not a valid email address: the part before the "@" must be 1 to 64 letters, digits or symbols such as "." or "+"`;
}

/** Its domain becomes the identity that SES sends from. */
export const senderAddress = emailAddress.check(
  checked((address) =>
    isAtProvider(address)
      ? `can't be at ${domainOf(address)}: SES sends only from a domain whose DNS you control`
      : undefined,
  ),
);

/** Of ourselves, or of a far end. */
export const origin = readAs((text) => {
  const url = parseUrl(text);
  const problem = urlProblem(text, url);
  if (!url || problem !== undefined) return { problem: problem ?? '' };
  const rest = url.href.slice(url.origin.length);
  if (rest === '/') return { value: url.origin };
  return { problem: `must end after the host name: leave out ${quoted(rest)}` };
});

/** A page of the operator's, to which a browser may be sent on. */
export const pageUrl = readAs((text) => {
  const url = parseUrl(text);
  const problem = urlProblem(text, url);
  return url && problem === undefined ? { value: url.href } : { problem: problem ?? '' };
});

const isHere = (url: URL): boolean => url.protocol === 'http:' && url.hostname === '127.0.0.1';

function urlProblem(text: string, url: URL | undefined): string | undefined {
  const found = invisibleIn(text);
  if (found) return `contains ${found.name} (${found.code}). Remove it`;
  if (!url || !/^https?:\/\//i.test(text)) return `${quoted(text)} is not a valid web address`;
  if (url.protocol !== 'https:' && !isHere(url)) return 'must start with "https://"';
  if (url.username || url.password) return 'must not contain a user name or a password';
  return url.hostname.includes('.') ? undefined : `needs a full host name, not ${quoted(url.hostname)}`;
}

/** What only some mail programs show: https://www.caniemail.com/search/?s=image */
const NOT_SHOWN = /\.(svgz?|webp|avif|heic|heif|jxl|tiff?|bmp|ico|pdf|eps)$/i;

/** https only, since mail programs load nothing else. */
export const picture = readAs((text) => {
  const url = parseUrl(text);
  const problem = text.length > 500 ? 'must be at most 500 characters long' : urlProblem(text, url);
  if (!url || problem !== undefined) return { problem: problem ?? '' };
  if (url.protocol !== 'https:') return { problem: 'must start with "https://"' };
  if (url.search) return { problem: 'must not contain "?": one address serves every reader' };
  const [, format] = NOT_SHOWN.exec(url.pathname) ?? [];
  if (format === undefined) return { value: url.href };
  return {
    problem: `must be a PNG, JPEG or GIF: many email apps don't show ${format.toUpperCase()} pictures`,
  };
});
