/** Everything a reader can change, in a real browser on a phone at night, with scripts and without. */
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { linkIn } from '../../local/reader';
import { startWorld, type World } from '../world';
import { launch } from '../browser/chromium';
import { PHONE_AT_NIGHT, sideways } from '../browser/phone';

const ways: [name: string, options: BrowserContextOptions][] = [
  ['without scripts', { ...PHONE_AT_NIGHT, javaScriptEnabled: false }],
  ['with scripts', PHONE_AT_NIGHT],
];

describe('the preferences', () => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    world = await startWorld({
      newsletter: {
        cadences: {
          weekly: { cron: '0 7 ? * MON *', papers: 10 },
          daily: { cron: '0 7 ? * MON-FRI *', papers: 10 },
        },
        joining: { proof: true },
      },
    });
    await world.papersOn('2025-03-11', 12);
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  describe.each(ways)('%s', (name, options) => {
    const [from, to] = ['old', 'new'].map((place) => `${name.replace(' ', '.')}@${place}.example.org`) as [
      string,
      string,
    ];
    let page: Page;
    const complaints: string[] = [];

    beforeAll(async () => {
      await world.reader(from);
      page = await (await browser.newContext(options)).newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.goto(linkIn((await world.inboxOf(from)).at(-1), '/preferences'));
    });
    afterEach(async () => {
      if ((await sideways(page)) > 0) complaints.push(`wider than the phone: ${await page.title()}`);
    });
    afterAll(() => page.context().close());

    const pausedUntil = async () => (await world.subscriber(from))?.pausedUntil;
    const presses = (button: string) => page.getByRole('button', { name: button, exact: true }).click();
    const hears = (words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();

    test('a reader counts what a search would bring before it is saved', async () => {
      await page.getByLabel('Search 1').fill('wordaaa');
      await page.getByLabel('Search 2').fill('teapots');
      await presses('Count without saving');
      await hears('Counted, and not saved yet');
      const says = (field: string) => page.locator(`#${field}-says`).innerText();
      expect(await says('search1')).toMatch(/^Would have matched 1 of 12 papers /);
      expect(await says('search2')).toMatch(/^Would have matched none of 12 papers /);
      expect(await page.getByLabel('Search 1').inputValue()).toBe('wordaaa');
      expect((await world.subscriber(from))?.searches).toBeUndefined();
    });

    test('changes how often, the searches, the clock and how dates are written', async () => {
      await page.getByLabel('Search 2').fill('');
      await page.getByLabel('Every weekday').check();
      await page.getByLabel('Your time zone').selectOption('Asia/Tokyo');
      await page.getByLabel('How dates are written here').selectOption('de');
      await presses('Save');
      await hears('Saved.');
      expect(await world.subscriber(from)).toMatchObject({
        cadence: 'daily',
        zone: 'Asia/Tokyo',
        locale: 'de',
        searches: [{ text: 'wordaaa' }],
      });
      expect(await page.getByLabel('Every weekday').isChecked()).toBe(true);
    });

    test('is told which search is wrong, at its field, and loses nothing that was typed', async () => {
      await page.getByLabel('Search 2').fill('cat:');
      await presses('Save');
      await hears('Not saved yet');
      expect(await page.locator('#search2-says').innerText()).toContain('has nothing behind "cat:"');
      expect(await page.getByLabel('Search 2').getAttribute('aria-invalid')).toBe('true');
      expect(await page.getByLabel('Search 2').inputValue()).toBe('cat:');
      expect(complaints.splice(0)).toEqual([expect.stringContaining('status of 400')]); // of the page itself
      await page.getByLabel('Search 2').fill('');
      await presses('Save');
      await hears('Saved.');
    });

    test('pauses, and goes on', async () => {
      await page.getByLabel('For how long').selectOption('3');
      await presses('Pause');
      await hears('Paused.');
      expect(Date.parse((await pausedUntil()) ?? '')).toBeGreaterThan(Date.now() + 20 * 86_400_000);
      await presses('Resume now');
      await hears('On again');
      expect(await pausedUntil()).toBeUndefined();
    });

    test('moves to another address, once its owner agrees', async () => {
      await page.getByLabel('Your new email address').fill(to);
      await presses('Change address');
      await page.getByRole('heading', { name: 'Check your new inbox' }).waitFor();
      await world.machine.idle();
      await page.goto(linkIn((await world.inboxOf(to)).at(-1), '/preferences/move'));
      await presses('Yes, send it here');
      await page.getByRole('heading', { name: 'You have moved' }).waitFor();
      expect(await world.subscriber(to)).toMatchObject({ status: 'active', searches: [{ text: 'wordaaa' }] });
      await page.getByRole('link', { name: 'Your preferences' }).click();
      await page.getByText(to).waitFor();
    });

    test('takes their data along as a file', async () => {
      const [download] = await Promise.all([page.waitForEvent('download'), presses('Export my data')]);
      expect(download.suggestedFilename()).toBe('my-data.json');
      expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({
        subscriptions: [{ subscriber: { address: to } }, { subscriber: { address: from } }],
      });
    });

    test('is asked before everything is erased, and then it is', async () => {
      await presses('Erase me …');
      await page.getByRole('link', { name: 'No, back to my preferences' }).click();
      expect(await world.subscriber(to)).toMatchObject({ status: 'active' });
      await presses('Erase me …');
      await presses('Yes, erase me');
      await page.getByRole('heading', { name: 'You are erased' }).waitFor();
      for (const address of [from, to]) expect((await world.subscriber(address))?.address).not.toBe(address);
    });
  });
});
