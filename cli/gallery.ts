/**
 * `npm run gallery [-- FOLDER]`: every mail and page, light and dark, wide and on a phone, from a machine of its own; into
 * the folder of this project, which is emptied first, or into another, which is not.
 */
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium as browsers } from 'playwright-core';
import { chromium, chromiumArguments } from '../local/chromium';
import { DEMO_READER, DEMO_SEARCHER } from '../local/demo';
import { SAMPLE, sendEdition } from '../local/journey';
import { localNewsletter } from '../local/newsletter';
import { startMachine, type Machine } from '../local/machine';
import { becomeReader } from '../local/reader';
import { html } from '../templates/markup';
import { takeMails } from './gallery/mails';
import { ODD_WEEK, oddPapers } from './gallery/odd-papers';
import { takeOwnPages } from './gallery/own-pages';
import { takePages } from './gallery/pages';
import { takerInto, type Picture } from './gallery/pictures';

const [asked] = process.argv.slice(2);
const FOLDER = asked ? resolve(asked) : join(__dirname, '..', 'docs', 'screenshots', 'gallery');
const ASKER = 'asks@example.org';
const [ODD, USUAL] = [`weekly-${ODD_WEEK}`, 'weekly-2025-W11'];

async function main(): Promise<void> {
  const executablePath = chromium();
  if (!executablePath) throw new Error('Pictures need Chromium: install it, or say CHROMIUM=/path/to/it');
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-gallery-'));
  const odd = join(folder, 'odd.jsonl');
  await writeFile(odd, oddPapers.map((paper) => JSON.stringify(paper)).join('\n'));
  const newsletter = await localNewsletter([SAMPLE, odd]);
  const machine = await startMachine({ folder, newsletter, sitePort: 0, inboxPort: 0, schedules: false });
  const browser = await browsers.launch({ executablePath, args: chromiumArguments });
  try {
    await live(machine);
    if (!asked) await rm(FOLDER, { recursive: true, force: true });
    await mkdir(FOLDER, { recursive: true });
    const taken: Picture[] = [];
    const take = takerInto(FOLDER, taken);
    await takeMails(browser, machine, take, { odd: ODD, usual: USUAL });
    await takePages(browser, machine, take, ODD);
    await takeOwnPages(browser, machine, take, { asker: ASKER, mover: DEMO_READER, leaver: DEMO_SEARCHER });
    await writeFile(join(FOLDER, 'index.html'), indexOf(taken));
    const sizes = await Promise.all(taken.map(async ({ file }) => (await stat(join(FOLDER, file))).size));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`${taken.length} pictures, ${(total / 1e6).toFixed(1)} MB`);
  } finally {
    await browser.close();
    await machine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What has to have happened before there is anything to show. */
async function live(machine: Machine): Promise<void> {
  await machine.invoke('ingest-papers', {});
  await becomeReader(machine, DEMO_READER);
  await becomeReader(machine, DEMO_SEARCHER, { search: 'video diffusion' });
  for (const week of ['2025-W11', ODD_WEEK]) await sendEdition(machine, week);
  await becomeReader(machine, ASKER);
  const body = new URLSearchParams({ email: ASKER, search: 'sparse attention' });
  await fetch(`${machine.site}/subscribe`, { method: 'POST', body });
  await machine.idle();
}

/** All of it on one page, a row for each thing shown. */
function indexOf(taken: readonly Picture[]): string {
  const names = [...new Set(taken.map(({ name }) => name))];
  const { markup } = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Gallery</title>
      <style>
        body {
          font: 16px/1.5 sans-serif;
          margin: 2rem;
          background: #888;
          color: #000;
        }
        section > div {
          display: flex;
          flex-wrap: wrap;
          gap: 1rem;
          align-items: start;
        }
        img {
          max-width: 100%;
          max-height: 60rem;
        }
      </style>
    </head>
    <body>
      <h1>Every mail and page</h1>
      ${names.map(
        (name) =>
          html`<section>
            <h2>${name}</h2>
            <div>${taken.filter((one) => one.name === name).map(pictureOf)}</div>
          </section>`,
      )}
    </body>
  </html> `;
  return `<!doctype html>\n${markup}`;
}

const pictureOf = ({ file, name, scheme, width }: Picture) =>
  html`<a href="${file}"
    ><img src="${file}" alt="${name}, ${scheme}, ${width} pixels wide" loading="lazy"
  /></a>`;

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
