/** An edition rendered once: the message around the papers, and each paper's lines, all with slots for what differs. */
import { createHash } from 'node:crypto';
import type { Period } from '../lambdas/core/calendar';
import type { Candidate, Content } from '../lambdas/core/edition';
import type { Paper } from '../lambdas/core/paper';
import type { Cadence } from '../lambdas/core/cadences';
import type { Settings } from '../lambdas/core/settings';
import { longPeriod } from './dates';
import { brandOf, frame, linkStyle, styles } from './mail-layout';
import { escapeMarkup, mjml, type Markup } from './markup';
import { mailbox, message, quotedPrintable } from './message';
import { abstractOf, bylineOf, linksOf, noteOf, titleOf } from './paper-lines';
import { renderMjml } from './render-mjml';
import { cut, slot } from './slots';

export interface Digest {
  editionId: string;
  cadence: Cadence;
  period: Period;
  /** In the order of their ranks. */
  candidates: readonly Candidate[];
  considered: number;
  /** The most papers of a reader's copy. */
  size: number;
}

/** What a reader's copy is filled with: the address, and three tokens (core/identity.ts). */
export type DigestSlot = 'to' | 'one-click' | 'unsubscribe' | 'preferences';

/** Gmail clips what is longer than about 102 KB. */
const HTML_BYTES = 100_000;
/** What the words and tokens of a copy weigh at most beside its papers: subject twice, preheader, introduction, token. */
const WORDS_BYTES = 6_000;

/** "Papers of 10–16 March 2025" */
export const digestTitle = ({ period }: Pick<Digest, 'period'>): string => `Papers of ${longPeriod(period)}`;

/** Renders all candidates at once; throws if a paper got lost on the way, or is too large for any mail. */
export async function renderDigest(digest: Digest, settings: Settings): Promise<Content> {
  const { cadence, period, considered, size } = digest;
  const papers = digest.candidates.map(({ paper }) => paper);
  const html = await renderMjml(digestMjml({ ...digest, papers }, settings));
  const [head = '', ...pieces] = html.split(BORDER);
  const tail = pieces.pop() ?? '';
  const around = head + slot('papers') + tail;
  const room = HTML_BYTES - WORDS_BYTES - Buffer.byteLength(around);
  if (pieces.length !== papers.length) throw new Error(`Can't find every paper in the rendered HTML`);
  return {
    cadence,
    period,
    considered,
    size,
    room,
    candidates: [...digest.candidates],
    fragments: papers.map((paper, n) => fragmentOf(paper, pieces[n] ?? '', room)),
    shell: cut(
      message({ headers: headersOf(digest, settings), text: digestText(digest, settings), html: around }),
    ),
  };
}

/** MJML drops what it doesn't understand without a word, so every paper is looked for. */
function fragmentOf(paper: Paper, html: string, room: number): Content['fragments'][number] {
  if (!html.includes(escapeMarkup(titleOf(paper))) || !html.includes(escapeMarkup(paper.links.paper)))
    throw new Error(`Can't find paper ${paper.paperId} in the rendered HTML`);
  const bytes = Buffer.byteLength(html) + REASON_BYTES;
  if (bytes > room) throw new Error(`Can't fit paper ${paper.paperId} into a mail: ${bytes} bytes`);
  return { html: fragment(html), text: fragment(`${paperText(paper)}\n\n`), bytes };
}

/** Ends with a soft break, so that whatever comes next begins a line of its own. */
const fragment = (text: string): Content['shell'] => cut(`${quotedPrintable(text)}=\r\n`);
/** That it rose late; what a search adds is counted where it is (core/choice.ts). */
const REASON_BYTES = 120;

/** Stands between the papers until the rendered HTML is cut there. */
const BORDER = slot('border');

