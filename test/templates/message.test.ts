/** Mails as bytes: encodings that any decoder reads back, and headers that nobody can add to. */
import * as fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { plainText } from '../../lambdas/core/text';
import { encodedText, mailbox, message, quotedPrintable } from '../../templates/message';
import { cut, fill, slot } from '../../templates/slots';

/** Written anew from RFC 2045 §6.7. */
function decoded(text: string): string {
  const octets: number[] = [];
  const joined = text.replaceAll('=\r\n', '');
  for (let n = 0; n < joined.length; n++) {
    const escaped = joined[n] === '=';
    octets.push(escaped ? Number.parseInt(joined.slice(n + 1, n + 3), 16) : joined.charCodeAt(n));
    if (escaped) n += 2;
  }
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(octets));
}

const lines = (text: string): string[] => text.split('\r\n');

/** What RFC 2045, RFC 5321 and relays ask of every line of an encoded body. */
const isFine = (line: string): boolean =>
  line.length <= 76 && /^[\x20-\x7e]*$/.test(line) && !/[ \t]$/.test(line) && !line.startsWith('.');

test.each([
  ['nothing', '', ''],
  ['plain words', 'plain words', 'plain words'],
  ['an equals sign', 'a=b', 'a=3Db'],
  ['an umlaut', 'ü', '=C3=BC'],
  ['an emoji', '😀', '=F0=9F=98=80'],
  ['a space at the end', 'end ', 'end=20'],
  ['a tab at the end', 'end\t', 'end=09'],
  ['a signature', '-- \nAda', '--=20\r\nAda'],
  ['a leading dot', '.hidden', '=2Ehidden'],
  ['a line of one dot', 'a\n.\nb', 'a\r\n=2E\r\nb'],
  ['line breaks of all sorts', 'a\nb\rc\r\nd', 'a\r\nb\r\nc\r\nd'],
  ['a NUL', 'a\0b', 'a=00b'],
  ['75 letters', 'x'.repeat(75), 'x'.repeat(75)],
  ['76 letters', 'x'.repeat(76), `${'x'.repeat(75)}=\r\nx`],
  ['a dot where a line is cut', `${'x'.repeat(75)}.y`, `${'x'.repeat(75)}=\r\n=2Ey`],
  ['a space where a line is cut', `${'x'.repeat(74)} y`, `${'x'.repeat(74)} =\r\ny`],
  ['three octets where two fit', `${'x'.repeat(74)}ü`, `${'x'.repeat(74)}=\r\n=C3=BC`],
])('quoted-printable: %s', (_, text, encoded) => {
  expect(quotedPrintable(text)).toBe(encoded);
});

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(fc.constantFrom('.', ' ', '\n', '\r\n', '=', 'ü', '😀', '=\n', '=3D', 'word', '\t'), {
      maxLength: 200,
    })
    .map((pieces) => pieces.join('')),
);

test('whatever is encoded is decoded to the same, and no line breaks a rule', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const encoded = quotedPrintable(text);
      expect(decoded(encoded)).toBe(text.replaceAll(/\r\n|\r|\n/g, '\r\n'));
      expect(lines(encoded).filter((line) => !isFine(line))).toEqual([]);
      expect(encoded).not.toMatch(/[^\r]\n|\r[^\n]/);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['letters', 'x'.repeat(5_000)],
  ['dots', '.'.repeat(5_000)],
  ['Chinese', '摘'.repeat(5_000)],
  ['emoji families', '👩‍👩‍👧‍👦'.repeat(500)],
  ['equals signs', '='.repeat(5_000)],
])('five thousand %s without a space fit', (_, text) => {
  expect(decoded(quotedPrintable(text))).toBe(text);
  expect(lines(quotedPrintable(text)).every(isFine)).toBe(true);
});

test('a slot stands alone between soft breaks, wherever it was, and what fills it stands in the text', () => {
  const token = 'k1.jgv8fQNpa4Lpvo-qYv3nnoq3.zzzzzz.Gju9vHoOiG7WLf4Wa5XMU6g-';
  fc.assert(
    fc.property(fc.array(texts, { minLength: 2, maxLength: 6 }), (pieces) => {
      const encoded = quotedPrintable(pieces.join(slot('unsubscribe')));
      const alone = encoded.split(slot('unsubscribe')).slice(1);
      expect(alone.every((after) => after.startsWith('=\r\n'))).toBe(true);
      const filled = fill(cut(encoded), { unsubscribe: token });
      expect(decoded(filled)).toBe(
        pieces.map((piece) => piece.replaceAll(/\r\n|\r|\n/g, '\r\n')).join(token),
      );
      expect(lines(filled).filter((line) => !isFine(line))).toEqual([]);
    }),
  );
});

