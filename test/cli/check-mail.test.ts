/** The list that every mail is held to: a good digest passes, and for each row a broken one is seen to fail. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { checkMail, type Checked } from '../../cli/check-mail';
import { rows } from '../../cli/mail-rows';
import { closeBrowser } from '../../cli/mail-rows/browser';
import { readMessage } from '../../cli/mail-rows/reading';
import type { Verdict } from '../../cli/mail-rows/verdict';
import { adasDigest, adasInvitation, paperOf, samplePapers, settings } from '../mails';
import { neededChromium, neededPython } from '../needed';
import { paperboyIn, ROOT } from './paperboy';

let folder: string;
let good: string;
let onGood: Checked[];

// every row is asked, before anything is started
neededChromium();
neededPython();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperboy-check-'));
  good = await adasDigest(samplePapers.slice(0, 3));
  onGood = await checkMail(Buffer.from(good, 'latin1'), settings);
});
afterAll(async () => {
  await closeBrowser();
  await rm(folder, { recursive: true });
});

test('a good digest passes every row that a file can be asked', () => {
  expect(onGood).toHaveLength(25);
  expect(onGood.filter(({ outcome }) => outcome === 'failed' || outcome === 'not checked')).toEqual([]);
});

/** A good digest, and one change to it. Of the body: in quoted-printable, on lines of their own. */
const insert =
  (html: string) =>
  (raw: string): string =>
    raw.replace('</h1>', `=\r\n${html.replaceAll('=', '=3D').replace(/.{60}/g, '$&=\r\n')}=\r\n</h1>`);
const change =
  (from: string | RegExp, to: string) =>
  (raw: string): string =>
    raw.replace(from, to);
const header = (line: string) => (raw: string) => `${line}\r\n${raw}`;
/** What the server of a receiver writes on top. */
const found = (mailFrom: string, signer: string, dmarc = 'pass'): string =>
  `Authentication-Results: mx.example.com;\r\n spf=pass smtp.mailfrom=0100@mail.${mailFrom};\r\n dkim=pass header.d=${signer};\r\n dmarc=${dmarc} header.from=papers.example.org`;
const ONE_CLICK = /List-Unsubscribe: <[^>]+\/([^/>]+)>\r\n/;

