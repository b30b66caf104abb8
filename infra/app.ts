/** The CDK app: a stage's newsletter.json is read and checked before anything is made. */
import { App } from 'aws-cdk-lib';
import type { Settings } from '../lambdas/core/settings';
import { readStage } from '../lambdas/core/stage';
import { paperboy } from './stack';
import { stageSettings } from './stage-settings';

const app = new App();
paperboy(app, settingsOrExit());

/** An operator's mistake is told in a few lines: a stack trace would bury the field's name. */
function settingsOrExit(): Settings {
  try {
    const stage = readStage(app.node.tryGetContext('stage') as string | undefined);
    return stageSettings(stage, new Date());
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return process.exit(1);
  }
}
