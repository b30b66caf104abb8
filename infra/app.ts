/** The CDK app: newsletter.json is read and checked before anything is made. */
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { type Settings, readSettings } from '../lambdas/core/settings';
import { newsletterVariable } from './newsletter';
import { paperboy } from './stack';

paperboy(new App(), settingsOrExit('newsletter.json'));

/** An operator's mistake is told in a few lines: a stack trace would bury the field's name. */
function settingsOrExit(file: string): Settings {
  try {
    const settings = readSettings(readJson(file));
    newsletterVariable(settings); // throws when there is too much of it
    return settings;
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
