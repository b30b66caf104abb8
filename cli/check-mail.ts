/** `check-mail FILE.eml`: holds a message file to every row that can be looked at offline, and prints a table. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../lambdas/core/settings';
import { PROD } from '../lambdas/core/stage';
import { openSettings } from '../settings/file';
import { rows } from './mail-rows';
import { closeBrowser } from './mail-rows/browser';
import { readMessage } from './mail-rows/reading';
import type { Verdict } from './mail-rows/verdict';

export type Checked = Verdict & { row: number; asks: string; source: string };

const ROOT = join(__dirname, '..');

/** 1 where a row failed. It ought to be a mail of our newsletter.json: its sender, its postal address. */
export async function checkMailFile([path]: string[]): Promise<number> {
  if (!path) throw new Error('Name the file: npm run paperboy -- check-mail mail.eml');
  const { settings: newsletter } = openSettings(PROD, ROOT);
  try {
    const checked = await checkMail(await read(path), newsletter);
    console.log(tableOf(checked));
    return checked.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
  } finally {
    await closeBrowser();
  }
}

const read = (path: string): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw new Error(`Can't read ${path}`, { cause });
  });

/** Every row of the list, in its order. */
export async function checkMail(bytes: Buffer, newsletter: Settings): Promise<Checked[]> {
  const mail = await readMessage(bytes);
  const checked: Checked[] = [];
  for (const [n, { asks, source, check }] of rows.entries())
    checked.push({ row: n + 1, asks, source, ...(await check(mail, newsletter)) });
  return checked;
}

export function tableOf(checked: readonly Checked[]): string {
  const widest = Math.max(...checked.map(({ asks }) => asks.length));
  const lines = checked.map(({ row, asks, outcome, why }) =>
    `${String(row).padStart(2)}  ${asks.padEnd(widest)}  ${outcome.padEnd(11)}  ${why}`.trimEnd(),
  );
  const count = (wanted: Verdict['outcome']): number =>
    checked.filter(({ outcome }) => outcome === wanted).length;
  return [
    ...lines,
    `${count('ok')} ok, ${count('failed')} failed, ${count('not asked')} not asked of this mail, ${count('not offline')} not offline, ${count('not checked')} not checked`,
  ].join('\n');
}
