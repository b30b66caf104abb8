/** Every page of the site as it goes over the wire: small, whole, strict, findable where it may be, and nobody else's where it is one reader's. */
import { setImmediate as turn } from 'node:timers/promises';
import { faultsIn } from '../../cli/mail-rows/html-rules';
import { everyPage, LOGO, startWorldOfPages, type Shown } from '../pages';
import { fieldFaults } from '../field-faults';
import type { World } from '../world';

const LARGEST = 30 * 1024;

let world: World;
let pages: Shown[];
beforeAll(async () => {
  world = await startWorldOfPages();
  pages = await everyPage(world);
});
afterAll(() => world.close());

/** A line for each page and what it lacks. */
const faults = (of: readonly Shown[], faultsOf: (page: Shown) => readonly (string | false)[]): string[] =>
  of.flatMap((page) =>
    faultsOf(page)
      .filter((fault) => fault !== false)
      .map((fault) => `${page.what}: ${fault}`),
  );

const count = ({ text }: Shown, tag: RegExp): number => text.match(tag)?.length ?? 0;

/** Of a tag that has both attributes in this order. */
const valueOf = ({ text }: Shown, start: string, attribute: string): string | undefined =>
  new RegExp(`<${start} ${attribute}="([^"]*)"`).exec(text)?.[1];

const open = (): Shown[] => pages.filter(({ isPublic }) => isPublic);
const personal = (): Shown[] => pages.filter(({ isPublic }) => !isPublic);

test('each has less than 30 KB without its picture, and one style sheet of 6 KB', async () => {
  const sizes = pages.map(({ what, text }) => ({ what, bytes: Buffer.byteLength(text) }));
  const { text: css } = await world.opens('/style.css');
  const lines = [...sizes, { what: 'the style sheet', bytes: Buffer.byteLength(css) }].map(
    ({ what, bytes }) => `${String(bytes).padStart(6)}  ${what}`,
  );
  console.info(['bytes  page', ...lines].join('\n'));
  expect(sizes.filter(({ bytes }) => bytes >= LARGEST)).toEqual([]);
  expect(Buffer.byteLength(css)).toBeLessThan(6 * 1024);
  expect(
    faults(pages, (page) => [
      count(page, /rel="stylesheet"/g) !== 1 && 'not one style sheet',
      count(page, /<style|<script|\sstyle=|\son\w+=/g) > 0 && 'a style or a script within the page',
    ]),
  ).toEqual([]);
});

test('each is whole markup', async () => {
  const found: string[] = [];
  for (const page of pages) {
    found.push(...faults([page], ({ text }) => [...new Set(faultsIn(text, 'page'))]));
    await turn(); // the servers of this machine live in this process too
  }
  expect(found).toEqual([]);
});

