/** The mails that answer a visitor at once: an invitation or a question to confirm, a refusal, a welcome, and a goodbye. */
import { INVITATION_HOURS } from '../lambdas/core/confirming';
import type { Told } from '../lambdas/core/joining';
import { UNDO_HOURS } from '../lambdas/core/returning';
import type { Settings } from '../lambdas/core/settings';
import { searchesOf, type Wish } from '../lambdas/core/subscriber';
import { votesFrom } from '../lambdas/core/votes';
import { comingOf, leftOutNote, questionOf, refusalOf, type Coming } from './coming';
import compiled from './compiled/mails.json';
import { brandOf } from './mail-layout';
import { escapeMarkup } from './markup';
import { encodedText, mailbox, message } from './message';
import { covers } from './schedule-words';

export const TYPED_IN = 'You get this one mail because this address was entered in our form.';

/** The token that confirms what was asked for, and the one that opens the preferences. */
interface Tokens {
  confirm: string;
  preferences: string;
}

/** The mail, and its name, that tells the owner of an address what came of asking. */
export function mailFor(joining: Told, tokens: Tokens, settings: Settings): { mail: string; raw: string } {
  const { subscriber, leftOut } = joining;
  const { address } = subscriber;
  switch (joining.outcome) {
    case 'invited':
      return { mail: 'invitation', raw: invitation(address, tokens.confirm, subscriber, leftOut, settings) };
    case 'wished':
      return { mail: 'question', raw: question(address, tokens, joining.wish, leftOut, settings) };
    case 'full':
      return {
        mail: 'refusal',
        raw: refusal(address, tokens.preferences, joining.leftOut, subscriber, settings),
      };
  }
}

/** To a stranger's address that was typed into the form; `leftOut` is the search, if any, that has no room. */
export function invitation(
  to: string,
  token: string,
  asked: Coming,
  leftOut: string | undefined,
  settings: Settings,
): string {
  const { name } = settings;
  const subject = `Confirm your subscription to ${name}`;
  const link = confirmLink(token, settings);
  const [coming, note] = [comingOf(asked), leftOutNote(leftOut)];
  const text = [
    `Somebody, most likely you, asked for ${name} at this address. It will come ${coming}.${note}`,
    `If that is right, confirm here (the link works for ${INVITATION_HOURS} hours):\n${link}`,
    "If it wasn't you, do nothing: without your confirmation nothing comes, unless somebody asks again.",
  ];
  const html = filled(compiled.invitation, { subject, link, coming, note, reason: TYPED_IN }, settings);
  return mail(to, subject, [...text, footerOf(TYPED_IN, settings)], html, settings);
}

/** To a reader whose address was typed in with something new. */
export function question(
  to: string,
  tokens: Tokens,
  wish: Wish,
  leftOut: string | undefined,
  settings: Settings,
): string {
  const { title: subject, asked, button } = questionOf(wish, settings.name);
  const link = confirmLink(tokens.confirm, settings);
  const preferences = preferencesLink(tokens.preferences, settings);
  const note = leftOutNote(leftOut);
  const text = [
    `Somebody, most likely you, asked to ${asked}.${note}`,
    `If that is right, confirm here (the link works for ${INVITATION_HOURS} hours):\n${link}`,
    "If it wasn't you, do nothing: without your confirmation nothing changes.",
    `Something else to change? Your preferences:\n${preferences}`,
  ];
  const values = { subject, link, asked, note, button, preferences, reason: TYPED_IN };
  const html = filled(compiled.question, values, settings);
  return mail(to, subject, [...text, footerOf(TYPED_IN, settings)], html, settings);
}

/** To a reader whose address was typed in with nothing new but one search too many. */
export function refusal(
  to: string,
  token: string,
  leftOut: string,
  reader: Coming,
  settings: Settings,
): string {
  const subject = 'You have five searches already';
  const refused = refusalOf(leftOut, reader);
  const preferences = preferencesLink(token, settings);
  const text = [
    `Somebody, most likely you, ${refused}`,
    `To make room, give one up in your preferences:\n${preferences}`,
  ];
  const html = filled(compiled.refusal, { subject, refused, preferences, reason: TYPED_IN }, settings);
  return mail(to, subject, [...text, footerOf(TYPED_IN, settings)], html, settings);
}

