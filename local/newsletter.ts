/** newsletter.json for this machine: papers from files or its own sources, and editions of weeks long past may go out. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings, type Settings } from '../lambdas/core/settings';

const FILE = join(__dirname, '..', 'newsletter.json');
/** Hours: a thousand years. */
const EVER = 8_766_000;

/** With the sources that it names, and files beside them. */
export async function ownNewsletter(paperFiles: readonly string[] = []): Promise<Settings> {
  const { sources } = await newsletterHere();
  if (sources.length === 0)
    throw new Error(
      'newsletter.json names no sources: add one (docs/settings.md), or start without --sources to use the sample papers',
    );
  return localNewsletter([], { sources: [...sources, ...paperFiles.map(fileSource)] });
}

export const newsletterHere = async (): Promise<Settings> =>
  readSettings(JSON.parse(await readFile(FILE, 'utf8')));

const fileSource = (path: string) => ({ kind: 'file' as const, path });

export async function localNewsletter(
  paperFiles: readonly string[],
  change: Record<string, unknown> = {},
): Promise<Settings> {
  const settings = await newsletterHere();
  const sources = paperFiles.map(fileSource);
  return readSettings({ ...settings, sources, sending: { ...settings.sending, lateHours: EVER }, ...change });
}
