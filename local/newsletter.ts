/** newsletter.json for this machine: papers from files, and editions of weeks long past may go out. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings, type Settings } from '../lambdas/core/settings';

const FILE = join(__dirname, '..', 'newsletter.json');
/** Hours: a thousand years. */
const EVER = 8_766_000;

export async function localNewsletter(
  paperFiles: readonly string[],
  change: Record<string, unknown> = {},
): Promise<Settings> {
  const settings = readSettings(JSON.parse(await readFile(FILE, 'utf8')));
  const sources = paperFiles.map((path) => ({ kind: 'file', path }));
  return readSettings({ ...settings, sources, sending: { ...settings.sending, lateHours: EVER }, ...change });
}
