/** Settings for this machine: papers from files or their own sources, and editions of weeks long past may go out. */
import { readSettings, type Settings } from '../lambdas/core/settings';
import { exampleSettings } from '../settings/file';

/** Hours: a thousand years. */
const EVER = 8_766_000;

const fileSource = (path: string) => ({ kind: 'file' as const, path });

/** With the sources that the settings name, and files beside them. */
export async function ownNewsletter(
  settings: Settings,
  paperFiles: readonly string[] = [],
): Promise<Settings> {
  if (settings.sources.length === 0)
    throw new Error(
      'Your settings name no sources: add one (docs/settings.md), or start without --sources to use the sample papers',
    );
  return localNewsletter([], { sources: [...settings.sources, ...paperFiles.map(fileSource)] }, settings);
}

/** The example's, where no others are given: tests and pictures must not depend on what an operator has. */
export async function localNewsletter(
  paperFiles: readonly string[],
  change: Record<string, unknown> = {},
  settings: Settings = exampleSettings(),
): Promise<Settings> {
  const sources = paperFiles.map(fileSource);
  return readSettings({ ...settings, sources, sending: { ...settings.sending, lateHours: EVER }, ...change });
}