const WORD = /=\?utf-8\?B\?([A-Za-z0-9+/]+=*)\?=/g;

test('a subject in any script is read back, its words are short, and no word splits a letter', async () => {
  const subjects = fc
    .oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 80 }))
    .map((text) => plainText(text))
    .filter((text) => /[^\x20-\x7e]/.test(text));
  await fc.assert(
    fc.asyncProperty(subjects, async (subject) => {
      const encoded = encodedText(subject);
      const words = [...encoded.matchAll(WORD)];
      for (const [word, base64] of words) {
        expect(word.length).toBeLessThanOrEqual(75);
        expect(() =>
          new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64 ?? '', 'base64')),
        ).not.toThrow();
      }
      expect(lines(`Subject: ${encoded}`).filter((line) => line.length > 76)).toEqual([]);
      expect((await simpleParser(`Subject: ${encoded}\r\n\r\n`)).subject).toBe(subject);
    }),
  );
});

test.each([
  ['plain', 'Attention is all you need', 'Attention is all you need'],
  ['in quotes', '"Why?" & <how>', '"Why?" & <how>'],
  ['an encoded word itself', '=?utf-8?q?evil?=', '=?utf-8?B?PT91dGYtOD9xP2V2aWw/PQ==?='],
])('a subject that is %s', async (_, subject, encoded) => {
  expect(encodedText(subject)).toBe(encoded);
  expect((await simpleParser(`Subject: ${encodedText(subject)}\r\n\r\n`)).subject).toBe(subject);
});

test.each([
  ['a word', 'Paperboy', 'Paperboy <a@b.org>'],
  ['two words', 'The Paperboy', 'The Paperboy <a@b.org>'],
  ['a comma', 'Boy, Paper', '"Boy, Paper" <a@b.org>'],
  ['quotes', 'The "Paper" boy', '"The \\"Paper\\" boy" <a@b.org>'],
  ['a backslash', 'a\\b', '"a\\\\b" <a@b.org>'],
  ['another address', 'eve@x.org> <eve@x.org', '"eve@x.org> <eve@x.org" <a@b.org>'],
  ['an umlaut', 'Zeitungsjunge für alle', '=?utf-8?B?WmVpdHVuZ3NqdW5nZSBmw7xyIGFsbGU=?=\r\n <a@b.org>'],
  ['an encoded word', '=?utf-8?q?eve?=', '=?utf-8?B?PT91dGYtOD9xP2V2ZT89?=\r\n <a@b.org>'],
])('a sender whose name has %s', async (_, name, expected) => {
  expect(mailbox(name, 'a@b.org')).toBe(expected);
  const { from } = await simpleParser(`From: ${mailbox(name, 'a@b.org')}\r\n\r\n`);
  expect(from?.value).toEqual([{ name, address: 'a@b.org' }]);
});

const withHeader = (name: string, value: string): string =>
  message({ headers: [[name, value]], text: 'text', html: '<p>html</p>' });

test.each([
  ['a line break', 'Hello\r\nBcc: eve@example.org'],
  ['a line feed', 'Hello\nBcc: eve@example.org'],
  ['a carriage return', 'Hello\rBcc: eve@example.org'],
  ['an empty line', 'Hello\r\n\r\n<script>'],
  ['a NUL', 'Hello\0'],
  ['a tab', 'Hello\tAda'],
  ['a letter that is not ASCII', 'Héllo'],
  ['a line of a thousand letters', 'x'.repeat(1_000)],
])('a header with %s is refused', (_, value) => {
  expect(() => withHeader('Subject', value)).toThrow("Can't write the header Subject");
});

test('no name, however odd, adds a header', () => {
  const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('a\r\nBcc: eve@example.org'));
  fc.assert(
    fc.property(names, (name) => {
      const head = withHeader('From', mailbox(name, 'a@b.org')).split('\r\n\r\n')[0] ?? '';
      const headers = lines(head).filter((line) => !line.startsWith(' '));
      expect(headers.map((line) => line.split(':')[0])).toEqual(['From', 'MIME-Version', 'Content-Type']);
    }),
  );
});

test('the text part comes first, and the same parts make the same bytes', () => {
  const raw = withHeader('Subject', 'Hello');
  expect([...raw.matchAll(/^Content-Type: ([\w/]+)/gm)].map(([, type]) => type)).toEqual([
    'multipart/alternative',
    'text/plain',
    'text/html',
  ]);
  expect(withHeader('Subject', 'Hello')).toBe(raw);
  expect(raw).toMatch(/^[\x20-\x7e\r\n]+$/);
});
