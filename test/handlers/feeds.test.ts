/** Feeds, sitemap and robots: past editions for programs, whole, and nothing of anybody's own. */
import { XMLValidator } from 'fast-xml-parser';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import * as z from 'zod';
import * as papers from '../../lambdas/aws/papers';
import type { Paper } from '../../lambdas/core/paper';
import { aPaper, startWorld, type World } from '../world';

let world: World;
let listed: Paper[];
const EVIL = '<script>alert("1")</script> & ]]> {{x}}';

beforeAll(async () => {
  world = await startWorld();
  await world.enlists(['ada@example.org']);
  await papers.save({ ...aPaper('2025-03-04', 0, 9), title: EVIL, abstract: EVIL });
  listed = await world.papersOn('2025-03-11', 3);
  await world.sendsEdition('2025-W10');
  await world.sendsEdition('2025-W11');
});
afterAll(() => world.close());

/** What RFC 4287 §4.1 wants of a feed and its entries, as a feed reader's parser hands it over. */
const Link = z.object({ rel: z.string(), href: z.url(), type: z.string() });
const Atom = z.object({
  id: z.url(),
  title: z.object({ value: z.string() }),
  updated: z.iso.datetime(),
  links: z.array(Link),
  authors: z.array(z.object({ name: z.string() })).min(1),
  entries: z.array(
    z.object({
      id: z.url(),
      title: z.object({ value: z.string() }),
      updated: z.iso.datetime(),
      published: z.iso.datetime(),
      links: z.tuple([Link.extend({ rel: z.literal('alternate') })]),
      summary: z.object({ value: z.string() }),
      content: z.object({ type: z.literal('html'), value: z.string() }),
    }),
  ),
});

const atom = async () => Atom.parse(parseAtomFeed((await world.opens('/feed.xml')).text));

test('the Atom feed is valid XML with what RFC 4287 wants, newest edition first', async () => {
  const { status, headers, text } = await world.opens('/feed.xml');
  expect([status, headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
  expect(XMLValidator.validate(text)).toBe(true);
  const { updated, links, entries } = await atom();
  expect(updated).toBe(entries[0]?.updated);
  expect(links.map(({ rel }) => rel)).toEqual(['self', 'alternate']);
  expect(entries.map(({ id }) => id.split('/').at(-1))).toEqual(['weekly-2025-W11', 'weekly-2025-W10']);
});

test('who reads a feed needs to open nothing: all of every paper is in both', async () => {
  const [entry, item] = [(await atom()).entries[0], (await json()).items[0]];
  expect(entry?.content.value).toBe(item?.content_html);
  for (const { title, authors, abstract, links } of listed)
    for (const words of [title, ...authors, abstract, `href="${links.paper}"`])
      expect(item?.content_html).toContain(words);
});

test('a paper that was made to break a feed is text in both', async () => {
  const { text } = await world.opens('/feed.xml');
  const { entries } = await atom();
  const { items } = await json();
  const contents = [
    ...entries.map(({ content }) => content.value),
    ...items.map((item) => item.content_html),
  ];
  for (const markup of [text, ...contents]) expect(markup).not.toContain('<script>');
  for (const markup of [contents[1], contents[3]]) expect(markup).toContain('&lt;script&gt;alert(');
  expect([entries[1]?.summary.value, items[1]?.summary]).toEqual(
    Array.from({ length: 2 }, () => expect.stringContaining(EVIL) as string), // plain text
  );
});

const JsonFeed = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string(),
  description: z.string(),
  home_page_url: z.url(),
  feed_url: z.url(),
  language: z.literal('en'),
  authors: z.array(z.object({ name: z.string(), url: z.url() })).min(1),
  items: z.array(
    z.strictObject({
      id: z.string(),
      url: z.url(),
      title: z.string(),
      summary: z.string(),
      content_html: z.string(),
      date_published: z.iso.datetime(),
    }),
  ),
});

/** As it was sent, and found whole by a feed reader's parser too. */
async function json(): Promise<z.infer<typeof JsonFeed>> {
  const { text } = await world.opens('/feed.json');
  const sent = JsonFeed.parse(JSON.parse(text));
  const { items } = parseJsonFeed(text);
  expect(items).toEqual(sent.items.map((item) => expect.objectContaining(item) as object));
  return sent;
}

test('the JSON feed is of version 1.1 and names the same editions', async () => {
  const { headers } = await world.opens('/feed.json');
  expect(headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
  const { items } = await json();
  expect(items.map(({ id }) => id.split('/').at(-1))).toEqual(['weekly-2025-W11', 'weekly-2025-W10']);
});

test('the sitemap names every public page, and each of them is there', async () => {
  const { text } = await world.opens('/sitemap.xml');
  expect(XMLValidator.validate(text)).toBe(true);
  const paths = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => new URL(url).pathname);
  expect(paths).toEqual([
    '/',
    '/editions',
    '/about',
    '/editions/weekly-2025-W11',
    '/editions/weekly-2025-W10',
  ]);
  for (const path of paths) expect((await world.opens(path)).status).toBe(200);
});

test('robots are kept from pages that belong to one reader', async () => {
  const { text } = await world.opens('/robots.txt');
  for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^(User-agent|Disallow|Sitemap): \S+$/);
  expect(text).toMatch(/^User-agent: \*\n/);
  for (const path of ['/confirm', '/unsubscribe/', '/preferences'])
    expect(text).toContain(`Disallow: ${path}\n`);
  expect(text).toMatch(/^Sitemap: http.*\/sitemap\.xml$/m);
});
