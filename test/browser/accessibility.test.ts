/** Every page and every mail, light and dark, by axe's rules; and nothing wider than a small phone. */
import axe from 'axe-core';
import { chromium as browsers, type Browser, type Page } from 'playwright-core';
import { sign } from '../../lambdas/core/identity';
import { chromium, chromiumArguments } from '../../local/chromium';
import { startWorld, type World } from '../world';

const executablePath = chromium();
if (!executablePath && process.env['CI'] === 'true')
  throw new Error('CI needs Chromium: apt-get install chromium');
if (!executablePath) console.warn('SKIPPED: the browser tests need Chromium (or CHROMIUM=/path/to/it)');
const inBrowser = executablePath ? describe : describe.skip;

/** A mail is shown inside a mail program's page, which brings the landmarks. */
const LANDMARKS = ['region', 'landmark-one-main'];

/** What axe finds, as "rule: element". Scripts are for axe alone: the pages bring none. */
async function findings(page: Page, without: readonly string[] = []): Promise<string[]> {
  await page.evaluate(`${axe.source};0`);
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run(document, ${JSON.stringify({ rules })})`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

inBrowser('whoever reads by ear or keyboard, in light or dark', () => {
  let world: World;
  let browser: Browser;
  const tokens = { unsubscribe: '', confirm: '', preferences: '' };

  beforeAll(async () => {
    world = await startWorld();
    await world.papersOn('2025-03-11', 12);
    await world.reader('ada@example.org');
    await world.sendsEdition('2025-W11');
    const [keys, id] = [await world.keys(), await world.idOf('ada@example.org')];
    tokens.unsubscribe = sign(keys, 'unsubscribe', id);
    tokens.preferences = sign(keys, 'preferences', id);
    tokens.confirm = sign(keys, 'confirm', id, new Date());
    browser = await browsers.launch({ executablePath: executablePath as string, args: chromiumArguments });
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  const looks = [
    { colorScheme: 'light', viewport: { width: 1000, height: 900 } },
    { colorScheme: 'dark', viewport: { width: 320, height: 640 } },
  ] as const;

  test.each<[what: string, path: () => string]>([
    ['the front page', () => '/'],
    ['a search', () => '/?q=paper'],
    ['a search that finds nothing', () => '/?q=teapots'],
    ['a search that was not understood', () => '/?q=!!!'],
    ['past editions', () => '/editions'],
    ['an edition', () => '/editions/weekly-2025-W11'],
    ['about and privacy', () => '/about'],
    ['a page that is not there', () => '/nowhere'],
    ['the page to confirm', () => `/confirm?token=${tokens.confirm}`],
    ['a link that is too old', () => '/confirm?token=old'],
    ['the page to leave', () => `/unsubscribe/${tokens.unsubscribe}`],
    ['a broken link', () => '/unsubscribe/broken'],
    ['preferences', () => `/preferences?token=${tokens.preferences}`],
    ['preferences without a link', () => '/preferences'],
  ])('can use %s', async (_, path) => {
    for (const look of looks) {
      const page = await browser.newPage({ ...look, bypassCSP: true });
      await page.goto(new URL(path(), world.machine.site).href);
      expect(await findings(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.close();
    }
  });

  test.each([
    ['the invitation', 1],
    ['the welcome', 2],
    ['the digest', 3],
  ])('can read %s', async (_, number) => {
    for (const look of looks) {
      const page = await browser.newPage({ ...look, bypassCSP: true });
      await page.goto(`${world.machine.inbox}/mail/${number}/html`);
      expect(await findings(page, LANDMARKS)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.close();
    }
  });
});
