/** The stage that a command is about: its settings, read from the project's folder. */
import { existsSync, readFileSync } from 'node:fs';
import { readSettings, type Settings } from '../../lambdas/core/settings';
import { newsletterFiles, readStage, stackName } from '../../lambdas/core/stage';

export interface Stage {
  stage: string;
  stack: string;
  /** Where its settings are. */
  file: string;
  settings: Settings;
}

/** @throws Error with a line for each wrong field */
export function openStage(name: string | undefined): Stage {
  const stage = readStage(name);
  const files = newsletterFiles(stage);
  const file = files.find((one) => existsSync(one)) ?? String(files.at(-1));
  return { stage, stack: stackName(stage), file, settings: readSettings(json(file), file) };
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`Can't read ${file}`, { cause });
  }
}
