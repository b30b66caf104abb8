/** The settings of a stage as they are deployed: not more of them than a function's environment takes, and no source out of its reach. */
import { sourcesOutOfReach } from '../lambdas/core/deployment';
import type { Settings } from '../lambdas/core/settings';
import { report } from '../lambdas/core/settings-problems';
import { openSettings } from '../settings/file';
import { newsletterVariable } from './newsletter';

/** @throws Error with the file's name, and a line for each wrong field */
export function stageSettings(stage: string, now: Date): Settings {
  const { file, settings } = openSettings(stage, '.', now);
  newsletterVariable(settings); // throws when there is too much of it
  const outOfReach = sourcesOutOfReach(settings.sources);
  if (outOfReach.length > 0) throw new Error(report(file, outOfReach));
  return settings;
}
