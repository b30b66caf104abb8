/** What Gmail, Outlook and Apple Mail leave out of a mail, by https://www.caniemail.com, beyond what is known and does no harm. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';
import { known } from './caniemail-baseline.json';

/** The mail programs that do not support a feature, by its name on caniemail.com. */
export type Unsupported = z.infer<typeof Unsupported>;

const Unsupported = z.record(z.string(), z.array(z.string()));

const ROOT = join(__dirname, '..', '..');

/** The library is a module that CommonJS can't load everywhere, so it has a process of its own. */
const ASK = `
import { caniemail } from 'caniemail';
let html = '';
for await (const piece of process.stdin.setEncoding('utf8')) html += piece;
const { issues } = caniemail({ clients: ['gmail.*', 'outlook.*', 'apple-mail.*'], html });
const found = {};
for (const [client, features] of issues.errors)
  for (const { title } of features) (found[title] ??= new Set()).add(client);
console.log(JSON.stringify(found, (_, value) => (value instanceof Set ? [...value] : value)));`;

/** Of a mail's HTML; partial support is left out. */
export function unsupportedIn(html: string): Unsupported {
  if (html === '') return {};
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', ASK], {
    cwd: ROOT,
    input: html,
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error("Can't ask caniemail", { cause: ran.error ?? new Error(ran.stderr) });
  return Unsupported.parse(JSON.parse(ran.stdout));
}

/** What is not in the baseline, a line for each feature. */
export function unknownTo(html: string): string[] {
  const accepted = new Map(known.map(({ feature, clients }) => [feature, clients]));
  return Object.entries(unsupportedIn(html)).flatMap(([feature, clients]) => {
    const lost = clients.filter((client) => !accepted.get(feature)?.includes(client));
    return lost.length ? [`${lost.join(', ')} leave out ${feature}`] : [];
  });
}
