/** The stage that a command is about: its settings, read from the project's folder. */
import { newsletterFiles, readStage, stackName } from '../../lambdas/core/stage';
import { EXAMPLE, openSettings, type SettingsFile } from '../../settings/file';

export interface Stage extends SettingsFile {
  stage: string;
  stack: string;
}

/** @throws Error with a line for each wrong field */
export function openStage(name: string | undefined): Stage {
  const stage = readStage(name);
  return { stage, stack: stackName(stage), ...openSettings(stage) };
}

/** What to do where there is only the example. */
export const copyTheExample = (stage: string): string =>
  `There are no settings of your own yet. Copy the example and edit it: cp ${EXAMPLE} ${newsletterFiles(stage)[0]}`;
