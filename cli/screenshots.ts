/** `npm run screenshots [-- FOLDER]`: the pictures of the README, taken from a machine of its own. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium as browsers, type Page } from 'playwright-core';
import { chromium, chromiumArguments } from '../local/chromium';
import { demo, DEMO_READER, DEMO_SEARCHER } from '../local/demo';
import { SAMPLE } from '../local/journey';
import { localNewsletter } from '../local/newsletter';
import { startMachine, type Machine } from '../local/machine';
import { mailsOf } from '../local/mailbox';

const ROOT = join(__dirname, '..');
const [asked] = process.argv.slice(2);
const FOLDER = asked ? resolve(asked) : join(ROOT, 'docs', 'screenshots');

async function main(): Promise<void> {
  const executablePath = chromium();
  if (!executablePath) throw new Error('Pictures need Chromium: install it, or say CHROMIUM=/path/to/it');
  await mkdir(FOLDER, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-pictures-'));
  const machine = await startMachine({
    folder,
    newsletter: await localNewsletter([SAMPLE]),
    sitePort: 0,
    inboxPort: 0,
    schedules: false,
  });
  const browser = await browsers.launch({ executablePath, args: chromiumArguments });
  try {
    await demo(machine);
    await takeAll(await browser.newPage({ viewport: { width: 1000, height: 1100 } }), machine, 'light');
    await takeAll(
      await browser.newPage({ viewport: { width: 375, height: 760 }, colorScheme: 'dark' }),
      machine,
      'phone-dark',
    );
  } finally {
    await browser.close();
    await machine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function takeAll(page: Page, machine: Machine, name: string): Promise<void> {
  const { site, inbox } = machine;
  const pictures = {
    form: site,
    inbox,
    digest: `${inbox}/mail/${await digestOf(machine, DEMO_READER)}/html`,
    'personal-digest': `${inbox}/mail/${await digestOf(machine, DEMO_SEARCHER)}/html`,
    invitation: `${inbox}/mail/1/html`,
    search: `${site}/?q=video+diffusion`,
    edition: `${site}/editions/weekly-2025-W11`,
  };
  for (const [picture, url] of Object.entries(pictures)) {
    await page.goto(url);
    await page.screenshot({ path: join(FOLDER, `${picture}-${name}.png`) });
    console.log(`${picture}-${name}.png`);
  }
  await page.close();
}

/** The number of a reader's digest. */
async function digestOf({ mails }: Machine, address: string): Promise<number> {
  const digest = (await mailsOf(mails, address)).findLast(({ tags }) => tags['edition']);
  if (!digest) throw new Error(`Can't take a picture: ${address} has no digest`);
  return digest.number;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
