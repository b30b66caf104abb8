/** A small phone at night, as a browser plays it. */
import type { BrowserContextOptions, Page } from 'playwright-core';

export const PHONE_AT_NIGHT: BrowserContextOptions = {
  viewport: { width: 360, height: 640 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  colorScheme: 'dark',
};

/** Pixels by which what is shown is wider than the screen. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
