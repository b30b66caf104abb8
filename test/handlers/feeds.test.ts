/** Feeds, sitemap and robots: past editions for programs, whole, and nothing of anybody's own. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as z from 'zod';
import * as papers from '../../lambdas/aws/papers';
import { aPaper, startWorld, type World } from '../world';

let world: World;
const EVIL = '<script>alert("1")</script> & ]]> {{x}}';

beforeAll(async () => {
  world = await startWorld();
  await world.enlists(['ada@example.org']);
  await papers.save({ ...aPaper('2025-03-04', 0, 9), title: EVIL, abstract: EVIL });
  await world.papersOn('2025-03-11', 3);
  await world.sendsEdition('2025-W10');
  await world.sendsEdition('2025-W11');
});
afterAll(() => world.close());

const Feed = z.object({
  feed: z.object({
    id: z.url(),
    title: z.string(),
    updated: z.iso.datetime(),
    link: z.array(z.object({ '@rel': z.string(), '@href': z.string() })),
    author: z.object({ name: z.string() }),
    entry: z.array(
      z.object({
        id: z.url(),
        title: z.string(),
        updated: z.iso.datetime(),
        link: z.array(z.object({ '@rel': z.literal('alternate'), '@href': z.url() })),
        content: z.object({ '@type': z.literal('html'), '#text': z.string() }),
      }),
    ),
  }),
});

test('the Atom feed is valid XML with what RFC 4287 wants, newest edition first, every paper in it', async () => {
  const { status, headers, text } = await world.opens('/feed.xml');
  expect([status, headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
  expect(XMLValidator.validate(text)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    isArray: (name) => ['entry', 'link'].includes(name),
  });
  const { feed } = Feed.parse(parser.parse(text));
  expect(feed.updated).toBe(feed.entry[0]?.updated);
  expect(feed.link.map((link) => link['@rel'])).toEqual(['self', 'alternate']);
  expect(feed.entry.map(({ id }) => id.split('/').at(-1))).toEqual(['weekly-2025-W11', 'weekly-2025-W10']);
  expect(feed.entry[0]?.content['#text'].match(/<h2>\d\. <a /g)).toHaveLength(3);
});

test('a paper that was made to break a feed is text in both', async () => {
  const atom = (await world.opens('/feed.xml')).text;
  const json = JsonFeed.parse(JSON.parse((await world.opens('/feed.json')).text));
  const html = json.items.map((item) => item.content_html).join(''); // titles and summaries are plain text
  for (const markup of [atom, html]) {
    expect(markup).not.toContain('<script>');
    expect(markup).toContain('lt;script');
  }
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

test('the JSON feed says the same', async () => {
  const { headers, text } = await world.opens('/feed.json');
  expect(headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
  const { items } = JsonFeed.parse(JSON.parse(text));
  expect(items.map(({ id }) => id.split('/').at(-1))).toEqual(['weekly-2025-W11', 'weekly-2025-W10']);
  expect(items[0]?.content_html).toContain('Paper 3 of 2025-03-11');
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
