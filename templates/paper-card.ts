/** One paper on a page: title, who and when, a few lines, links. */
import type { Paper } from '../lambdas/core/paper';
import { longDay } from './dates';
import { html, type Markup } from './markup';
import { abstractOf, bylineOf, linksOf, noteOf, titleOf } from './paper-lines';

/** Bytes: with the frame, a form and the longest search around them, a page stays under 30 KB. */
const ROOM = 21_000;

/** Of these in their order, as many as one page holds. */
export function cardsThatFit(cards: readonly Markup[]): Markup[] {
  let left = ROOM;
  const over = cards.findIndex(({ markup }) => (left -= Buffer.byteLength(markup)) < 0);
  return cards.slice(0, over < 0 ? undefined : Math.max(over, 1));
}

/** With a rank, as in an edition; under a heading of its own the title is one level lower. */
export function paperCard(paper: Paper, { rank, under }: { rank?: number; under?: 'h2' } = {}): Markup {
  const link = html`<a href="${paper.links.paper}">${titleOf(paper)}</a>`;
  const title = rank === undefined ? link : html`${rank}. ${link}`;
  return html`<article class="paper">
    ${under ? html`<h3>${title}</h3>` : html`<h2>${title}</h2>`}
    <p class="quiet">
      ${bylineOf(paper)} · <time dir="ltr" datetime="${paper.listedOn}">${longDay(paper.listedOn)}</time>
    </p>
    ${linesOf(paper).map((line) => html`<p dir="auto">${line}</p>`)}
    <p class="quiet">
      ${linksOf(paper).map(({ label, url }, n) => html`${n ? ' · ' : ''}<a href="${url}">${label}</a>`)}
    </p>
  </article>`;
}

const linesOf = (paper: Paper): string[] => [noteOf(paper), abstractOf(paper)].flatMap((line) => line || []);
