/** Settings for this machine: papers from files, and editions of weeks long past may go out. */
import { readSettings, type Settings } from '../lambdas/core/settings';
import { exampleSettings } from '../settings/file';

/** Hours: a thousand years. */
const EVER = 8_766_000;

/** The example's, where no others are given: tests and pictures must not depend on what an operator has. */
export async function localNewsletter(
  paperFiles: readonly string[],
  change: Record<string, unknown> = {},
  settings: Settings = exampleSettings(),
): Promise<Settings> {
  const sources = paperFiles.map((path) => ({ kind: 'file', path }));
  return readSettings({ ...settings, sources, sending: { ...settings.sending, lateHours: EVER }, ...change });
}
