/** The header of a raw mail: its fields as they were written, and Date and Message-ID as SES puts them there. */

export interface RawHeader {
  /** One string per field, folded lines and line end included; each character is one byte (latin1). */
  fields: string[];
  /** Where the empty line begins that ends the header. */
  end: number;
}

/** RFC 5322 §2.2: fields up to the first empty line; a field goes on while the next line begins with a blank. */
export function headerOf(raw: Buffer): RawHeader {
  const end = endOfHeader(raw);
  const text = raw.toString('latin1', 0, end);
  return { fields: text === '' ? [] : text.split(/(?<=\n)(?![ \t])/), end };
}

function endOfHeader(raw: Buffer): number {
  if (/^\r?\n/.test(raw.toString('latin1', 0, 2))) return 0;
  const ends = [
    [raw.indexOf('\n\r\n'), 1],
    [raw.indexOf('\n\n'), 1],
  ].flatMap(([at = -1, length = 0]) => (at === -1 ? [] : [at + length]));
  return Math.min(...ends, raw.length);
}

/** In lower case: field names are the same in any case. */
export const nameOf = (field: string): string => field.slice(0, field.indexOf(':')).trim().toLowerCase();

/**
 * The mail as SES passes it on: a Message-ID of its own in place of any other, and a Date when there is none, on top
 * of the header. Every other byte stays.
 */
export function stamped(raw: Buffer, messageId: string, now: Date): Buffer {
  const { fields, end } = headerOf(raw);
  const kept = fields.filter((field) => nameOf(field) !== 'message-id');
  const date = kept.some((field) => nameOf(field) === 'date') ? '' : `Date: ${mailDate(now)}\r\n`;
  const header = `${date}Message-ID: <${messageId}@email.amazonses.com>\r\n${kept.join('')}`;
  return Buffer.concat([Buffer.from(header, 'latin1'), raw.subarray(end)]);
}

/** RFC 5322 §3.3; "GMT" is obsolete there. */
const mailDate = (date: Date): string => date.toUTCString().replace('GMT', '+0000');

/** The longest line in bytes, its line end included, as SES counts (API reference, RawMessage). */
export function longestLine(raw: Buffer): number {
  let longest = 0;
  for (let start = 0; start < raw.length;) {
    const newline = raw.indexOf(0x0a, start);
    const next = newline === -1 ? raw.length : newline + 1;
    longest = Math.max(longest, next - start);
    start = next;
  }
  return longest;
}
