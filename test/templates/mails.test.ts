/** The two mails that answer a visitor: what they say, what they link to, and that odd settings do no harm. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { compileMails } from '../../templates/compile-mails';
import { invitation, welcome } from '../../templates/mails';
import { ada, adasInvitation, adasWelcome, settings, valuesFor } from '../mails';

const partsOf = async (raw: string) => {
  const mail = await simpleParser(raw, { skipTextToHtml: true });
  return { ...mail, html: String(mail.html), text: String(mail.text) };
};

test('the compiled mails are those of their sources; if not, run `npm run compile-mails`', async () => {
  const compiled = readFileSync(join(__dirname, '..', '..', 'templates', 'compiled', 'mails.json'), 'utf8');
  expect(compiled === (await compileMails()) || 'run `npm run compile-mails`').toBe(true);
});

test('an invitation names the newsletter, and its button and its text lead to the same page', async () => {
  const { subject, html, text } = await partsOf(invitation(ada, 'k1.id.time.mac', settings));
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
  const tokens = { unsubscribe: 'page', oneClick: 'header' };
  const first = await partsOf(welcome(ada, tokens, undefined, settings));
  const later = await partsOf(adasWelcome());
  expect(first.html).toContain('href="https://papers.example.org/">see the latest papers</a>');
  expect(first.text).toContain('see the latest papers:\nhttps://papers.example.org/\n');
  expect(later.html).toContain('href="https://papers.example.org/editions/weekly-2025-W11">');
  expect(later.text).toContain('\nhttps://papers.example.org/editions/weekly-2025-W11\n');
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

test.each([
  ['an invitation', adasInvitation],
  ['a welcome', adasWelcome],
])('%s says in both parts why it comes and from where', async (_, mail) => {
  const { html, text } = await partsOf(mail());
  for (const part of [html, text]) {
    expect(part).toMatch(/You get this (one mail )?because/);
    expect(part).toContain('Paperboy, 1 Example Street, 12345 Example Town');
    expect(part).not.toMatch(/\{\{|\}\}|undefined|null/);
  }
  expect(mail()).toMatch(/^[\x20-\x7e\r\n]*$/);
});

const odd = {
  ...settings,
  name: `Pa"per's <b>&amp; {{link}} $& 便り`,
  sender: { ...settings.sender, name: 'Zeitung, "für" alle' },
  postalAddress: '</div><script>alert(1)</script> {{subject}}',
};

test.each([
  ['an invitation', adasInvitation(odd)],
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

test.each(['ada@example.org\r\nBcc: eve@example.org', 'ada@example.org\n', 'ädä@example.org'])(
  'no mail is written to %j',
  (to) => {
    expect(() => invitation(to, 'token', settings)).toThrow("Can't write the header To");
    expect(() => welcome(to, { unsubscribe: 'a', oneClick: 'b' }, undefined, settings)).toThrow(
      "Can't write the header To",
    );
  },
);
