/** A reader's life in a real browser: form, inbox, link, button, digest, goodbye; on a desk, on a phone at night, and by keyboard. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { linkIn } from '../../local/reader';
import { startWorld, type World } from '../world';
import { launch } from './chromium';
import { PHONE_AT_NIGHT, sideways } from './phone';

/** In what a visitor may come with. */
export const ways: [name: string, options: BrowserContextOptions][] = [
  ['on a desk, without scripts', { javaScriptEnabled: false }],
  ['on a phone at night, without scripts', { ...PHONE_AT_NIGHT, javaScriptEnabled: false }],
  ['on a phone at night, with scripts', PHONE_AT_NIGHT],
];

/** Tab by Tab, as far as what is called so; each stop on the way is seen. */
async function tabTo(page: Page, name: string): Promise<string[]> {
  const stops: string[] = [];
  for (let n = 0; n < 20; n++) {
    await page.keyboard.press('Tab');
    const { called, ring } = await page.evaluate<{ called: string; ring: string }>(`(() => {
      const { activeElement: on } = document;
      return { called: on.labels?.[0]?.innerText ?? on.innerText, ring: getComputedStyle(on).outlineStyle };
    })()`);
    expect([called, ring]).toEqual([called, 'solid']);
    stops.push(called);
    if (called === name) return stops;
  }
  throw new Error(`Can't reach "${name}" by Tab: ${stops.join(', ')}`);
}

/** A reader's life by these ways. */
export function testJourneys(by: typeof ways): void {
  let world: World;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    world = await startWorld({ newsletter: { joining: { proof: true } } });
    await world.papersOn('2025-03-11', 12);
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  async function newPage(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext(options);
    context.on('console', (message) => {
      const ours = message.type() === 'error' && message.location().url.startsWith(world.machine.site);
      if (ours) complaints.push(message.text());
    });
    return context.newPage();
  }

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

  describe.each(by)('%s', (_, options) => {
    const address = `reader${ways.findIndex(([, known]) => known === options)}@example.org`;
    const week = `2025-W1${ways.findIndex(([, known]) => known === options) + 1}`;
    const status = async () => (await world.subscriber(address))?.status;

    beforeAll(async () => {
      page = await newPage(options);
    });
    afterEach(async () => {
      if ((await sideways(page)) > 0) complaints.push(`too wide: ${await page.title()}`);
    });
    afterAll(() => page.context().close());

    test('a visitor signs up with the form', async () => {
      await page.goto(world.machine.site);
      await page.getByLabel('Your email address').fill(address);
      await page.waitForTimeout(2_000); // who is faster is taken for a robot
      await page.getByRole('button', { name: 'Subscribe' }).click();
      await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
      await world.machine.idle();
      expect(await world.inboxOf(address)).toHaveLength(1);
    });

    test('follows the link out of the inbox, and confirms', async () => {
      await followInNewestMail('Yes, send it to me');
      expect(await status()).toBe('pending');
      await page.getByRole('button', { name: 'Yes, send it to me' }).click();
      await page.getByRole('heading', { name: 'You are in' }).waitFor();
      expect(await status()).toBe('active');
    });

    test('gets the digest, and leaves by its link and a button', async () => {
      await world.papersOn(`2025-03-${11 + 7 * (Number(week.slice(-1)) - 1)}`, 3);
      await world.sendsEdition(week);
      await followInNewestMail('Unsubscribe');
      expect(await status()).toBe('active');
      await page.getByRole('button', { name: 'Unsubscribe' }).click();
      await page.getByRole('heading', { name: 'Goodbye' }).waitFor();
      expect(await status()).toBe('unsubscribed');
    });

    test('says why, and is thanked', async () => {
      await page.getByLabel('The reason').selectOption({ label: 'It came too often' });
      await page.getByLabel('In your words').fill('Once a month would do.');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      expect(await world.subscriber(address)).toMatchObject({ farewell: { reason: 'too-often' } });
    });
  });

  describe('by keyboard alone', () => {
    test('a visitor signs up, confirms and leaves', async () => {
      page = await newPage({});
      await page.goto(world.machine.site);
      expect(await tabTo(page, 'Your email address')).toEqual(['Paperboy', 'Your email address']);
      await page.keyboard.type('keys@example.org', { delay: 130 });
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
      await world.machine.idle();
      await page.goto(linkIn((await world.inboxOf('keys@example.org')).at(-1), '/confirm'));
      await tabTo(page, 'Yes, send it to me');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'You are in' }).waitFor();
      await page.goto(linkIn((await world.inboxOf('keys@example.org')).at(-1), '/unsubscribe'));
      await tabTo(page, 'Unsubscribe');
      await page.keyboard.press('Space');
      await page.getByRole('heading', { name: 'Goodbye' }).waitFor();
      expect(await world.subscriber('keys@example.org')).toMatchObject({ status: 'unsubscribed' });
    });

    test('the way from the field to the button never leads into the bait', async () => {
      await page.goto(world.machine.site);
      await tabTo(page, 'Your email address');
      expect(await tabTo(page, 'Subscribe')).not.toContain('Leave this empty');
    });
  });

  test('and no page was too wide, or broke its own security policy, on the way', () => {
    expect(complaints).toEqual([]);
  });
}
