/** What SES v1 accepts as SendRawEmail: its parameters, its rules, and its own words where it refuses. */
import { simpleParser, type AddressObject, type EmailAddress, type ParsedMail } from 'mailparser';
import { headerOf, longestLine, nameOf, type RawHeader } from './raw-message';
import { SesError } from './ses-xml';

export interface Send {
  raw: Buffer;
  /** The From header as text, or else Source. */
  from: string;
  recipients: string[];
  subject: string;
  tags: Record<string, string>;
  /** Without one SES reports nothing. */
  configurationSet: string | undefined;
}

const invalid = (message: string) => new SesError('InvalidParameterValue', message);

/** Developer guide, "Service quotas in Amazon SES": for the v1 API. */
const LARGEST = 10 * 1024 * 1024;
const MOST_RECIPIENTS = 50;
/** API reference, RawMessage: with the line end. */
const LONGEST_LINE = 1000;
/** API reference, MessageTag. */
const LONGEST_TAG = 256;

/**
 * Reads SendRawEmail's parameters; throws an SesError where SES refuses. The messages are SES's own as people have
 * quoted them, but for the line length: that rule is documented and its wording is not.
 */
export async function readSend(form: URLSearchParams): Promise<Send> {
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  checkSize(raw);
  const header = headerOf(raw);
  checkDuplicates(header);
  // The header alone: nothing of the body is asked for, and parsing it would cost more than the rest of a send.
  const parsed = await simpleParser(raw.subarray(0, header.end));
  return {
    raw,
    from: readFrom(form, parsed),
    recipients: readRecipients(form, parsed),
    subject: parsed.subject ?? '',
    tags: readTags(form),
    configurationSet: form.get('ConfigurationSetName') ?? undefined,
  };
}

const NO_MESSAGE =
  "1 validation error detected: Value null at 'rawMessage.data' failed to satisfy constraint: Member must not be null";

function checkSize(raw: Buffer): void {
  if (raw.length === 0) throw new SesError('ValidationError', NO_MESSAGE);
  if (raw.length > LARGEST) {
    throw invalid(`Message length is more than ${LARGEST} bytes long: '${raw.length}'.`);
  }
  const longest = longestLine(raw);
  if (longest > LONGEST_LINE) {
    throw invalid(`Line length is more than ${LONGEST_LINE} bytes long: '${longest}'.`);
  }
}

/** Developer guide, "Amazon SES header fields": these cannot appear more than once. */
const SINGLE_FIELDS = new Set(
  `Accept-Language acceptLanguage Archived-At Auto-Submitted Bounces-to Comments Content-Alternative Content-Base
  Content-Class Content-Description Content-Disposition Content-Duration Content-ID Content-Language Content-Length
  Content-Location Content-MD5 Content-Transfer-Encoding Content-Type Date Delivered-To
  Disposition-Notification-Options Disposition-Notification-To DKIM-Signature DomainKey-Signature Errors-To From
  Importance In-Reply-To Keywords List-Archive List-Help List-Id List-Owner List-Post List-Subscribe
  List-Unsubscribe List-Unsubscribe-Post Message-Context Message-ID MIME-Version Organization Original-From
  Original-Message-ID Original-Recipient Original-Subject Precedence Priority References Reply-To Return-Path
  Return-Receipt-To Sender Solicitation Sensitivity Subject Thread-Index Thread-Topic User-Agent VBR-Info`
    .toLowerCase()
    .split(/\s+/),
);

function checkDuplicates({ fields }: RawHeader): void {
  const seen = new Set<string>();
  for (const field of fields) {
    const name = nameOf(field);
    if (name === '') throw invalid('Empty header names are illegal.');
    if (seen.has(name) && SINGLE_FIELDS.has(name)) {
      throw invalid(`Duplicate header '${field.slice(0, field.indexOf(':')).trim()}'.`);
    }
    seen.add(name);
  }
}

function readFrom(form: URLSearchParams, { from }: ParsedMail): string {
  const source = form.get('Source');
  const senders = from ? mailboxesOf(from) : [];
  for (const address of source ? [mailboxIn(source)] : senders) checkAddress(address);
  const text = from?.text ?? source;
  if (!text) throw invalid("Missing required header 'From'.");
  return text;
}

/** Destinations say alone who gets the mail; only without them To, Cc and Bcc do. */
function readRecipients(form: URLSearchParams, { to, cc, bcc }: ParsedMail): string[] {
  const destinations = members(form, 'Destinations').map((member) => mailboxIn(member.get('') ?? ''));
  const recipients =
    destinations.length > 0
      ? destinations
      : [to, cc, bcc].flatMap((field) => (field ? mailboxesOf(field) : []));
  if (recipients.length === 0) throw invalid("Missing required header 'To'.");
  if (recipients.length > MOST_RECIPIENTS) throw invalid(`Recipient count exceeds ${MOST_RECIPIENTS}.`);
  for (const recipient of recipients) checkAddress(recipient);
  return recipients;
}

/** `Name.member.1`, `Name.member.2.Key`, … as one map per member, its own value under "". */
function members(form: URLSearchParams, name: string): Map<string, string>[] {
  const found = new Map<string, Map<string, string>>();
  for (const [key, value] of form) {
    const [, index, part = ''] = new RegExp(`^${name}\\.member\\.(\\d+)(?:\\.(\\w+))?$`).exec(key) ?? [];
    if (index === undefined) continue;
    found.set(index, (found.get(index) ?? new Map<string, string>()).set(part, value));
  }
  return [...found.values()];
}

const mailboxesOf = (field: AddressObject | AddressObject[]): string[] =>
  [field].flat().flatMap(({ value }) => value.flatMap(addressesIn));

const addressesIn = ({ address, group }: EmailAddress): string[] =>
  group?.flatMap(addressesIn) ?? [address ?? ''];

/** Without the display name: `Ada <ada@example.org>` is ada@example.org. */
const mailboxIn = (text: string): string => (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim();

/** SES has no SMTPUTF8: ASCII only. It says "control or whitespace" of other letters too. */
function checkAddress(address: string): void {
  const at = address.lastIndexOf('@');
  if (at === -1 || at === address.length - 1) throw invalid("Missing final '@domain'");
  if (at === 0) throw invalid('Missing local name');
  if (!/^[\x21-\x7e]+$/.test(address.slice(0, at)))
    throw invalid('Local address contains control or whitespace');
  if (!/^[A-Za-z0-9.-]+$/.test(address.slice(at + 1))) throw invalid('Domain contains illegal character');
}

function readTags(form: URLSearchParams): Record<string, string> {
  const tags = members(form, 'Tags').map((tag): [string, string] => [
    readTag('name', tag.get('Name') ?? ''),
    readTag('value', tag.get('Value') ?? ''),
  ]);
  return Object.fromEntries(tags);
}

function readTag(part: 'name' | 'value', text: string): string {
  if (text === '') throw invalid(`The tag ${part} must be specified.`);
  if (text.length > LONGEST_TAG) throw invalid(`Tag ${part} cannot exceed ${LONGEST_TAG} characters.`);
  if (/[^A-Za-z0-9_-]/.test(text)) {
    throw invalid(
      `Invalid tag ${part} <${text}>: only alphanumeric ASCII characters, '_', and '-' are allowed.`,
    );
  }
  return text;
}
