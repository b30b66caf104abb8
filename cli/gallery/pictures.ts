/** Pictures of what a browser shows, in the schemes and widths of the gallery. */
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Look {
  scheme: 'light' | 'dark';
  width: 375 | 1280;
  /** Pixels from which on the rest is left out. */
  tallest?: number;
}

export interface Picture extends Look {
  /** "digest", the file's first part too. */
  name: string;
  file: string;
}

/** A wide screen by day and a phone by night; where it matters, the other two as well. */
export const TWO: readonly Look[] = [
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 375 },
];
export const FOUR: readonly Look[] = [
  ...TWO,
  { scheme: 'dark', width: 1280 },
  { scheme: 'light', width: 375 },
];

/** From top to bottom, where each part is another. */
export const WHOLE: readonly Look[] = TWO.map((look) => ({ ...look, tallest: 3_000 }));

/** Pixels: enough to judge by, and the folder stays small. */
const TALLEST = 1_000;
const QUALITY = 55;

/** Takes what the page shows now; nothing is loaded anew, so the answer to a form stays. */
export type Taker = (page: Page, name: string, looks?: readonly Look[]) => Promise<void>;

export function takerInto(folder: string, taken: Picture[]): Taker {
  return async (page, name, looks = TWO) => {
    for (const { scheme, width, tallest = TALLEST } of looks) {
      const file = `${name.replaceAll(/[^a-z0-9]+/g, '-')}-${scheme}-${width}.jpg`;
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 600 });
      const tall = await page.evaluate<number>('document.documentElement.scrollHeight');
      const clip = { x: 0, y: 0, width, height: Math.min(tallest, Math.max(tall, 300)) };
      await page.screenshot({
        path: join(folder, file),
        type: 'jpeg',
        quality: QUALITY,
        fullPage: true,
        clip,
      });
      taken.push({ name, file, scheme, width });
      console.log(file);
    }
  };
}

/** A mail as a mail program shows it: no scripts and no network, but for images where they are on. */
export async function mailIn(browser: Browser, html: string, images?: Buffer): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  await answerImages(context, images);
  const page = await context.newPage();
  await page.setContent(html, { waitUntil: 'load' });
  return page;
}

const answerImages = (context: BrowserContext, images: Buffer | undefined): Promise<unknown> =>
  context.route('**/*', (route) =>
    images ? route.fulfill({ contentType: 'image/svg+xml', body: images }) : route.abort(),
  );
