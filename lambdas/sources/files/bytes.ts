/** Bytes of a file become text: UTF-8, or UTF-16 that says so; what is no text is called by its name. */

const UTF8 = [0xef, 0xbb, 0xbf];
const UTF16 = { 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] };

/** By their first bytes, what people take for a file of papers. */
const OTHERS: readonly [start: string, what: string][] = [
  ['%PDF', 'a PDF'],
  ['PK\u0003\u0004', 'a spreadsheet or an archive (ZIP)'],
  ['\u00d0\u00cf\u0011\u00e0', 'a file of an older Excel or Word'],
  ['\u001f\u008b', 'a compressed file (gzip)'],
  ['SQLite format 3', 'a database'],
];

/** @throws Error that says what is wrong and what to do; it is read behind "the file" */
export function textOf(bytes: Buffer): string {
  for (const [encoding, mark] of Object.entries(UTF16))
    if (startsWith(bytes, mark)) return decoded(bytes, encoding, 'is damaged: not all of it is UTF-16');
  const other = OTHERS.find(([start]) => bytes.subarray(0, start.length).toString('latin1') === start);
  if (other) throw new Error(`is ${other[1]}: export the papers as JSON, BibTeX, RIS or CSV first`);
  const body = startsWith(bytes, UTF8) ? bytes.subarray(UTF8.length) : bytes;
  if (body.includes(0))
    throw new Error(
      looksLikeUtf16(body)
        ? 'is UTF-16 without a byte order mark: save it as UTF-8'
        : 'is a binary file: export the papers as JSON, BibTeX, RIS or CSV first',
    );
  return decoded(
    body,
    'utf-8',
    `isn't UTF-8: ${placeOfFault(body)} is in another encoding, such as Latin-1 or Windows-1252. Save the file as UTF-8`,
  );
}

const startsWith = (bytes: Buffer, mark: readonly number[]): boolean =>
  mark.every((byte, n) => bytes[n] === byte);

function decoded(bytes: Buffer, encoding: string, fault: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Error(fault);
  }
}

/** Every other byte of English text is zero then. */
function looksLikeUtf16(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 200);
  const zeros = [0, 1].map((odd) => start.filter((byte, n) => n % 2 === odd && byte === 0).length);
  return Math.max(...zeros) > start.length / 4 && Math.min(...zeros) < start.length / 20;
}

/** A byte that is no UTF-8 decodes as U+FFFD. */
function placeOfFault(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return `line ${text.slice(0, text.indexOf('\ufffd')).split(/\r\n|\r|\n/).length}`;
}
