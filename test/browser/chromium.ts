/** The browser of the tests that need one. */
import { chromium as browsers, type Browser } from 'playwright-core';
import { chromiumArguments } from '../../local/chromium';
import { neededChromium } from '../needed';

const executablePath = neededChromium(); // before anything is started

export const launch = (): Promise<Browser> => browsers.launch({ executablePath, args: chromiumArguments });
