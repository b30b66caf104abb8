/** The browser of the tests that need one. Where there is none they are skipped, loudly; on CI they fail. */
import { chromium as browsers, type Browser } from 'playwright-core';
import { chromium, chromiumArguments } from '../../local/chromium';

const executablePath = chromium();
if (!executablePath && process.env['CI'] === 'true')
  throw new Error('CI needs Chromium: apt-get install chromium');
if (!executablePath) console.warn('SKIPPED: the browser tests need Chromium (or CHROMIUM=/path/to/it)');

export const inBrowser = executablePath ? describe : describe.skip;

export const launch = (): Promise<Browser> =>
  browsers.launch({ executablePath: executablePath ?? '', args: chromiumArguments });