test('each says what browsers may do with it: load the operator’s logo, send its forms here, and nothing else', () => {
  const wanted = {
    'content-security-policy': `default-src 'none'; style-src 'self'; img-src data: https://pictures.example.org/our%3Blogo%2C2.png; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'strict-transport-security': 'max-age=15552000',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'set-cookie': null,
  };
  expect(
    faults(pages, ({ headers }) =>
      Object.entries(wanted).map(
        ([name, value]) => headers.get(name) !== value && `${name}: ${headers.get(name)}`,
      ),
    ),
  ).toEqual([]);
});

test('what is the same for everybody may be kept for a while; nobody keeps what is one reader’s', () => {
  expect(
    faults(open(), ({ headers }) => [
      !/^public, max-age=\d+$/.test(headers.get('cache-control') ?? '') && 'is not kept',
      !/^"[0-9a-f]{40}"$/.test(headers.get('etag') ?? '') && 'has no tag to compare',
    ]),
  ).toEqual([]);
  expect(
    faults(personal(), ({ headers }) => [
      headers.get('cache-control') !== 'no-store' && 'is kept',
      headers.has('etag') && 'has a tag to compare',
    ]),
  ).toEqual([]);
});

test('who has a copy that still holds hears just that', async () => {
  for (const path of ['/editions', '/style.css', '/feed.xml', '/feed.json', '/sitemap.xml', '/robots.txt']) {
    const first = await world.opens(path);
    const tag = first.headers.get('etag') ?? '';
    const again = await world.opens(path, { headers: { 'if-none-match': `"other", ${tag}` } });
    expect([path, again.status, again.text]).toEqual([path, 304, '']);
    expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
    const changed = await world.opens(path, { headers: { 'if-none-match': '"other"' } });
    expect([path, changed.status, changed.text]).toEqual([path, 200, first.text]);
  }
});

test('each has a language, a title of its own, a width for phones that lets people zoom, and one first heading', () => {
  expect(
    faults(pages, (page) => [
      !page.text.startsWith('<!doctype html>\n<html lang="en" dir="ltr">') && 'no language',
      count(page, /<title>[^<]+<\/title>/g) !== 1 && 'no title',
      valueOf(page, 'meta name="viewport"', 'content') !== 'width=device-width, initial-scale=1' &&
        'no width',
      count(page, /<h1>/g) !== 1 && 'not one <h1>',
    ]),
  ).toEqual([]);
  const titles = open().map(({ text }) => /<title>([^<]+)/.exec(text)?.[1]);
  expect(new Set(titles).size).toBe(titles.length);
});

test('each field has its label, and each that has a word to say points at it', () => {
  expect(faults(pages, ({ text }) => fieldFaults(text))).toEqual([]);
  const pointing = pages.filter((page) => count(page, /aria-describedby=/g) > 0);
  expect(pointing.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['the front page', 'a search that was not understood', 'preferences']),
  );
});

test('search engines and link previews hear about public pages, by their lasting addresses', () => {
  const { site } = world.machine;
  expect(
    faults(open(), (page) => {
      const { what, path } = page;
      const [description, title] = ['description', 'title'].map((name) =>
        valueOf(page, `meta property="og:${name}"`, 'content'),
      );
      const asked = new URL(path, site);
      const [canonical, url] = [
        valueOf(page, 'link rel="canonical"', 'href'),
        valueOf(page, 'meta property="og:url"', 'content'),
      ];
      return [
        canonical !== asked.href.replace(/\/$/, '/') && `its address is said to be ${canonical}`,
        url !== canonical && `og:url is ${url}`,
        !title && 'no og:title',
        !description && 'no og:description',
        description !== valueOf(page, 'meta name="description"', 'content') && 'two descriptions',
        valueOf(page, 'meta property="og:type"', 'content') !== 'website' && 'no og:type',
        valueOf(page, 'meta property="og:image"', 'content') !== LOGO.url && 'no og:image',
        valueOf(page, 'meta property="og:image:alt"', 'content') !== LOGO.alt && 'no og:image:alt',
        page.text.includes('noindex') !== what.startsWith('a search') &&
          'searches alone are left out of indexes',
      ];
    }),
  ).toEqual([]);
});

test('and nothing about the others', () => {
  expect(
    faults(personal(), (page) => [
      valueOf(page, 'meta name="robots"', 'content') !== 'noindex' && 'may be indexed',
      /og:|rel="canonical"|name="description"/.test(page.text) && 'says something to link previews',
    ]),
  ).toEqual([]);
});

test('the operator’s logo leads to the front page, and is read as its words', () => {
  const mark = `<header><a href="/"><img src="${LOGO.url}" alt="${LOGO.alt}" height="40" /></a></header>`;
  expect(faults(pages, ({ text }) => [!text.includes(mark) && 'no logo'])).toEqual([]);
});

const ranks = (text: string): number[] => [...text.matchAll(/<h2>(\d+)\. /g)].map(([, rank]) => Number(rank));

test('an edition of many papers has a second page, which goes on where the first one ends', async () => {
  const path = '/editions/weekly-2025-W11';
  const first = await world.opens(path);
  const next = /href="(\/editions\/[^"]+\?from=\d+)">Numbers (\d+) to (\d+)</.exec(first.text);
  const second = await world.opens(next?.[1] ?? '');
  const all = [...ranks(first.text), ...ranks(second.text)];
  expect(all).toEqual(Array.from({ length: Number(next?.[3]) }, (_, n) => n + 1));
  expect(ranks(second.text)[0]).toBe(Number(next?.[2]));
  expect(second.text).toContain(`<a href="${path}">the first ones</a>`);
  expect(second.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
  for (const from of ['51', '0', '-1', 'x', '1e9', '1.5'])
    expect([from, (await world.opens(`${path}?from=${from}`)).status]).toEqual([from, 404]);
});
