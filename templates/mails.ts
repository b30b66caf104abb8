/** The mails that answer a visitor at once: an invitation to confirm, and a welcome. */
import type { Settings } from '../lambdas/core/settings';
import { INVITATION_HOURS } from '../lambdas/core/subscriber';
import compiled from './compiled/mails.json';
import { escapeMarkup } from './markup';
import { encodedText, mailbox, message } from './message';

/** To the address that was typed into the form; `token` lets its owner confirm. */
export function invitation(to: string, token: string, settings: Settings): string {
  const { name, site } = settings;
  const subject = `Confirm your subscription to ${name}`;
  const link = `${site}/confirm?token=${token}`;
  const reason = 'You get this one mail because this address was entered in our form.';
  const text = [
    `Somebody, most likely you, asked for ${name} at this address.`,
    `If that is right, confirm here (the link works for ${INVITATION_HOURS} hours):\n${link}`,
    "If it wasn't you, do nothing: without your confirmation nothing comes, unless somebody asks again.",
  ];
  const html = filled(
    compiled.invitation,
    { subject, link, reason, hours: String(INVITATION_HOURS) },
    settings,
  );
  return mail(to, subject, [...text, footerOf(reason, settings)], html, settings);
}

/** To a reader who just confirmed; points at the newest edition, or at the front page where there is none yet. */
export function welcome(
  to: string,
  tokens: { unsubscribe: string; oneClick: string },
  newest: { editionId: string; title: string } | undefined,
  settings: Settings,
): string {
  const { name, site } = settings;
  const subject = `Welcome to ${name}`;
  const reason = `You get this because you signed up for ${name} and confirmed it.`;
  const [link, linkText] = newest
    ? [`${site}/editions/${newest.editionId}`, `read the newest edition, ${newest.title}`]
    : [`${site}/`, 'see the latest papers'];
  const unsubscribe = `${site}/unsubscribe/${tokens.unsubscribe}`;
  const text = [
    `You are in. ${name} will come to you every week, with the papers that the community lifted most.`,
    `Until then, ${linkText}:\n${link}`,
    `Changed your mind? Unsubscribe any time:\n${unsubscribe}`,
  ];
  const html = filled(compiled.welcome, { subject, link, linkText, unsubscribe, reason }, settings);
  const leaving: Header[] = [
    ['List-Unsubscribe', `<${site}/unsubscribe/${tokens.oneClick}>`],
    ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
  ];
  return mail(to, subject, [...text, footerOf(reason, settings)], html, settings, leaving);
}

type Header = [name: string, value: string];

function mail(
  to: string,
  subject: string,
  text: string[],
  html: string,
  { sender }: Settings,
  more: Header[] = [],
): string {
  const headers: Header[] = [
    ['From', mailbox(sender.name, sender.address)],
    ['To', to],
    ['Subject', encodedText(subject)],
    ...more,
    ['Auto-Submitted', 'auto-generated'],
  ];
  return message({ headers, text: text.join('\n\n'), html });
}

const footerOf = (reason: string, { postalAddress }: Settings): string =>
  `-- \n${reason}\n${postalAddress}\n`;

function filled(html: string, values: Record<string, string>, { name, postalAddress }: Settings): string {
  const all: Record<string, string> = { ...values, name, postalAddress };
  return html.replace(/\{\{(\w+)\}\}/g, (_, place: string) => {
    if (all[place] === undefined) throw new Error(`Can't fill "${place}" in a mail: it has no value`);
    return escapeMarkup(all[place]);
  });
}
