/** A mail in Chromium, without a network and without its scripts: can everybody read it, and does it fit a small phone? */
import { chromium as browsers, type Browser, type Page } from 'playwright-core';
import { chromium, chromiumArguments } from '../../local/chromium';
import { violationsOn } from './axe';

const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [320, 375];
/** A mail is shown inside a mail program's page, which brings the landmarks. */
const LANDMARKS = ['region', 'landmark-one-main'];

/** Why nothing was looked at. */
export const NO_BROWSER = 'there is no Chromium here (CHROMIUM=/path/to/it)';

let browser: Promise<Browser> | undefined;

/** Faults; undefined where there is no Chromium. One browser for all mails of a run: `closeBrowser` ends it. */
export async function inBrowser(html: string, look: 'access' | 'width'): Promise<string[] | undefined> {
  const executablePath = chromium();
  if (!executablePath) return undefined;
  browser ??= browsers.launch({ executablePath, args: chromiumArguments });
  const context = await (await browser).newContext();
  try {
    const page = await context.newPage();
    await show(page, html);
    return look === 'width' ? await tooWide(page) : await hardToRead(page);
  } finally {
    await context.close();
  }
}

export async function closeBrowser(): Promise<void> {
  const running = browser;
  browser = undefined;
  await (await running)?.close();
}

const PLACE = 'https://mail.invalid/';

/** Scripts are axe's alone: a file may hold anything. Nothing is fetched, so images are off. */
async function show(page: Page, html: string): Promise<void> {
  const headers = { 'content-security-policy': "script-src 'none'; frame-src 'none'; object-src 'none'" };
  await page.route('**/*', (route) =>
    route.request().url() === PLACE
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', headers, body: html })
      : route.abort(),
  );
  await page.goto(PLACE, { waitUntil: 'domcontentloaded' });
}

async function tooWide(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 700 });
    const wide: number = await page.evaluate('document.documentElement.scrollWidth');
    if (wide > width) faults.push(`it scrolls sideways at ${width} px: it is ${wide} px wide`);
    if (!(await page.evaluate<string>('document.body.innerText')).trim())
      faults.push('nothing is left without images');
  }
  return faults;
}

async function hardToRead(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    faults.push(...(await violationsOn(page, LANDMARKS)).map((words) => `${colorScheme}: ${words}`));
  }
  return faults;
}
