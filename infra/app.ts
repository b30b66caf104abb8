/** The CDK app: newsletter.json is read and checked before anything is made. */
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { type Settings, readSettings } from '../lambdas/core/settings';
import { paperboy } from './stack';

/** Bytes: a function's environment takes 4 KB, and the names of what it uses need some of them. */
const LARGEST = 3_000;

paperboy(new App(), settingsOrExit('newsletter.json'));

/** An operator's mistake is told in a few lines: a stack trace would bury the field's name. */
function settingsOrExit(file: string): Settings {
  try {
    return fitting(readSettings(readJson(file)));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return process.exit(1);
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`Can't read ${file}: ${String(cause)}`, { cause });
  }
}

function fitting(settings: Settings): Settings {
  const bytes = Buffer.byteLength(JSON.stringify(settings));
  if (bytes <= LARGEST) return settings;
  throw new Error(`newsletter.json is too long: ${bytes} bytes, and Lambda takes ${LARGEST} of it`);
}
