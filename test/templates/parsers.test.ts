/** Three parsers that know nothing of each other read the same in every mail, and find no fault. */
import { execFileSync } from 'node:child_process';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import * as z from 'zod';
import { adasDigest, adasInvitation, adasWelcome, paperOf, samplePapers, settings } from '../mails';
import { neededPython } from '../needed';

const LISTED = [
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-archive',
  'list-help',
  'list-post',
];

const Read = z.object({
  subject: z.string(),
  from: z.array(z.string()),
  to: z.array(z.string()),
  /** The List-… headers that are there, decoded and unfolded. */
  list: z.array(z.string()),
  text: z.string(),
  html: z.string(),
});
type Read = z.infer<typeof Read>;

/** Python also tells the parts in their order, and the defects it found in them and in headers. */
const PythonRead = Read.extend({ types: z.array(z.string()), defects: z.array(z.string()) });

const PYTHON = `
import email, email.policy, json, sys
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
parts = list(mail.walk())
people = lambda name: [a.display_name + '|' + a.addr_spec for a in mail[name].addresses]
body = lambda kind: mail.get_body(preferencelist=(kind,)).get_content()
defects = [d for p in parts for d in p.defects] + [d for p in parts for v in p.values() for d in v.defects]
print(json.dumps({
  'subject': mail['subject'], 'from': people('from'), 'to': people('to'),
  'list': [n + ': ' + mail[n] for n in ${JSON.stringify(LISTED)} if mail[n]],
  'text': body('plain'), 'html': body('html'),
  'types': [p.get_content_type() for p in parts], 'defects': [repr(d) for d in defects],
}))`;

const lineBreaks = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();

const fair = (read: Read): Read => ({ ...read, text: lineBreaks(read.text), html: lineBreaks(read.html) });

const person = ({ name, address }: { name?: string | undefined; address?: string | undefined }): string =>
  `${name ?? ''}|${address ?? ''}`;

async function byMailparser(raw: string): Promise<Read> {
  const mail = await simpleParser(raw, { skipTextToHtml: true });
  const people = (who: typeof mail.from | typeof mail.to): string[] =>
    [who ?? []].flat().flatMap(({ value }) => value.map(person));
  const list = LISTED.flatMap((key) =>
    mail.headerLines
      .filter((header) => header.key === key)
      .map(({ line }) => `${key}: ${line.slice(key.length + 2)}`),
  );
  return fair({
    subject: mail.subject ?? '',
    from: people(mail.from),
    to: people(mail.to),
    list: await Promise.all(list.map(unfolded)),
    text: mail.text ?? '',
    html: String(mail.html),
  });
}

async function byPostalMime(raw: string): Promise<Read> {
  const mail = await PostalMime.parse(raw);
  const list = LISTED.flatMap((key) =>
    mail.headers.filter((header) => header.key === key).map(({ value }) => `${key}: ${value}`),
  );
  return fair({
    subject: mail.subject ?? '',
    from: mail.from ? [person(mail.from)] : [],
    to: (mail.to ?? []).map(person),
    list: await Promise.all(list.map(unfolded)),
    text: mail.text ?? '',
    html: mail.html ?? '',
  });
}

/** Both leave other headers than subject and people as they came; mailparser decodes one that is called a subject. */
async function unfolded(header: string): Promise<string> {
  const [name = '', value = ''] = header.split(/: ([\s\S]*)/);
  const { subject } = await simpleParser(`Subject: ${value.replaceAll(/\r?\n /g, ' ')}\r\n\r\n`);
  return `${name}: ${subject ?? ''}`;
}

function byPython(raw: string): z.infer<typeof PythonRead> {
  const read = PythonRead.parse(
    JSON.parse(execFileSync(neededPython(), ['-c', PYTHON], { input: raw, encoding: 'utf8' })),
  );
  return { ...read, ...fair(read) };
}

const foreign = {
  ...settings,
  name: 'Überall gelesene “Papiere”, täglich & wöchentlich 論文便り',
  sender: { ...settings.sender, name: 'Zeitungsjunge, "für" alle' },
};

const hostile = [
  paperOf({
    title: '多模态理解 👩‍👩‍👧‍👦 "quoted" <b> =?utf-8?q?x?= مرحبا {{x}} & more '.repeat(3),
    summary: `.${'x'.repeat(500)} = . =\n.\n\nFrom here ${'摘要'.repeat(5_000)}`,
    authors: ['Börje', '李明', '"; DROP'],
  }),
  paperOf({ id: '2503.00002', summary: '' }),
];

const mails: [what: string, raw: () => Promise<string>][] = [
  ['a digest', () => adasDigest(samplePapers.slice(0, 10))],
  ['a digest of odd papers', () => adasDigest(hostile)],
  ['an invitation', () => Promise.resolve(adasInvitation())],
  ['a welcome', () => Promise.resolve(adasWelcome())],
  ['an invitation of a newsletter with an odd name', () => Promise.resolve(adasInvitation(foreign))],
  ['a welcome of a newsletter with an odd name', () => Promise.resolve(adasWelcome(foreign))],
  ['a digest of a newsletter with an odd name', () => adasDigest(samplePapers.slice(0, 2), 2, foreign)],
];

/** Python 3.11 reads the names of people wrong when they are longer than one encoded word. */
const long = { ...foreign, sender: { ...settings.sender, name: foreign.name } };

test.each([
  ...mails,
  ['a mail of a sender with a long odd name', () => Promise.resolve(adasWelcome(long))] as const,
])('mailparser and postal-mime read the same in %s', async (_, raw) => {
  const read = await byMailparser(await raw());
  expect(read).toEqual(await byPostalMime(await raw()));
  expect(read).toMatchObject({
    to: ['|ada@example.org'],
    from: [expect.stringMatching(/\|digest@papers\.example\.org$/) as string],
  });
  expect(read.text.length).toBeGreaterThan(100);
  expect(read.html).toMatch(/^<!doctype html>[\s\S]*<\/html>$/);
});

test.each(mails)(
  'Python’s email package reads the same in %s, text part first, and finds no defect',
  async (_, raw) => {
    const { types, defects, ...read } = byPython(await raw());
    expect(read).toEqual(await byMailparser(await raw()));
    expect(types).toEqual(['multipart/alternative', 'text/plain', 'text/html']);
    expect(defects).toEqual([]);
  },
);
