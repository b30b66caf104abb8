/** Programs that some tests need beside Node. Where one is missing they fail, with a sentence that says what to do. */
import { spawnSync } from 'node:child_process';
import { chromium } from '../local/chromium';

/** Where the browser is. */
export function neededChromium(): string {
  const path = chromium();
  if (path) return path;
  throw new Error(
    'This test needs Chromium: install it (on Debian: apt-get install chromium) or set CHROMIUM=/path/to/it',
  );
}

/** The name of the command. */
export function neededPython(): string {
  if (spawnSync('python3', ['--version']).status === 0) return 'python3';
  throw new Error('This test needs Python 3: install it (on Debian: apt-get install python3)');
}
