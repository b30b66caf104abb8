/** The system's Chromium, for the browser tests and the screenshots. */
import { existsSync } from 'node:fs';

const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where it is, or undefined. */
export const chromium = (): string | undefined => PLACES.find((path) => path && existsSync(path));

/** It talks to nobody but the pages it is sent to; the sandbox can't start where we are root, as in a container. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
