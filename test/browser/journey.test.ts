/** A reader's life in a real browser: form, inbox, link, button, digest, goodbye. */
import { chromium as browsers, type Browser, type Page } from 'playwright-core';
import { chromium, chromiumArguments } from '../../local/chromium';
import { startWorld, type World } from '../world';

const executablePath = chromium();
if (!executablePath && process.env['CI'] === 'true')
  throw new Error('CI needs Chromium: apt-get install chromium');
if (!executablePath) console.warn('SKIPPED: the browser tests need Chromium (or CHROMIUM=/path/to/it)');
const inBrowser = executablePath ? describe : describe.skip;

inBrowser('in a browser', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    world = await startWorld();
    await world.papersOn('2025-03-11', 12);
    browser = await browsers.launch({ executablePath: executablePath as string, args: chromiumArguments });
    const context = await browser.newContext({ javaScriptEnabled: false });
    context.on('console', (message) => {
      const ours = message.type() === 'error' && message.location().url.startsWith(world.machine.site);
      if (ours) complaints.push(message.text());
    });
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  /** Opens the newest mail of the inbox and follows a link in its HTML part. */
  async function followInNewestMail(link: string): Promise<void> {
    await page.goto(world.machine.inbox);
    await page.locator('a[href^="/mail/"]').first().click();
    const [opened] = await Promise.all([
      Promise.race([page.context().waitForEvent('page'), page.waitForURL(`${world.machine.site}/**`)]),
      page.frameLocator('iframe').getByRole('link', { name: link }).first().click(),
    ]);
    if (opened) page = opened; // a link may ask for a new tab
    await page.waitForLoadState();
  }

  test('a visitor signs up with the form', async () => {
    await page.goto(world.machine.site);
    await page.getByLabel('Your email address').fill('ada@example.org');
    await page.waitForTimeout(2_000); // who is faster is taken for a robot
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    await world.machine.idle();
    expect(await world.inboxOf('ada@example.org')).toHaveLength(1);
  });

  test('follows the link out of the inbox, and confirms', async () => {
    await followInNewestMail('Yes, send it to me');
    expect(await world.subscriber('ada@example.org')).toMatchObject({ status: 'pending' });
    await page.getByRole('button', { name: 'Yes, send it to me' }).click();
    await page.getByRole('heading', { name: 'You are in' }).waitFor();
    expect(await world.subscriber('ada@example.org')).toMatchObject({ status: 'active' });
  });

  test('gets the digest, and leaves by its link and a button', async () => {
    await world.sendsEdition('2025-W11');
    await followInNewestMail('Unsubscribe');
    expect(await world.subscriber('ada@example.org')).toMatchObject({ status: 'active' });
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByRole('heading', { name: 'Goodbye' }).waitFor();
    expect(await world.subscriber('ada@example.org')).toMatchObject({ status: 'unsubscribed' });
  });

  test('and no page broke its own security policy on the way', () => {
    expect(complaints).toEqual([]);
  });
});
