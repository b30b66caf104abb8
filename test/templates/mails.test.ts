/** The mails that answer a visitor: what they say, what they link to, and that odd settings and searches do no harm. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { compileMails } from '../../templates/compile-mails';
import type { Cadence } from '../../lambdas/core/cadences';
import { invitation, question, refusal, welcome } from '../../templates/mails';
import {
  ada,
  adasGoodbye,
  adasInvitation,
  adasQuestion,
  adasRefusal,
  adasUndo,
  adasWelcome,
  coming,
  settings,
  valuesFor,
} from '../mails';

const weekly = { cadence: 'weekly' } as const;

const partsOf = async (raw: string) => {
  const mail = await simpleParser(raw, { skipTextToHtml: true });
  return { ...mail, html: String(mail.html), text: String(mail.text) };
};

test('the compiled mails are those of their sources; if not, run `npm run compile-mails`', async () => {
  const compiled = readFileSync(join(__dirname, '..', '..', 'templates', 'compiled', 'mails.json'), 'utf8');
  expect(compiled === (await compileMails()) || 'run `npm run compile-mails`').toBe(true);
});

test('an invitation names the newsletter, and its button and its text lead to the same page', async () => {
  const { subject, html, text } = await partsOf(
    invitation(ada, 'k1.id.time.mac', weekly, undefined, settings),
  );
  const link = 'https://papers.example.org/confirm?token=k1.id.time.mac';
  expect(subject).toBe('Confirm your subscription to Paperboy');
  expect(html.split(`href="${link}"`)).toHaveLength(3);
  expect(text.split(link)).toHaveLength(2);
  expect(text).toContain('the link works for 48 hours');
  expect(html).toContain('It works for 48 hours.');
});

test('an invitation has no way to unsubscribe from what nobody subscribed to, and asks for nothing but a click', async () => {
  const { html, text } = await partsOf(adasInvitation());
  expect(adasInvitation()).not.toMatch(/^List-/m);
  expect(html + text).not.toMatch(/unsubscribe|password/i);
});

test('a welcome leads to the newest edition, or to the front page where there is none', async () => {
  const tokens = { unsubscribe: 'page', oneClick: 'header', preferences: 'settings' };
  const first = await partsOf(welcome(ada, tokens, undefined, weekly, settings));
  const later = await partsOf(adasWelcome());
  expect(first.html).toContain('href="https://papers.example.org/">see the latest papers</a>');
  expect(first.text).toContain('see the latest papers:\nhttps://papers.example.org/\n');
  expect(later.html).toContain('href="https://papers.example.org/editions/weekly-2025-W11">');
  expect(later.text).toContain('\nhttps://papers.example.org/editions/weekly-2025-W11\n');
});

test.each<[cadence: Cadence, searches: string[], coming: string]>([
  ['weekly', [], 'every week'],
  ['daily', [], 'every weekday'],
  ['monthly', ['diffusion'], 'every month, with papers that match ‘diffusion’ first'],
  ['weekly', ['"sparse voxel"', 'b'], 'every week, with papers that match ‘"sparse voxel"’ or ‘b’ first'],
  ['weekly', ['a', 'b', 'c'], 'every week, with papers that match ‘a’, ‘b’ or ‘c’ first'],
])('invitation and welcome say what comes: %s, %j', async (cadence, searches, words) => {
  const invited = await partsOf(adasInvitation(settings, coming(cadence, ...searches)));
  const welcomed = await partsOf(adasWelcome(settings, coming(cadence, ...searches)));
  const rest = searches.length ? 'then a choice of the others' : 'with a choice of all new papers';
  expect(invited.text).toContain(`It will come ${words}.`);
  expect(welcomed.text).toContain(`will come to you ${words}, ${rest}. Each edition has papers from `);
  const escaped = words.replaceAll('"', '&quot;');
  expect(invited.html).toContain(`It will come ${escaped}. Is that right?<`);
  expect(welcomed.html).toContain(`will come to you ${escaped}, ${rest}. Each edition has papers from `);
});

test.each<[wish: { search?: string; cadence?: Cadence }, subject: string, asked: string, button: string]>([
  [
    { search: 'sparse voxel' },
    'Add the search ‘sparse voxel’?',
    'add the search ‘sparse voxel’',
    'Yes, add the search',
  ],
  [
    { cadence: 'monthly' },
    'Get Paperboy every month?',
    'get Paperboy every month',
    'Yes, send it every month',
  ],
  [
    { search: 'diffusion', cadence: 'daily' },
    'Add the search ‘diffusion’ and get Paperboy every weekday?',
    'add the search ‘diffusion’ and to get Paperboy every weekday',
    'Yes, add the search and send it every weekday',
  ],
])(
  'a question of %j says on its subject and its button what would change',
  async (wish, subject, asked, button) => {
    const mail = await partsOf(adasQuestion(settings, wish));
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain(`Somebody, most likely you, asked to ${asked}.\n`);
    expect(mail.text).toMatch(
      /the link works for 48 hours\):\nhttps:\/\/papers.example.org\/confirm\?token=/,
    );
    expect(mail.html).toContain(`asked to ${asked}. Is that right?<`);
    expect(mail.html.replaceAll(/\s+/g, ' ')).toContain(`> ${button} </a>`);
  },
);

test('a long search is cut in the subject and whole in the mail', async () => {
  const search = 'retrieval augmented generation for very long documents of law';
  const { subject, text } = await partsOf(adasQuestion(settings, { search }));
  expect(subject).toBe('Add the search ‘retrieval augmented generation for very…’?');
  expect(text.replaceAll('\n', ' ')).toContain(`‘${search}’`);
});

test('a search too many is told of wherever there is something else to say, and alone where there is not', async () => {
  const note = 'You have five searches already, so ‘six’ is left out.';
  const asks = { cadence: 'daily', askedAt: '2025-03-10T08:00:00.000Z' } as const;
  for (const mail of [
    invitation(ada, 'k1', weekly, 'six', settings),
    question(ada, { confirm: 'k1', preferences: 'k1' }, asks, 'six', settings),
  ])
    for (const part of ['html', 'text'] as const) expect((await partsOf(mail))[part]).toContain(note);
  const alone = await partsOf(adasRefusal());
  expect(alone.subject).toBe('You have five searches already');
  expect(alone.text.replaceAll('\n', ' ')).toContain(
    '‘graph of thoughts’. It is left out, and nothing changes',
  );
  expect(alone.html).not.toContain('/confirm');
});

test('a welcome can be left by the mail program’s button and by a link of its own', async () => {
  const { unsubscribe, 'one-click': oneClick } = valuesFor(ada);
  const { html, text } = await partsOf(adasWelcome());
  expect(adasWelcome()).toContain(
    `\r\nList-Unsubscribe: <https://papers.example.org/unsubscribe/${oneClick}>\r\n`,
  );
  expect(adasWelcome()).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
  for (const part of [html, text]) {
    expect(part).toContain(`https://papers.example.org/unsubscribe/${unsubscribe}`);
    expect(part).not.toContain(oneClick);
  }
});

test('a goodbye says that it is done, leads back for a day and later, and has nothing left to leave', async () => {
  const { subject, html, text } = await partsOf(adasGoodbye());
  expect(subject).toBe('You have left Paperboy');
  for (const part of [html, text]) {
    expect(part).toContain('no further edition comes to this address, and this is the last mail.');
    expect(part).toContain('For 24 hours you can');
    expect([...part.matchAll(/https:\/\/[^\s"<]+/g)].map(([link]) => link)).toEqual([
      `https://papers.example.org/unsubscribe/${adasUndo}/undo`,
      'https://papers.example.org/#join',
    ]);
  }
  expect(adasGoodbye()).not.toMatch(/^List-/m);
});

test.each([
  ['a goodbye', () => adasGoodbye()],
  ['an invitation', () => adasInvitation()],
  ['a question', () => adasQuestion()],
  ['a refusal', () => adasRefusal()],
  ['a welcome', () => adasWelcome()],
])('%s says in both parts why it comes and from where', async (_, mail) => {
  const { html, text } = await partsOf(mail());
  for (const part of [html, text]) {
    expect(part).toMatch(/You get this (one mail )?because/);
    expect(part).toContain('Paperboy, 1 Example Street, 12345 Example Town');
    expect(part).not.toMatch(/\{\{|\}\}|undefined|null/);
  }
  expect(mail()).toMatch(/^[\x20-\x7e\r\n]+$/);
});

const odd = {
  ...settings,
  name: `Pa"per's <b>&amp; {{link}} $& 便り`,
  sender: { ...settings.sender, name: 'Zeitung, "für" alle' },
  postalAddress: '</div><script>alert(1)</script> {{subject}}',
};

test.each([
  ['an invitation', adasInvitation(odd)],
  ['a question', adasQuestion(odd, { cadence: 'daily' })],
  ['a welcome', adasWelcome(odd)],
])('%s shows odd settings as text', async (_, raw) => {
  const { html, text, from, subject } = await partsOf(raw);
  expect(html).toContain('Pa&quot;per&#39;s &lt;b&gt;&amp;amp; {{link}} $&amp; 便り');
  expect(html).toContain('&lt;/div&gt;&lt;script&gt;alert(1)&lt;/script&gt; {{subject}}');
  expect(text).toContain(odd.name);
  expect(text).toContain(odd.postalAddress);
  expect(subject).toContain(odd.name);
  expect(from?.value).toEqual([{ name: 'Zeitung, "für" alle', address: 'digest@papers.example.org' }]);
});

const hostile =
  '</mj-text><script>alert(1)</script>" onload="x {{link}} $&\r\nBcc: eve@evil.example\u202e http://evil.example =?utf-8?Q?x?=';
const mailsWith = (search: string): [what: string, raw: string][] => [
  ['an invitation', adasInvitation(settings, coming('weekly', 'a', search))],
  ['a question', adasQuestion(settings, { search })],
  ['a refusal', adasRefusal(settings, search, coming('weekly', search, 'b'))],
  ['a welcome', adasWelcome(settings, coming('weekly', search))],
];

test.each(mailsWith(hostile))('%s shows a hostile search as words on one line', async (_, raw) => {
  const { html, text, headerLines, subject } = await partsOf(raw);
  expect(raw).toMatch(/^[\x20-\x7e\r\n]+$/);
  expect(headerLines.map(({ key }) => key)).not.toContain('bcc');
  expect(html).not.toMatch(/<script|" onload|\u202e/);
  expect(html).toContain(
    '&lt;/mj-text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x {{link}} $&amp; Bcc:',
  );
  expect(text).not.toMatch(/^Bcc|\u202e/m);
  expect(subject).not.toMatch(/[\r\n]/);
});

test.each(
  mailsWith(
    'read http://evil.example/x, www.evil.example, evil.example or eve@evil.example about cat:cs.CV and GPT-4.5',
  ),
)('%s makes no link of an address in a search, which a stranger may have typed in', async (_, raw) => {
  const { html, text } = await partsOf(raw);
  for (const part of [html, text]) {
    expect(part).not.toMatch(/https?:\/\/evil|www\.evil|evil\.example|eve@evil/);
    expect(part).toContain('evil.\u200cexample');
    expect(part.replaceAll('\u200c', '')).toContain('cat:cs.CV and GPT-4.5’');
  }
  expect(html.match(/href="[^"]*evil/)).toBeNull();
});

test.each(['ada@example.org\r\nBcc: eve@example.org', 'ada@example.org\n', 'ädä@example.org'])(
  'no mail is written to %j',
  (to) => {
    expect(() => invitation(to, 'token', weekly, undefined, settings)).toThrow("Can't write the header To");
    expect(() =>
      welcome(to, { unsubscribe: 'a', oneClick: 'b', preferences: 'c' }, undefined, weekly, settings),
    ).toThrow("Can't write the header To");
    expect(() => refusal(to, 'k1', 'six', weekly, settings)).toThrow("Can't write the header To");
  },
);