export const preferencesLink = (token: string, { site }: Settings): string =>
  `${site}/preferences?token=${token}`;

const confirmLink = (token: string, { site }: Settings): string => `${site}/confirm?token=${token}`;

/** To a reader who just confirmed; points at the newest edition, or at the front page where there is none yet. */
export function welcome(
  to: string,
  tokens: { unsubscribe: string; oneClick: string; preferences: string },
  newest: { editionId: string; title: string } | undefined,
  reader: Coming,
  settings: Settings,
): string {
  const { name, site } = settings;
  const subject = `Welcome to ${name}`;
  const reason = `You get this because you signed up for ${name} and confirmed it.`;
  const [link, linkText] = newest
    ? [`${site}/editions/${newest.editionId}`, `read the newest edition, ${newest.title}`]
    : [`${site}/`, 'see the latest papers'];
  const unsubscribe = `${site}/unsubscribe/${tokens.unsubscribe}`;
  const preferences = preferencesLink(tokens.preferences, settings);
  const isVoted = votesFrom(settings.sources) === 'all';
  const rest = searchesOf(reader).length
    ? `then ${isVoted ? 'the most upvoted ones' : 'a choice of the others'}`
    : `with ${isVoted ? 'the most upvoted papers' : 'a choice of all new papers'}`;
  const coming = `${comingOf(reader)}, ${rest}. Each edition has ${covers[reader.cadence]}`;
  const text = [
    `You are in. ${name} will come to you ${coming}.`,
    `Until then, ${linkText}:\n${link}`,
    `How often, which searches, a pause? Your preferences:\n${preferences}`,
    `Changed your mind? Unsubscribe any time:\n${unsubscribe}`,
  ];
  const values = { subject, coming, link, linkText, preferences, unsubscribe, reason };
  const html = filled(compiled.welcome, values, settings);
  const leaving: Header[] = [
    ['List-Unsubscribe', `<${site}/unsubscribe/${tokens.oneClick}>`],
    ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
  ];
  return mail(to, subject, [...text, footerOf(reason, settings)], html, settings, leaving);
}

/** To a reader who just left, once; nothing in it has to be left again. `token` takes the departure back. */
export function goodbye(to: string, token: string, settings: Settings): string {
  const { name, site } = settings;
  const subject = `You have left ${name}`;
  const reason = `You get this one mail because you unsubscribed from ${name}.`;
  const link = `${site}/unsubscribe/${token}/undo`;
  const signUp = `${site}/#join`;
  const text = [
    `You have left ${name}: no further edition comes to this address, and this is the last mail.`,
    `Changed your mind? For ${UNDO_HOURS} hours you can put everything back as it was:\n${link}`,
    `Later you can sign up again:\n${signUp}`,
    "If it wasn't you who left, somebody had a link of yours, perhaps in a mail that was passed on.",
  ];
  const values = { subject, link, signUp, reason, undoHours: String(UNDO_HOURS) };
  const html = filled(compiled.goodbye, values, settings);
  return mail(to, subject, [...text, footerOf(reason, settings)], html, settings);
}

type Header = [name: string, value: string];

export function mail(
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

export const footerOf = (reason: string, { postalAddress, brand }: Settings): string =>
  ['-- ', brand.footer, reason, postalAddress, ''].filter((line) => line !== undefined).join('\n');

export function filled(html: string, values: Record<string, string>, settings: Settings): string {
  const { name, postalAddress } = settings;
  const { accent, mark, line } = brandOf(settings);
  const own = { name, postalAddress, hours: String(INVITATION_HOURS) };
  const texts: Record<string, string> = {
    ...values,
    ...own,
    accent: accent.light,
    accentInTheDark: accent.dark,
  };
  const all: Record<string, string | undefined> = {
    ...Object.fromEntries(Object.entries(texts).map(([place, text]) => [place, escapeMarkup(text)])),
    mark: mark.markup,
    line: line.markup,
  };
  return html.replace(/\{\{(\w+)\}\}/g, (_, place: string) => {
    if (all[place] === undefined) throw new Error(`Can't fill "${place}" in a mail: it has no value`);
    return all[place];
  });
}