function digestMjml(
  { papers, editionId, period }: Pick<Digest, 'editionId' | 'period'> & { papers: readonly Paper[] },
  settings: Settings,
): Markup {
  const online = `${settings.site}/editions/${editionId}`;
  const brand = brandOf(settings);
  return frame({
    brand,
    title: slot('subject-html'),
    preheader: slot('preheader'),
    body: mjml`
<mj-text mj-class="quiet" css-class="fine">${longPeriod(period)} · <a href="${online}" style="${styles.quietLink}">view in browser</a></mj-text>
<mj-text>${slot('intro-html')}</mj-text>
<mj-raw>${BORDER}</mj-raw>
${papers.map((paper) => mjml`${paperMjml(paper, linkStyle(brand))}<mj-raw>${BORDER}</mj-raw>`)}`,
    footer: mjml`
You get this because you signed up for ${settings.name} and confirmed it.<br />
<a href="${settings.site}/unsubscribe/${slot('unsubscribe')}" style="${styles.quietLink}">Unsubscribe</a> · <a href="${settings.site}/preferences?token=${slot('preferences')}" style="${styles.quietLink}">Preferences</a> · <a href="${settings.site}/editions" style="${styles.quietLink}">Past editions</a><br />
${settings.postalAddress}`,
  });
}

const paperMjml = (paper: Paper, link: string): Markup => mjml`
<mj-text>
<h2 dir="auto" style="${styles.heading};${styles.ownDirection}"><a class="title" style="${styles.title}" href="${paper.links.paper}"><span>${slot('rank')}</span>${titleOf(paper)}</a></h2>
<div class="quiet" style="${styles.byline}">${slot('reason')}${bylineOf(paper)}</div>
${noteMjml(paper)}<div dir="auto" style="${styles.ownDirection}">${abstractOf(paper)}</div>
<div style="${styles.links}">${linksOf(paper).map(({ label, url }, n) => mjml`${n ? ' · ' : ''}<a style="${link}" href="${url}">${label}</a>`)}</div>
</mj-text>`;

function noteMjml(paper: Paper): Markup {
  const note = noteOf(paper);
  return note ? mjml`<div dir="auto" style="${styles.note}">${note}</div>\n` : mjml``;
}

function digestText({ editionId, period }: Digest, settings: Settings): string {
  return [
    `${settings.name}: ${longPeriod(period)}`,
    slot('intro'),
    `${slot('papers-text')}In the browser: ${settings.site}/editions/${editionId}`,
    [
      '-- ',
      ...(settings.brand.footer ? [settings.brand.footer] : []),
      `You get this because you signed up for ${settings.name} and confirmed it.`,
      `Preferences: ${settings.site}/preferences?token=${slot('preferences')}`,
      `Unsubscribe: ${settings.site}/unsubscribe/${slot('unsubscribe')}`,
      settings.postalAddress,
      '',
    ].join('\n'),
  ].join('\n\n');
}

const paperText = (paper: Paper): string =>
  [
    `${slot('rank')}${titleOf(paper)}`,
    slot('reason') + indented(bylineOf(paper)),
    ...(paper.note ? [indented(noteOf(paper) ?? '')] : []),
    ...(paper.abstract ? [indented(abstractOf(paper))] : []),
    ...linksOf(paper).map(({ label, url }) => `   ${label}: ${url}`),
  ].join('\n');

const indented = (text: string): string =>
  wrapped(text)
    .map((line) => `   ${line}`)
    .join('\n');

/** Lines of about 72 characters; a longer word stands alone. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > 72) {
      lines.push(line);
      line = '';
    }
    line += line ? ` ${word}` : word;
  }
  return line ? [...lines, line] : [];
}

/** RFC 2369 (List-…), RFC 2919 (List-Id), RFC 8058 (one click), RFC 3834, Gmail's feedback loop. */
function headersOf(digest: Digest, { name, sender, site }: Settings): [string, string][] {
  const { editionId, cadence } = digest;
  const host = new URL(site).hostname;
  return [
    ['From', mailbox(sender.name, sender.address)],
    ['To', slot('to')],
    ['Subject', slot('subject')],
    ['List-Id', mailbox(name, `${cadence}.${host}`)],
    ['List-Unsubscribe', `<${site}/unsubscribe/${slot('one-click')}>`],
    ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
    ['List-Archive', `<${site}/editions>`],
    ['List-Help', `<${site}/>`],
    ['List-Post', 'NO'],
    ['Precedence', 'bulk'],
    ['Auto-Submitted', 'auto-generated'],
    ['Feedback-ID', `${editionId}:${cadence}:digest:${senderId(host)}`],
  ];
}

/** Gmail wants 5 to 15 characters that stay the same: https://support.google.com/a/answer/6254652 */
const senderId = (host: string): string => createHash('sha256').update(host).digest('hex').slice(0, 12);
