/** The rows about what a mail says and links to. */
import compiled from '../../templates/compiled/mails.json';
import { parseUrl } from '../../lambdas/core/url';
import { isSafe } from './headers';
import { tokensIn, unescaped, type Reading } from './reading';
import { judged, notAsked, type Check } from './verdict';

/** RFC 8058 §6. The address may hide in base64, in hex or behind %40. */
export const opaque: Check = (mail) => {
  const address = (mail.one('to') ?? '').trim();
  const header = mail.one('list-unsubscribe') ?? '';
  const hidden = [
    address,
    encodeURIComponent(address),
    Buffer.from(address).toString('base64url').slice(0, -1),
    Buffer.from(address).toString('hex'),
  ].filter((form) => form.length > 3);
  const urls = [...mail.links, header].map((url) => url.toLowerCase());
  const carried = hidden.some((form) => urls.some((url) => url.includes(form.toLowerCase())));
  const [token] = tokensIn(header);
  return judged([
    carried && 'a link carries the address of the reader',
    header !== '' && !token && 'list-unsubscribe has no signed token',
    token && (mail.text + mail.html).includes(token.token) && 'the one-click link stands in the body too',
  ]);
};

const pathOf = (url: string): string => parseUrl(url)?.pathname ?? '';

/** A link that unsubscribes; one with more behind the token, as in the goodbye mail, is about an earlier departure. */
const leaves = (url: string): boolean => /^\/unsubscribe\/[^/]*$/.test(pathOf(url));

/** CAN-SPAM, CASL. Whoever can't have subscribed has nothing to leave. */
export const wayOut: Check = (mail, { postalAddress }) => {
  const links = {
    html: mail.links.filter((url) => unescaped(mail.html).includes(url)),
    text: urlsOf(mail.text),
  };
  const listed = mail.bulk || mail.all('list-unsubscribe').length > 0;
  return judged(
    (['html', 'text'] as const).flatMap((part) => [
      listed && !links[part].some(leaves) && `the ${part} part has no link to unsubscribe`,
      mail.bulk &&
        !links[part].some((url) => pathOf(url).startsWith('/preferences')) &&
        `the ${part} part has no link to preferences`,
      !folded(unescaped(mail[part])).includes(folded(postalAddress)) &&
        `the ${part} part lacks the postal address of newsletter.json`,
    ]),
  );
};

const urlsOf = (text: string): string[] => text.match(/https?:\/\/\S+/g) ?? [];
const folded = (text: string): string => text.replace(/\s+/g, ' ');

/** A token with a time is too old one day. */
export const forEver: Check = (mail) => {
  const urls = [...mail.links.filter(leaves), mail.one('list-unsubscribe') ?? ''];
  const tokens = tokensIn(urls.join(' '));
  if (tokens.length === 0) return notAsked('it has no link to unsubscribe');
  return judged(tokens.map(({ time }) => time !== '0' && 'a link to unsubscribe has a time in it'));
};

const PLACES = new Set(
  Object.values(compiled).flatMap((html) => [...html.matchAll(/\{\{(\w+)\}\}/g)].map(([place]) => place)),
);

/** A title may say {{x}}: so only in mails that are filled like this, and only the names of their places. */
export const filled: Check = (mail) => {
  const everything = mail.subject + mail.text + mail.html;
  const left = mail.bulk
    ? undefined
    : [...everything.matchAll(/\{\{\w+\}\}/g)].map(([place]) => place).find((place) => PLACES.has(place));
  const readers = new Set(
    tokensIn(`${mail.links.join(' ')} ${mail.one('list-unsubscribe') ?? ''}`).map(
      ({ subscriberId }) => subscriberId,
    ),
  );
  return judged([
    /[\u{FDD0}-\u{FDEF}]/u.test(everything) && 'a slot is not filled',
    left !== undefined && `${left} is not filled`,
    /="(undefined|null|NaN)|\/(undefined|null|NaN)\b|\[object \w+\]/.test(mail.html + mail.links.join(' ')) &&
      'a value is missing',
    readers.size > 1 && `its tokens belong to ${readers.size} readers`,
  ]);
};

const FOREIGN = /<\s*(script|form|iframe|object|embed|link|base|input|video|audio)\b/i;

