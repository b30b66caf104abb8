/** A mail in Chromium, without a network: is its text seen well, and does it fit a small phone? */
import { chromium as browsers, type Browser, type Page } from 'playwright-core';
import { chromium, chromiumArguments } from '../../local/chromium';

export interface Seen {
  faults: string[];
  /** What was not looked at, if anything. */
  left: string;
}

const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [320, 375];

let browser: Promise<Browser> | undefined;

/** One browser for all mails of a run; `closeBrowser` ends it. */
export async function inBrowser(html: string, look: 'contrast' | 'width'): Promise<Seen> {
  const executablePath = chromium();
  if (!executablePath)
    return { faults: [], left: `${look} is not looked at: there is no Chromium (CHROMIUM=/path/to/it)` };
  browser ??= browsers.launch({ executablePath, args: chromiumArguments });
  const context = await (await browser).newContext({ offline: true, javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.setContent(html, { waitUntil: 'domcontentloaded' });
    return { faults: look === 'width' ? await tooWide(page) : await tooFaint(page), left: '' };
  } finally {
    await context.close();
  }
}

export async function closeBrowser(): Promise<void> {
  const running = browser;
  browser = undefined;
  await (await running)?.close();
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

async function tooFaint(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    const faint = await page.evaluate<string[]>(FAINT);
    faults.push(...faint.map((words) => `${colorScheme}: ${words}`));
  }
  return faults;
}

/**
 * WCAG 2.2 §1.4.3 for every stretch of text that is shown: 4.5 to 1, and 3 to 1 for large letters. Run in the page, so it
 * is text to us.
 */
const FAINT = `(() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const channel = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const faults = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(parse(style.color)), luminance(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5))
      faults.add('"' + node.data.trim().slice(0, 30) + '" has a contrast of ' + ratio.toFixed(1));
  }
  return [...faults];
})()`;
