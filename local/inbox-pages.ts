/** The inbox of the local SES, for the eyes of a developer: a list, one mail, and its parts. */
import { html } from 'hono/html';
import { failed, missing, shown, type Html, type Page } from './inbox-layout';
import { mailPage, readable, subjectOf } from './inbox-mail';
import { readMail, storedMails, type StoredMail } from './mailbox';

const MAILS_PER_PAGE = 50;

type Wanted = (mail: StoredMail) => boolean;

/** `/`, `/mail/N`, `/mail/N/html`, `/mail/N/text`, `/mail/N/raw`; anything else is a 404, any other method a 405. */
export async function inboxPage(folder: string, method: string, target: string): Promise<Page> {
  const { pathname, searchParams } = new URL(`http://inbox${target.startsWith('/') ? target : '/404'}`);
  const [, number, part = 'mail'] = /^\/mail\/([1-9]\d{0,8})(?:\/(html|text|raw))?$/.exec(pathname) ?? [];
  if (pathname !== '/' && number === undefined) return missing('There is no such page here.');
  if (method !== 'GET' && method !== 'HEAD') return onlyReading(pathname);
  if (number === undefined) return listPage(folder, searchParams);
  const mail = await findMail(folder, Number(number));
  if (!mail) return missing(`There is no mail with the number ${number} here.`);
  return mailPage(mail, part, await readMail(folder, mail));
}

async function onlyReading(pathname: string): Promise<Page> {
  const reason = 'These pages can only be read, with GET. Mail comes in with POST /, as SES takes it.';
  const page = await failed(405, 'Only reading here', reason);
  return { ...page, headers: { ...page.headers, allow: pathname === '/' ? 'GET, HEAD, POST' : 'GET, HEAD' } };
}

async function listPage(folder: string, query: URLSearchParams): Promise<Page> {
  const to = (query.get('to') ?? '').trim();
  const asked = Number(query.get('page') ?? 1);
  const part = to.toLowerCase();
  const wants: Wanted = (mail) => mail.to.some((address) => address.toLowerCase().includes(part));
  let total = 0;
  for await (const mail of storedMails(folder)) if (wants(mail)) total += 1;
  const pages = Math.max(1, Math.ceil(total / MAILS_PER_PAGE));
  const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
  const mails = await newest(folder, wants, total - (page - 1) * MAILS_PER_PAGE);
  return shown(200, to ? `Mail to ${to}` : 'Inbox', list({ mails, total, page, pages, to }));
}

/** The page that ends before the given position, newest first. Two passes over the index keep memory flat. */
async function newest(folder: string, wants: Wanted, end: number): Promise<StoredMail[]> {
  const mails: StoredMail[] = [];
  let position = 0;
  for await (const mail of storedMails(folder)) {
    if (!wants(mail)) continue;
    if (position >= end) break; // came in meanwhile
    if (position >= end - MAILS_PER_PAGE) mails.push(mail);
    position += 1;
  }
  return mails.toReversed();
}

async function findMail(folder: string, number: number): Promise<StoredMail | undefined> {
  for await (const mail of storedMails(folder)) if (mail.number === number) return mail;
  return undefined;
}

interface List {
  mails: StoredMail[];
  total: number;
  page: number;
  pages: number;
  to: string;
}

const list = ({ mails, total, page, pages, to }: List): Html => html`
  <h1><a href="/">Inbox</a></h1>
  <p class="soft">${counted(total, to)}Mail sent on this machine stays on it.</p>
  ${total > 0 || to ? filter(to) : ''}
  ${
    mails.length > 0
      ? html`<ol class="card">
          ${mails.map(row)}
        </ol>`
      : nothing(to)
  }
  ${pages > 1 ? pager(page, pages, to) : ''}
`;

const counted = (total: number, to: string): string => {
  if (total === 0) return '';
  const mails = total === 1 ? '1 mail' : `${total.toLocaleString('en')} mails`;
  return to ? `${mails} to “${to}”. ` : `${mails}. `;
};

const filter = (to: string): Html => html`
  <form method="get" action="/" role="search">
    <input
      type="search"
      name="to"
      value="${to}"
      placeholder="Recipient, or a part of it"
      aria-label="Recipient"
    />
    <button>Filter</button>
    ${to ? html`<a href="/">Show all</a>` : ''}
  </form>
`;

const row = (mail: StoredMail): Html => html`
  <li>
    <a class="subject" href="/mail/${mail.number}">${subjectOf(mail)}</a>
    <time datetime="${mail.at}">${readable(mail.at)}</time>
    <span class="to">to ${recipients(mail)}</span>
  </li>
`;

const RECIPIENTS_SHOWN = 3;

const recipients = ({ to }: StoredMail): Html => html`
  ${to.slice(0, RECIPIENTS_SHOWN).map((address) => html`<a href="${listUrl(1, address)}">${address}</a> `)}
  ${to.length > RECIPIENTS_SHOWN ? `and ${to.length - RECIPIENTS_SHOWN} more` : ''}
`;

const nothing = (to: string): Html =>
  to
    ? html`<div class="card empty"><p>No mail to “${to}”.</p></div>`
    : html`<div class="card empty">
        <p><strong>Nothing has been sent yet.</strong></p>
        <p class="soft">
          Every mail that the newsletter sends on this machine appears here instead of leaving it: first the
          invitation after somebody signs up, then the welcome, then the digests, the newest on top.
        </p>
      </div>`;

const pager = (page: number, pages: number, to: string): Html => html`
  <nav aria-label="Pages">
    <span>${page > 1 ? html`<a href="${listUrl(page - 1, to)}">← Newer</a>` : ''}</span>
    <span class="soft">Page ${page} of ${pages}</span>
    <span>${page < pages ? html`<a href="${listUrl(page + 1, to)}">Older →</a>` : ''}</span>
  </nav>
`;

const listUrl = (page: number, to: string): string =>
  `/?${new URLSearchParams({ ...(to && { to }), ...(page > 1 && { page: String(page) }) }).toString()}`;