const broken: [row: number, what: string, change: (raw: string) => string, why: string][] = [
  [1, 'no List-Unsubscribe', change(ONE_CLICK, ''), 'list-unsubscribe is there 0 times'],
  [1, 'a folded one', change('List-Unsubscribe: <', 'List-Unsubscribe:\r\n <'), 'on one line'],
  [1, 'two of them', header('List-Unsubscribe: <https://a.example/b>'), 'is there 2 times'],
  [1, 'another word behind it', change('=One-Click', '=one'), 'is not "List-Unsubscribe=One-Click"'],
  [
    3,
    'the address in a link',
    insert('<a href="https://a.example/?to=ada%40example.org">x</a>'),
    'carries the address',
  ],
  [
    3,
    'the one-click link in the body',
    (raw) => insert(`<p>${ONE_CLICK.exec(raw)?.[1]}</p>`)(raw),
    'in the body too',
  ],
  [
    3,
    'a link that anybody can forge',
    change(ONE_CLICK, 'List-Unsubscribe: <https://a.example/7>\r\n'),
    'no signed token',
  ],
  [4, 'a signature that leaves it out', header('DKIM-Signature: v=1; h=from:to; b=x'), 'no signature covers'],
  [5, 'no List-Id', change(/List-Id: .*\r\n/, ''), 'list-id is there 0 times'],
  [5, 'one of this year', change('<weekly.', '<weekly-2025.'), 'has a year in it'],
  [6, 'no archive', change(/List-Archive: .*\r\n/, ''), 'list-archive is no single'],
  [6, 'posts are welcome', change('List-Post: NO', 'List-Post: <mailto:x@example.org>'), 'list-post is not'],
  [7, 'another sender', change('<digest@', '<eve@'), 'newsletter.json says'],
  [7, 'two senders', change('From: ', 'From: Eve <eve@example.org>, '), 'several senders'],
  [8, 'another server that sent it', header(found('example.net', 'papers.example.org')), 'SPF did not pass'],
  [8, 'a signature of somebody else', header(found('papers.example.org', 'amazonses.com')), 'DKIM did not'],
  [8, 'no word of DMARC', header(found('papers.example.org', 'papers.example.org', 'fail')), 'DMARC did not'],
  [9, 'no postal address', change(/1 Example Street/g, 'somewhere'), 'lacks the postal address'],
  [9, 'no link to unsubscribe', change(/\/unsubscribe\/=/g, '/leave/='), 'no link to unsubscribe'],
  [9, 'no link to preferences', change(/\/preferences/g, '/wishes'), 'no link to preferences'],
  [10, 'a link that expires', change(/(List-Unsubscribe: \S+\.)0\./, '$1abc.'), 'has a time in it'],
  [11, 'HTML first', change('text/plain', 'text/html'), 'the parts are'],
  [12, 'a long line', change('</h1>', 'x'.repeat(80)), 'more than 76'],
  [12, 'bytes that are not ASCII', change('</h1>', '\u00fc</h1>'), 'not ASCII'],
  [12, 'line ends of Unix', change(/\r\n/g, '\n'), 'CR LF'],
  [
    13,
    'a long subject',
    change(/Subject: .*(\r\n .*)*/, `Subject: ${'word '.repeat(20)}x`),
    'has 101 characters',
  ],
  [
    13,
    'half a letter',
    change(/Subject: .*(\r\n .*)*/, 'Subject: =?utf-8?Q?=C3?= =?utf-8?Q?=BC?='),
    'in the middle of a letter',
  ],
  [
    14,
    'a header that parsers take apart differently',
    change('Content-Transfer-Encoding: quoted-printable', 'Content-Transfer-Encoding: base64'),
    'another text',
  ],
  [15, 'an address as a tag', header('X-SES-Message-Tags: reader=ada@example.org'), 'no plain id'],
  [16, 'no Auto-Submitted', change(/Auto-Submitted: .*\r\n/, ''), 'auto-submitted is not'],
  [16, 'no Feedback-ID', change(/Feedback-ID: .*\r\n/, ''), 'feedback-id is not'],
  [17, 'two recipients', change('To: ', 'To: eve@example.org, '), 'no single address'],
  [17, 'a copy', header('Bcc: eve@example.org'), 'bcc is there 1 times'],
  [18, 'a mail that Gmail clips', insert('x'.repeat(100_000)), 'clips it'],
  [19, 'an open slot', change('</h1>', '=EF=B7=90to=EF=B7=91</h1>'), 'a slot is not filled'],
  [
    19,
    'a value that is missing',
    insert('<a href="https://a.example/undefined">x</a>'),
    'a value is missing',
  ],
  [
    19,
    'another reader’s token',
    insert(`<a href="https://a.example/k1.${'b'.repeat(24)}.0.${'c'.repeat(24)}">x</a>`),
    'belong to 2 readers',
  ],
  [21, 'a script', insert('<script></script>'), 'has a <script>'],
  [21, 'a counter', insert('<img src="https://a.example/b.png" alt="" width="1">'), 'looks like a counter'],
  [21, 'http', insert('<a href="http://a.example/">x</a>'), 'is not https'],
  [22, 'a paper that got lost', change(/<h2[\s\S]*?<\/h2>/, ''), 'the HTML part lacks "1. '],
  [22, 'a paper that is in the HTML only', change(/^1\. /m, 'One: '), 'the text part lacks "1. '],
  [24, 'a tag that is not closed', insert('<b>'), 'close-order: '],
  [24, 'an id that is there twice', insert('<i id="x"></i><i id="x"></i>'), 'no-dup-id: '],
  [24, 'styles that Outlook does not know', insert('<i style="display:flex"></i>'), 'leave out display:flex'],
  [24, 'tags that Gmail does not know', insert('<progress></progress>'), 'leave out <progress> element'],
  [
    24,
    'a style sheet that Gmail drops',
    insert(`<style>${'b{color:#111}'.repeat(700)}</style>`),
    'over 8192',
  ],
  [25, 'a script in an attribute', insert('<b onclick="x">y</b>'), 'script in an attribute'],
  [25, 'text turned around', insert('=E2=80=AE'.replaceAll('=', '\u0001')), 'turn text around'],
  [25, 'an image that runs', insert('<img src="javascript:x" alt="">'), 'a link runs javascript:'],
  [25, 'a link that runs', insert('<a href="javascript:x">y</a>'), 'a link runs'],
];

const verdictOn = async (row: number, raw: string): Promise<Verdict | undefined> =>
  rows[row - 1]?.check(await readMessage(Buffer.from(raw, 'latin1')), settings);

