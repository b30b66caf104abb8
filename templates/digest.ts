/** The digest: a whole edition rendered once, as the skeleton that every reader's message is joined from. */
import { createHash } from 'node:crypto';
import type { Period } from '../lambdas/core/calendar';
import type { Content } from '../lambdas/core/edition';
import type { Paper } from '../lambdas/core/paper';
import type { Cadence, Settings } from '../lambdas/core/settings';
import { excerpt } from '../lambdas/core/text';
import { longPeriod } from './dates';
import { frame, styles } from './mail-layout';
import { escapeMarkup, mjml, type Markup } from './markup';
import { encodedText, mailbox, message } from './message';
import { abstractOf, bylineOf, linksOf, plural, titleOf } from './paper-lines';
import { renderMjml } from './render-mjml';
import { cut, slot } from './slots';

export interface Digest {
  editionId: string;
  cadence: Cadence;
  period: Period;
  /** In the order they are shown. */
  papers: readonly Paper[];
  considered: number;
}

/** What a reader's copy is filled with: the address, and two tokens (core/identity.ts). */
export type DigestSlot = 'to' | 'one-click' | 'unsubscribe';

/** Gmail clips what is longer than about 102 KB; a token is wider than the name of its slot by this much at most. */
const HTML_BYTES = 100_000 - 2 * 70;
const SUBJECT = 70;

const periods: Record<Cadence, string> = { weekly: 'week', daily: 'day', monthly: 'month' };

/** "Papers of 10–16 March 2025" */
export const digestTitle = ({ period }: Pick<Digest, 'period'>): string => `Papers of ${longPeriod(period)}`;

/** Renders the edition with as many of its papers as fit; throws if a paper got lost on the way. */
export async function renderDigest(
  digest: Digest,
  settings: Settings,
): Promise<{ papers: Paper[]; skeleton: Content['skeleton'] }> {
  const { papers, html } = await renderFitting(digest, settings);
  const shown = { ...digest, papers };
  const text = digestText(shown, settings);
  for (const [n, paper] of papers.entries()) checkShown(n + 1, paper, html, text);
  return { papers: [...papers], skeleton: cut(message({ headers: headersOf(shown, settings), text, html })) };
}

async function renderFitting(
  digest: Digest,
  settings: Settings,
): Promise<{ papers: readonly Paper[]; html: string }> {
  let { papers } = digest;
  for (;;) {
    const html = await renderMjml(digestMjml({ ...digest, papers }, settings));
    const bytes = Buffer.byteLength(html);
    if (bytes <= HTML_BYTES) return { papers, html };
    if (papers.length === 1)
      throw new Error(`Can't fit paper ${papers[0]?.paperId} into a mail: ${bytes} bytes`);
    papers = papers.slice(0, Math.min(papers.length - 1, Math.floor((papers.length * HTML_BYTES) / bytes)));
  }
}

/** MJML drops what it doesn't understand without a word, so every paper is looked for. */
function checkShown(rank: number, paper: Paper, html: string, text: string): void {
  const title = titleOf(paper);
  const inHtml =
    html.includes(`${rank}. </span>${escapeMarkup(title)}</a>`) &&
    html.includes(escapeMarkup(paper.links.paper));
  const inText = text.includes(`${rank}. ${title}\n`) && text.includes(paper.links.paper);
  if (!inHtml || !inText)
    throw new Error(`Can't find paper ${paper.paperId} in the rendered ${inHtml ? 'text' : 'HTML'}`);
}

function digestMjml(digest: Digest, settings: Settings): Markup {
  const { papers, editionId } = digest;
  const online = `${settings.site}/editions/${editionId}`;
  return frame({
    name: settings.name,
    title: subjectOf(digest),
    preheader: excerpt(papers.slice(1, 4).map(titleOf).join(' · '), 140),
    body: mjml`
<mj-text mj-class="quiet" css-class="fine">${longPeriod(digest.period)} · <a href="${online}" style="${styles.quietLink}">view in browser</a></mj-text>
<mj-text>${introOf(digest)}</mj-text>
${papers.map((paper, n) => paperMjml(n + 1, paper))}`,
    footer: mjml`
You get this because you signed up for ${settings.name} and confirmed it.<br />
<a href="${settings.site}/unsubscribe/${slot('unsubscribe')}" style="${styles.quietLink}">Unsubscribe</a> · <a href="${settings.site}/editions" style="${styles.quietLink}">Past editions</a><br />
${settings.postalAddress}`,
  });
}

const paperMjml = (rank: number, paper: Paper): Markup => mjml`
<mj-text>
<h2 style="${styles.heading}"><a class="title" style="${styles.title}" href="${paper.links.paper}"><span>${rank}. </span>${titleOf(paper)}</a></h2>
<div class="quiet" style="${styles.byline}">${bylineOf(paper)}</div>
${abstractOf(paper)}
<div style="${styles.links}">${linksOf(paper).map(({ label, url }, n) => mjml`${n ? ' · ' : ''}<a style="${styles.link}" href="${url}">${label}</a>`)}</div>
</mj-text>`;

/** "The 10 papers with the most upvotes, of 98 listed that week." */
function introOf({ papers, considered, cadence }: Digest): string {
  const [shown, period] = [plural(papers.length, 'paper'), periods[cadence]];
  if (considered === 1) return `The only paper listed that ${period}.`;
  if (considered <= papers.length) return `All ${shown} listed that ${period}, most upvotes first.`;
  return `The ${shown} with the most upvotes, of ${considered} listed that ${period}.`;
}

function subjectOf({ papers }: Digest): string {
  const more = papers.length - 1;
  const rest = more > 0 ? ` + ${more} more` : '';
  return `${excerpt(papers[0]?.title ?? '', SUBJECT - rest.length)}${rest}`;
}

function digestText(digest: Digest, settings: Settings): string {
  const { papers, editionId, period } = digest;
  const blocks = papers.map((paper, n) =>
    [
      `${n + 1}. ${titleOf(paper)}`,
      ...[bylineOf(paper), abstractOf(paper)].flatMap(wrapped).map((line) => `   ${line}`),
      ...linksOf(paper).map(({ label, url }) => `   ${label}: ${url}`),
    ].join('\n'),
  );
  return [
    `${settings.name}: ${longPeriod(period)}`,
    introOf(digest),
    ...blocks,
    `In the browser: ${settings.site}/editions/${editionId}`,
    [
      '-- ',
      `You get this because you signed up for ${settings.name} and confirmed it.`,
      `Unsubscribe: ${settings.site}/unsubscribe/${slot('unsubscribe')}`,
      settings.postalAddress,
      '',
    ].join('\n'),
  ].join('\n\n');
}

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
    ['Subject', encodedText(subjectOf(digest))],
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
