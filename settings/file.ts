/** The settings of a stage: which file has them, read and checked. Without one of the operator's own, the example. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, type Settings } from '../lambdas/core/settings';
import { report } from '../lambdas/core/settings-problems';
import { newsletterFiles, PROD } from '../lambdas/core/stage';
import { parseJson } from './json';
import { schedulesThatNeverFire } from './schedules';

export const EXAMPLE = 'newsletter.example.json';
const ROOT = join(__dirname, '..');

export interface SettingsFile {
  /** As people call it, such as "newsletter.trial.json". */
  file: string;
  /** Fine to try things with, and nothing to deploy. */
  isExample: boolean;
  settings: Settings;
}

/**
 * From the folder, or the project's example where it has none.
 * @throws Error with the file's name, and a line for each wrong field
 */
export function openSettings(stage = PROD, folder = '.', now = new Date()): SettingsFile {
  const own = newsletterFiles(stage).find((name) => existsSync(join(folder, name)));
  const file = own ?? EXAMPLE;
  const settings = readSettings(readJson(join(own ? folder : ROOT, file), file), file);
  const idle = schedulesThatNeverFire(settings, now);
  if (idle.length > 0) throw new Error(report(file, idle));
  return { file, isExample: own === undefined, settings };
}

/** The example alone: for what must not depend on the settings that somebody happens to have. */
export const exampleSettings = (): Settings => readSettings(readJson(join(ROOT, EXAMPLE), EXAMPLE), EXAMPLE);

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not read it. Check its permissions',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file',
};

function readJson(path: string, file: string): unknown {
  const text = attempt(() => readFileSync(path, 'utf8'));
  if ('error' in text) {
    const { code = '', message } = text.error as NodeJS.ErrnoException;
    throw new Error(`Can't read ${file}: ${reasons[code] ?? message}`);
  }
  const json = attempt(() => parseJson(text.value));
  if ('error' in json) throw new Error(`${file} is not valid JSON: ${json.error.message}`);
  return json.value;
}

/** The error as a value: what is said about it is the whole story, and a cause would say it again. */
function attempt<Value>(act: () => Value): { value: Value } | { error: Error } {
  try {
    return { value: act() };
  } catch (error) {
    return { error: error as Error };
  }
}