test.each(broken)('row %i fails for %s', async (row, _, breaking, why) => {
  expect(onGood[row - 1]?.outcome).not.toBe('failed');
  expect(await verdictOn(row, breaking(good))).toMatchObject({
    outcome: 'failed',
    why: expect.stringContaining(why) as string,
  });
});

test('of a mail that came, what its server found of the sender is looked at', async () => {
  const came = header(found('papers.example.org', 'papers.example.org'))(good);
  expect(await verdictOn(8, came)).toEqual({ outcome: 'ok', why: '' });
});

test('a place that nothing filled is seen in a mail to one person', async () => {
  const raw = adasInvitation().replaceAll('Paperboy</h1>', '{{name}}</h1>');
  expect(await verdictOn(19, raw)).toEqual({ outcome: 'failed', why: '{{name}} is not filled' });
});

test('a digest of hostile papers passes', async () => {
  const evil = '</mj-text><script>alert(1)</script>" onload="x {{link}} {{x}} \u202e مرحبا 多模态 $\\alpha$';
  const paper = paperOf({ title: evil, summary: evil, authors: [evil], projectPage: 'javascript:alert(1)' });
  const checked = await checkMail(Buffer.from(await adasDigest([paper], 1), 'latin1'), settings);
  expect(checked.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
});

/** Of all that is wrong five are told: the faults of a mail, and how row 20 names each. */
const HARD_TO_READ: [where: string, faults: [breaking: (raw: string) => string, why: string][]][] = [
  [
    'in light',
    [
      [insert('<p style="color:#cccccc">faint</p>'), 'light: color-contrast: <p style="color:#cccccc">'],
      [insert('<a href="https://a.example/"></a>'), 'light: link-name: '],
      [insert('<h2></h2>'), 'light: empty-heading: '],
      [
        insert(
          '<div style="font-size:9px;line-height:9px"><a href="https://a.example/">too</a><br><a href="https://b.example/">near</a></div>',
        ),
        'light: target-size: ',
      ],
    ],
  ],
  [
    'in the dark',
    [
      [
        insert('<p style="color:#222222!important">lost</p>'),
        'dark: color-contrast: <p style="color:#222222!important">',
      ],
      [insert('<img src="https://a.example/b.png">'), 'no alternative text'],
    ],
  ],
  ['by ear', [[change('lang=3D"en"', ''), 'its language']]],
];

test.each(HARD_TO_READ)('row 20 names what somebody can’t read %s', async (_, faults) => {
  const raw = faults.reduce((mail, [breaking]) => breaking(mail), good);
  const verdict = await verdictOn(20, raw);
  expect(verdict?.outcome).toBe('failed');
  for (const [, why] of faults) expect(verdict?.why).toContain(why);
});

test.each<[what: string, breaking: (raw: string) => string, why: string]>([
  ['a mail wider than a phone', insert('<p style="width:500px">wide</p>'), 'scrolls sideways at 320 px'],
  ['a mail that is images only', change(/<body[\s\S]*<\/body>/, '<body></body>'), 'nothing is left'],
])('row 23 fails for %s', async (_, breaking, why) => {
  expect(await verdictOn(23, breaking(good))).toMatchObject({
    outcome: 'failed',
    why: expect.stringContaining(why) as string,
  });
});

test('Python’s parser is the third one', async () => {
  expect(await verdictOn(14, good)).toEqual({ outcome: 'ok', why: '' });
});

test('`check-mail` says in a sentence what file it can’t read, and that it needs one', async () => {
  expect((await paperboyIn(ROOT, {}, 'check-mail', '/nowhere.eml')).err).toContain("Can't read /nowhere.eml");
  expect((await paperboyIn(ROOT, {}, 'check-mail')).err).toContain('FILE is missing');
});

test('`check-mail` prints the table and ends with 1 where a row failed, or SpamAssassin, where it is installed', async () => {
  const bad = join(folder, 'bad.eml');
  await writeFile(bad, good.replace(ONE_CLICK, ''), 'latin1');
  await writeFile(
    join(folder, 'spamassassin'),
    '#!/bin/sh\ncat > /dev/null; printf "X-Spam-Status: Yes, score=7.1 required=5.0\n\n"\n',
    { mode: 0o755 },
  );
  const PATH = `${folder}${delimiter}${process.env['PATH']}`;
  const { code, out } = await paperboyIn(ROOT, { PATH }, 'check-mail', bad);
  expect([code, out]).toEqual([1, expect.stringMatching(/^ 1 .* failed .*there 0 times/)]);
  expect(out).toContain('SpamAssassin gives it 7.1 points');
});
