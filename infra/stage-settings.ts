/** The settings of a stage, read from their file and checked, the schedules too: one that never fires is a slip. */
import { existsSync, readFileSync } from 'node:fs';
import { firesAt } from '../lambdas/core/cron';
import { sourcesOutOfReach } from '../lambdas/core/deployment';
import { readSettings, type Settings } from '../lambdas/core/settings';
import { newsletterFiles } from '../lambdas/core/stage';
import { newsletterVariable } from './newsletter';

/** @throws Error with the file's name, and a line for each wrong field */
export function stageSettings(stage: string, now: Date): Settings {
  const files = newsletterFiles(stage);
  const file = files.find((name) => existsSync(name)) ?? String(files.at(-1));
  const settings = readSettings(readJson(file), file);
  const problems = schedulesThatNeverFire(settings, now);
  if (problems.length > 0) throw new Error(`${file} needs a change:\n${problems.join('\n')}`);
  newsletterVariable(settings); // throws when there is too much of it
  const outOfReach = sourcesOutOfReach(settings.sources).map((line) => `  ${line}`);
  if (outOfReach.length > 0) throw new Error(`${file} needs a change:\n${outOfReach.join('\n')}`);
  return settings;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`Can't read ${file}: ${String(cause)}`, { cause });
  }
}

/** Not in the schema: a year passes, and a handler has to read the settings it was deployed with all the same. */
export function schedulesThatNeverFire(
  { cadences, timeZone }: Pick<Settings, 'cadences' | 'timeZone'>,
  now: Date,
): string[] {
  return Object.entries(cadences).flatMap(([cadence, { cron }]) => {
    const problem = problemOf(cron, timeZone, now);
    return problem ? [`  cadences.${cadence}.cron: ${problem}, such as "0 7 ? * MON *"`] : [];
  });
}

function problemOf(cron: string, timeZone: string, now: Date): string | undefined {
  try {
    return firesAt(cron, timeZone, now) ? undefined : `"${cron}" never fires: take a time that comes`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
