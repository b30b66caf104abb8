/** The settings of a stage as they are deployed: not more of them than a function's environment takes. */
import type { Settings } from '../lambdas/core/settings';
import { openSettings } from '../settings/file';
import { newsletterVariable } from './newsletter';

/** @throws Error with the file's name, and a line for each wrong field */
export function stageSettings(stage: string, now: Date): Settings {
  const { settings } = openSettings(stage, '.', now);
  newsletterVariable(settings); // throws when there is too much of it
  return settings;
}