/** What a mail loads or runs tells somebody that it was opened, or does harm. */
export const nothingForeign: Check = ({ html, links }) =>
  judged([
    FOREIGN.test(html) && `it has a <${FOREIGN.exec(html)?.[1] ?? ''}>`,
    /@import|@font-face|url\(|http-equiv=["']?refresh/i.test(html) &&
      'its styles load something from elsewhere',
    ...links.map((url) => !isSafe(url) && `a link is not https: ${url.slice(0, 60)}`),
    links.some((url) => /\.awstrack\.me\b/.test(parseUrl(url)?.hostname ?? '')) &&
      'links are rewritten to be counted',
    ...imagesIn(html).map((image) => pixel(image)),
  ]);

export const imagesIn = (html: string): string[] => html.match(/<img\b[^>]*>/gi) ?? [];

function pixel(image: string): string | false {
  const source = unescaped(/\ssrc="([^"]*)"/i.exec(image)?.[1] ?? '');
  if (!isSafe(source)) return `an image is not from an https address: ${source.slice(0, 60)}`;
  const tiny = /\s(?:width|height)="[01]"|(?:width|height):\s*[01](?:px)?[;"]/i.test(image);
  return (
    (tiny || tokensIn(source).length > 0 || source.includes('?')) &&
    `an image looks like a counter: ${source}`
  );
}

interface Ranked {
  rank: number;
  title: string;
}

const bare = (markup: string): string => folded(unescaped(markup.replace(/<[^>]*>/g, ''))).trim();

const rankedInHtml = (html: string): Ranked[] =>
  [...html.matchAll(/<h2\b[^>]*>([\s\S]*?)<\/h2>/g)].flatMap(([, heading = '']) => ranked(bare(heading)));

const rankedInText = (text: string): Ranked[] =>
  text.split('\n').flatMap((line) => ranked(folded(line).trim()));

const ranked = (line: string): Ranked[] => {
  const [, rank, title] = /^(\d{1,2})\. (.+)$/.exec(line) ?? [];
  return rank && title ? [{ rank: Number(rank), title }] : [];
};

const keyOf = ({ rank, title }: Ranked): string => `${rank}. ${title}`;

/** MJML drops what it does not understand without a word. */
export const everyPaper: Check = (mail: Reading) => {
  const [html, text] = [rankedInHtml(mail.html), rankedInText(mail.text)];
  if (html.length + text.length === 0) return judged(['it has no paper at all']);
  const [inHtml, inText] = [new Set(html.map(keyOf)), new Set(text.map(keyOf))];
  const papers = linksOfPapers(mail);
  return judged(
    [
      ...html.map((one) => !inText.has(keyOf(one)) && `the text part lacks "${keyOf(one)}"`),
      ...text.map((one) => !inHtml.has(keyOf(one)) && `the HTML part lacks "${keyOf(one)}"`),
      ...html.map(({ rank }, n) => rank !== n + 1 && `paper ${n + 1} has the rank ${rank}`),
      ...papers.html.map((url) => !papers.text.includes(url) && `the text part lacks the link ${url}`),
      papers.html.length !== html.length && `${html.length} papers have ${papers.html.length} links`,
    ],
    `${html.length} papers`,
  );
};

const linksOfPapers = ({ html, text }: Reading): Record<'html' | 'text', string[]> => ({
  html: [...html.matchAll(/<h2\b[^>]*>\s*<a\b[^>]*\shref="([^"]*)"/g)].map(([, href]) =>
    unescaped(href ?? ''),
  ),
  text: [...text.matchAll(/^ {3}Paper: (\S+)$/gm)].map(([, url]) => url ?? ''),
});

/** Bidirectional overrides turn text around; other controls hide it, or end a mail early. */
const CONTROLS = /[\u202a-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u;

/** Whatever a paper brought along is text or not there. */
export const harmless: Check = ({ html, text, subject, links }) => {
  const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
  return judged([
    CONTROLS.test(html + text + subject) && 'it has characters that turn text around or hide it',
    /<\s*(script|mj-[a-z]+)\b/i.test(html) && 'it has a tag that somebody brought along',
    tags.some((tag) => /\son[a-z]+\s*=/i.test(tag.replace(/"[^"]*"|'[^']*'/g, '""'))) &&
      'a tag has a script in an attribute',
    links.some((url) => /^\s*(javascript|data|vbscript):/i.test(url)) && 'a link runs a script',
    ...[...html.matchAll(/\s(?:href|src)="\s*((?:javascript|data|vbscript):)/gi)].map(
      ([, scheme]) => `a link runs ${scheme}`,
    ),
  ]);
};
