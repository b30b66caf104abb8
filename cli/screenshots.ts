/** `npm run screenshots`: the pictures of the README, taken from a machine of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as browsers, type Page } from 'playwright-core';
import { chromium, chromiumArguments } from '../local/chromium';
import { demo } from '../local/demo';
import { SAMPLE } from '../local/journey';
import { localNewsletter } from '../local/newsletter';
import { startMachine, type Machine } from '../local/machine';

const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, 'docs', 'screenshots');

async function main(): Promise<void> {
  const executablePath = chromium();
  if (!executablePath) throw new Error('Pictures need Chromium: install it, or say CHROMIUM=/path/to/it');
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

async function takeAll(page: Page, { site, inbox }: Machine, name: string): Promise<void> {
  const pictures = {
    form: site,
    inbox,
    digest: `${inbox}/mail/3/html`,
    invitation: `${inbox}/mail/1/html`,
    edition: `${site}/editions/weekly-2025-W11`,
  };
  for (const [picture, url] of Object.entries(pictures)) {
    await page.goto(url);
    await page.screenshot({ path: join(FOLDER, `${picture}-${name}.png`) });
    console.log(`${picture}-${name}.png`);
  }
  await page.close();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
