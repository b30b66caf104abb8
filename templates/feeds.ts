/** Past editions for feed readers: Atom (RFC 4287), JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), and a sitemap. */
import type { PublishedEdition } from '../lambdas/core/edition';
import type { Settings } from '../lambdas/core/settings';
import { version } from '../package.json';
import { html, type Markup } from './markup';
import { abstractOf, bylineOf, choiceLine, linksOf, noteOf, plural, titleOf } from './paper-lines';

/** Newest first. All of each edition is in it, so that a reader needs to open nothing. */
export function atomFeed(settings: Settings, published: readonly PublishedEdition[]): string {
  const { name, tagline, site } = settings;
  const { markup } = html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
    <id>${site}/feed.xml</id>
    <title>${name}</title>
    <subtitle>${tagline}</subtitle>
    <updated>${published[0]?.cutoff ?? EPOCH}</updated>
    <link rel="self" type="application/atom+xml" href="${site}/feed.xml" />
    <link rel="alternate" type="text/html" href="${site}/editions" />
    <author><name>${name}</name></author>
    <generator version="${version}">Paperboy</generator>
    ${published.map((edition) => entryOf(site, edition))}
  </feed>`;
  return `<?xml version="1.0" encoding="utf-8"?>\n${markup}`;
}

/** A feed of nothing has to say when it changed all the same. */
const EPOCH = '1970-01-01T00:00:00Z';

/** The edition's cutoff is when it was frozen: it never changes afterwards. */
function entryOf(site: string, edition: PublishedEdition): Markup {
  const url = `${site}/editions/${edition.editionId}`;
  return html`<entry>
    <id>${url}</id>
    <title>${edition.title}</title>
    <updated>${edition.cutoff}</updated>
    <published>${edition.cutoff}</published>
    <link rel="alternate" type="text/html" href="${url}" />
    <summary>${summaryOf(edition)}</summary>
    <content type="html">${contentOf(edition)}</content>
  </entry>`;
}

export function jsonFeed(settings: Settings, published: readonly PublishedEdition[]): object {
  const { name, tagline, site } = settings;
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: name,
    description: tagline,
    home_page_url: `${site}/editions`,
    feed_url: `${site}/feed.json`,
    language: 'en',
    authors: [{ name, url: `${site}/` }],
    items: published.map((edition) => ({
      id: `${site}/editions/${edition.editionId}`,
      url: `${site}/editions/${edition.editionId}`,
      title: edition.title,
      summary: summaryOf(edition),
      content_html: contentOf(edition),
      date_published: edition.cutoff,
    })),
  };
}

const summaryOf = ({ considered, papers }: PublishedEdition): string =>
  `${plural(papers.length, 'paper')} of ${considered} listed: ${papers.slice(0, 3).map(titleOf).join('; ')}`;

/** HTML as text: in Atom it is escaped once more, in JSON it stands as it is. */
function contentOf({ considered, papers }: PublishedEdition): string {
  const { markup } = html`<p>${choiceLine(papers, considered)}</p>
    ${papers.map(
      (paper, n) =>
        html`<h2>${n + 1}. <a href="${paper.links.paper}">${titleOf(paper)}</a></h2>
          <p>${bylineOf(paper)}</p>
          ${noteOf(paper) ? html`<p>${noteOf(paper) ?? ''}</p>` : ''}
          <p>${abstractOf(paper)}</p>
          <p>
            ${linksOf(paper).map(({ label, url }, m) => html`${m ? ' · ' : ''}<a href="${url}">${label}</a>`)}
          </p>`,
    )}`;
  return markup.replace(/>\s+</g, '><');
}

/** https://www.sitemaps.org/protocol.html */
export function sitemap({ site }: Settings, paths: readonly string[]): string {
  const { markup } = html`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    ${paths.map((path) => html`<url><loc>${site}${path}</loc></url>`)}
  </urlset>`;
  return `<?xml version="1.0" encoding="utf-8"?>\n${markup}`;
}

/** RFC 9309. Pages that belong to one reader are nobody else's; they say so themselves too. */
export const robots = ({ site }: Settings): string =>
  [
    'User-agent: *',
    'Disallow: /confirm',
    'Disallow: /preferences',
    'Disallow: /unsubscribe/',
    `Sitemap: ${site}/sitemap.xml`,
    '',
  ].join('\n');
