/** One mail of the inbox: its page, and its HTML, its text and its source as they were sent. */
import { html } from 'hono/html';
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';
import { headersOf, missing, shown, type Html, type Page } from './inbox-layout';
import type { StoredMail } from './mailbox';
import { headerOf } from './raw-message';

/** Parts as they were sent: none is made up from the other. */
const AS_SENT = { skipHtmlToText: true, skipTextToHtml: true };

/**
 * What the mail may do, in the frame and on its own: show itself, load images, open links the reader clicks. A page that
 * opens in a new tab is free of the sandbox, or its form could not be sent.
 */
const SANDBOX = 'allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';
const MAIL_POLICY = `default-src 'none'; img-src https: data:; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; sandbox ${SANDBOX}`;
const SOURCE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** A part is `html`, `text`, `raw`; any other is the page around them. */
export async function mailPage(mail: StoredMail, part: string, source: Buffer): Promise<Page> {
  if (part === 'raw') return { status: 200, headers: headersOf('text/plain', SOURCE_POLICY), body: source };
  const parsed = await simpleParser(source, AS_SENT);
  switch (part) {
    case 'html':
      return parsed.html
        ? { status: 200, headers: headersOf('text/html', MAIL_POLICY), body: withLinksOnTop(parsed.html) }
        : missing('This mail has no HTML part.');
    case 'text':
      return parsed.text
        ? { status: 200, headers: headersOf('text/plain', SOURCE_POLICY), body: parsed.text }
        : missing('This mail has no text part.');
    default:
      return shown(200, subjectOf(mail), overview(mail, parsed, source));
  }
}

/** A link in the frame replaces the page around it. HTML puts the tag into the head, wherever that begins. */
const withLinksOnTop = (document: string): string =>
  document.replace(/^(\s*<!doctype[^>]*>)?/i, '$&<base target="_top">');

export const subjectOf = (mail: StoredMail): string => mail.subject || '(no subject)';

/** In the time zone of this machine, which is the reader's. */
export const readable = (at: string | Date): string =>
  new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

const overview = (mail: StoredMail, parsed: ParsedMail, source: Buffer): Html => html`
  <nav><a href="/">← Inbox</a><span class="soft">Mail ${mail.number}</span></nav>
  <h1>${subjectOf(mail)}</h1>
  <dl class="card">
    ${row('From', mail.from)} ${row('To', textOf(parsed.to))} ${row('Cc', textOf(parsed.cc))}
    ${row('Delivered to', hiddenFrom(parsed.to, mail))} ${row('Date', readable(parsed.date ?? mail.at))}
    ${row('Tags', tagsOf(mail))} ${row('Size', `${mail.bytes.toLocaleString('en')} bytes`)}
  </dl>
  <p class="views">
    ${parsed.html ? html`<a href="/mail/${mail.number}/html">HTML alone</a>` : ''}
    ${parsed.text ? html`<a href="/mail/${mail.number}/text">Text alone</a>` : ''}
    <a href="/mail/${mail.number}/raw">Source</a>
    <a href="/mail/${mail.number}/raw" download="${mail.file}">Download</a>
  </p>
  ${parsed.html ? frame(mail) : ''} ${parsed.text ? folded('Text', parsed.text, !parsed.html) : ''}
  ${folded('Headers', source.toString('utf8', 0, headerOf(source).end), false)}
`;

const row = (name: string, text: string): Html | string =>
  text
    ? html`<dt>${name}</dt>
        <dd>${text}</dd>`
    : '';

const textOf = (field: AddressObject | AddressObject[] | undefined): string =>
  [field ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');

/** Said only where the header does not say it: Bcc, and destinations of their own. */
const hiddenFrom = (to: AddressObject | AddressObject[] | undefined, mail: StoredMail): string =>
  mail.to.every((address) => textOf(to).includes(address)) ? '' : mail.to.join(', ');

const tagsOf = ({ tags }: StoredMail): string =>
  Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');

const frame = (mail: StoredMail): Html => html`
  <iframe class="card" title="The mail as HTML" sandbox="${SANDBOX}" src="/mail/${mail.number}/html"></iframe>
`;

const folded = (title: string, text: string, open: boolean): Html =>
  html`<details class="card" ${open ? 'open' : ''}>
    <summary>${title}</summary>
    <pre>${text}</pre>
  </details>`;
