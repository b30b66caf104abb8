/** A mail as it goes over the wire: headers, then a text and an HTML part, all ASCII with CRLF. */
import { createHash } from 'node:crypto';
import { SLOT } from './slots';

export interface Message {
  /** In order; values are ASCII (see `encodedText`) or slots. */
  headers: readonly (readonly [name: string, value: string])[];
  text: string;
  html: string;
}

/** RFC 5322 §2.1.1: no line of a message is longer, without its CRLF. */
const LONGEST_LINE = 998;
/** RFC 2045 §6.7: an encoded line has 76 characters at most, with the "=" of a soft break. */
const ENCODED_LINE = 76;
/** RFC 2047 §2: a line with an encoded word has 76 at most; "Subject: " and "=?utf-8?B??=" leave room for 52 of base64. */
const WORD_BYTES = 39;

/** multipart/alternative with the text part first (RFC 2046 §5.1.4). The same parts give the same bytes. */
export function message({ headers, text, html }: Message): string {
  const boundary = `=_${createHash('sha256').update(text).update(html).digest('hex').slice(0, 32)}`; // "=_" can't stand in quoted-printable
  const part = (type: string, body: string) =>
    `--${boundary}\r\nContent-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(body)}\r\n`;
  const all = [
    ...headers,
    ['MIME-Version', '1.0'],
    ['Content-Type', `multipart/alternative; boundary="${boundary}"`],
  ] as const;
  const head = all.map(([name, value]) => headerLine(name, value)).join('');
  return `${head}\r\n${part('plain', text)}${part('html', html)}--${boundary}--\r\n`;
}

/** One header on one physical line, but for encoded words, which fold: folding broke DKIM at relays. */
function headerLine(name: string, value: string): string {
  const line = `${name}: ${value}`;
  const printable = line.replaceAll(new RegExp(SLOT, 'gu'), '').replaceAll('\r\n ', '');
  if (!/^[\x20-\x7e]+$/.test(printable))
    throw new Error(`Can't write the header ${name}: it has a control or non-ASCII character`);
  if (line.split('\r\n').some((physical) => physical.length > LONGEST_LINE))
    throw new Error(`Can't write the header ${name}: it has more than ${LONGEST_LINE} characters`);
  return `${line}\r\n`;
}

/** Text for a Subject or a display name: as it is, quoted, or in encoded words that never split a code point. */
export function encodedText(text: string): string {
  if (isPlain(text)) return text;
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ');
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text) && !text.includes('=?');

/** `Name <address>`, the name as an atom phrase, a quoted string or encoded words (RFC 5322 §3.4). */
export function mailbox(name: string, address: string): string {
  if (/^[A-Za-z0-9]+( [A-Za-z0-9]+)*$/.test(name)) return `${name} <${address}>`;
  if (isPlain(name)) return `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`;
  return `${encodedText(name)}\r\n <${address}>`; // folded, since the line of an encoded word is short
}

/** RFC 2045 §6.7. A slot stands alone between two soft breaks, so that whatever fits a line can fill it. */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => encodedLine(line.split(SLOT)))
    .join('\r\n');
}

/** Pieces at odd places are names of slots. */
function encodedLine(pieces: readonly string[]): string {
  const soft = '=\r\n';
  return pieces
    .map((piece, n) => {
      const last = n === pieces.length - 1;
      if (n % 2) return `\u{FDD0}${piece}\u{FDD1}${soft}`;
      const encoded = wrap(encodedLetters(piece));
      return last ? encoded : encoded && `${encoded}${soft}`;
    })
    .join('');
}

/** Each octet as itself or as =XX, also a space or tab before a line's end. */
function encodedLetters(text: string): string[] {
  const letters = [...Buffer.from(text)].map((octet) =>
    octet === 0x3d || octet < 0x20 || octet > 0x7e ? hex(octet) : String.fromCharCode(octet),
  );
  const end = letters.length - 1;
  if (letters[end] === ' ') letters[end] = hex(0x20);
  return letters;
}

const hex = (octet: number): string => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`;

/** Lines with soft breaks; a leading dot, which SMTP treats apart, as =2E. */
function wrap(letters: readonly string[]): string {
  const lines: string[] = [];
  let line = '';
  for (const letter of letters) {
    if (line.length + letter.length >= ENCODED_LINE) {
      lines.push(line);
      line = '';
    }
    line += line === '' && letter === '.' ? hex(0x2e) : letter;
  }
  return [...lines, line].join('=\r\n');
}
