/** Every page and every mail by axe's rules, light and dark, wide and on a small phone; and what else a browser notices. */
import { simpleParser } from 'mailparser';
import type { Browser, Page, Route } from 'playwright-core';
import { violationsOn } from '../../cli/mail-rows/axe';
import { everyMail, type SentMail } from '../every-mail';
import { everyPage, LOGO, startWorldOfPages, type Shown } from '../pages';
import type { World } from '../world';
import { launch } from '../browser/chromium';

/** A mail is shown inside a mail program's page, which brings the landmarks. */
const LANDMARKS = ['region', 'landmark-one-main'];

/** The four of them. */
const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1000, 320].map((width) => ({ colorScheme, width })),
);

/** Milliseconds: some hundred looks of a quarter of a second each, on a machine that may be busy with other tests. */
const PATIENCE = 300_000;

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="176" height="40"><rect width="176" height="40"/></svg>';

let world: World;
let browser: Browser;
let page: Page;
let mails: SentMail[];
let pages: Shown[];
let css: string;
const complaints: string[] = [];
let now = { what: '', text: '', policy: '' };

beforeAll(async () => {
  world = await startWorldOfPages();
  pages = await everyPage(world);
  mails = await everyMail(world);
  css = (await world.opens('/style.css')).text;
  browser = await launch();
  page = await browser.newPage();
  await page.route('**/*', answer);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${now.what}: ${message.text()}`);
  });
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

/** What is shown now, as it came over the wire, so that the answer to a form can be shown as often as any other. */
function answer(route: Route): Promise<void> {
  const url = route.request().url();
  if (route.request().isNavigationRequest())
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': now.policy },
      body: now.text,
    });
  if (url === LOGO.url) return route.fulfill({ contentType: 'image/svg+xml', body: PICTURE });
  if (new URL(url).pathname === '/style.css') return route.fulfill({ contentType: 'text/css', body: css });
  complaints.push(`${now.what} asks for ${url}`);
  return route.abort();
}

/** By all looks; a line for each fault. */
async function faultsOf(shown: typeof now, without: readonly string[] = []): Promise<string[]> {
  now = shown;
  await page.goto(world.machine.site);
  const faults: string[] = [];
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    const found = [...(await violationsOn(page, without)), ...(await misfits())];
    faults.push(...found.map((fault) => `${shown.what}, ${colorScheme}, ${width} px: ${fault}`));
  }
  return faults;
}

test(
  'can use every page',
  async () => {
    const faults: string[] = [];
    for (const { what, text, headers } of pages) {
      const policy = headers.get('content-security-policy') ?? '';
      faults.push(...(await faultsOf({ what, text, policy })));
    }
    console.info(`axe: ${pages.length} pages × ${LOOKS.length} looks, ${faults.length} faults`);
    expect(faults).toEqual([]);
  },
  PATIENCE,
);

test(
  'can read every mail',
  async () => {
    const faults: string[] = [];
    for (const { what, raw } of mails) {
      const { html } = await simpleParser(raw, { skipImageLinks: true });
      faults.push(...(await faultsOf({ what, text: String(html), policy: '' }, LANDMARKS)));
    }
    console.info(`axe: ${mails.length} mails × ${LOOKS.length} looks, ${faults.length} faults`);
    expect(faults).toEqual([]);
  },
  PATIENCE,
);

test('and nothing on them is missing, or breaks the policy of its page', () => {
  const looked = new Set([...pages, ...mails].map(({ what }) => what));
  expect([...looked]).toEqual(expect.arrayContaining(['the front page', 'digest']));
  expect(complaints).toEqual([]);
});

/** Pixels. */
const SMALLEST_LETTERS = 12;

/** What is wider than the screen, too small to read, or a picture that did not come. */
async function misfits(): Promise<string[]> {
  const { overflow, letters, broken } = await page.evaluate<
    Record<'overflow' | 'letters' | 'broken', number>
  >(`({
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    letters: Math.min(...[...document.querySelectorAll('body *')]
      .filter((one) => one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .map((one) => parseFloat(getComputedStyle(one).fontSize))),
    broken: [...document.images].filter((image) => !image.complete || image.naturalWidth === 0).length,
  })`);
  return [
    overflow > 0 ? `${overflow} px too wide` : '',
    letters < SMALLEST_LETTERS ? `letters of ${letters} px` : '',
    broken > 0 ? `${broken} pictures did not come` : '',
  ].filter(Boolean);
}
