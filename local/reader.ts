/** A reader as the site and the inbox see one: fills in the form, opens mails, follows links, presses buttons. */
import { simpleParser, type ParsedMail } from 'mailparser';
import type { Machine } from './machine';
import { mailsOf, readMail } from './mailbox';

type Site = Pick<Machine, 'site' | 'mails' | 'idle'>;

/** All mails to an address, oldest first. */
export async function inboxOf({ mails }: Pick<Machine, 'mails'>, address: string): Promise<ParsedMail[]> {
  const stored = await mailsOf(mails, address);
  return Promise.all(stored.map(async (mail) => simpleParser(await readMail(mails, mail))));
}

/** Sends the form of the front page, perhaps with a search, then opens the invitation and presses its page's button. */
export async function becomeReader(
  machine: Site,
  address: string,
  more: { search?: string } = {},
): Promise<void> {
  await submit(`${machine.site}/subscribe`, { email: address, ...more });
  await machine.idle();
  const invitation = (await inboxOf(machine, address)).at(-1);
  await pressButton(linkIn(invitation, '/confirm'));
}

/** The mail program's own unsubscribe button (RFC 8058 §3.1): one POST to the address in the header. */
export async function leaveByOneClick(mail: ParsedMail | undefined): Promise<void> {
  const list = mail?.headers.get('list') as { unsubscribe?: { url?: string } } | undefined;
  const url = list?.unsubscribe?.url;
  if (!url) throw new Error("Can't leave: the digest has no List-Unsubscribe header");
  await submit(url, { 'List-Unsubscribe': 'One-Click' });
}

/** The first link of a mail's text that leads to a path of the site. */
export function linkIn(mail: ParsedMail | undefined, path: string): string {
  const link = (mail?.text ?? '')
    .match(/https?:\/\/\S+/g)
    ?.find((url) => new URL(url).pathname.startsWith(path));
  if (!link) throw new Error(`Can't find a link to ${path} in the mail "${mail?.subject ?? '(none)'}"`);
  return link;
}

/** Opens a page with one form and sends that form as it stands. */
export async function pressButton(url: string): Promise<string> {
  const page = await answerOf(await fetch(url));
  const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
  if (!action) throw new Error(`Can't press a button on ${new URL(url).pathname}: the page has none`);
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return submit(
    new URL(action, url).href,
    Object.fromEntries(hidden.map(([, name = '', value]) => [name, value ?? ''])),
  );
}

async function submit(url: string, fields: Record<string, string>): Promise<string> {
  return answerOf(await fetch(url, { method: 'POST', body: new URLSearchParams(fields) }));
}

async function answerOf(response: Response): Promise<string> {
  const page = await response.text();
  if (!response.ok)
    throw new Error(`Can't go on: ${new URL(response.url).pathname} answered ${response.status}`);
  return page;
}
