/** The proof of work in a real browser: worked out while a visitor types, and no wall where there are no scripts. */
import type { Browser, Page } from 'playwright-core';
import { subscribesFrom } from '../gateway';
import { startWorld, type World } from '../world';
import { launch } from '../browser/chromium';

/** Who is faster is taken for a robot. */
const LOOKS_MS = 2_100;

/** The hidden field as it went out with the form. */
const sent = async (page: Page): Promise<string> => {
  const request = await page.waitForRequest((one) => one.method() === 'POST');
  return new URLSearchParams(request.postData() ?? '').get('altcha') ?? 'no field';
};

describe('where the operator wants a proof of work', () => {
  let world: World;
  let browser: Browser;
  const complaints: string[] = [];

  beforeAll(async () => {
    world = await startWorld({
      newsletter: { limits: { invitationsPerNetwork: 1_000, invitations: 40 }, joining: { proof: true } },
    });
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  async function frontPage(javaScriptEnabled: boolean): Promise<Page> {
    const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(world.machine.site);
    return page;
  }

  /** Looks at the page, then types and presses the button at once. */
  async function signsUp(page: Page, email: string): Promise<void> {
    await page.waitForTimeout(LOOKS_MS);
    await page.getByLabel('Your email address').fill(email);
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    await world.machine.idle();
  }

  test('a visitor without scripts signs up as ever', async () => {
    const page = await frontPage(false);
    const [field] = await Promise.all([sent(page), signsUp(page, 'plain@example.org')]);
    expect(field).toBe('');
    expect(await world.inboxOf('plain@example.org')).toHaveLength(1);
  });

  test('so does one whose browser gets no challenge', async () => {
    const page = await frontPage(true);
    await page.route('**/proof', (route) => route.fulfill({ status: 500, body: 'broken' }));
    const [field] = await Promise.all([sent(page), signsUp(page, 'unlucky@example.org')]);
    expect(field).toBe('');
    expect(await world.inboxOf('unlucky@example.org')).toHaveLength(1);
    expect(new Set(complaints.splice(0).map((text) => /status of \d+/.exec(text)?.[0]))).toEqual(
      new Set(['status of 500']),
    );
  });

  test('while robots use up what there is without a proof, a visitor with scripts notices nothing', async () => {
    for (let n = 0; n < 10; n++) await subscribesFrom(`198.18.0.${n}`, { email: `bombed${n}@example.org` });
    const page = await frontPage(true);
    await page.getByLabel('Your email address').focus();
    while ((await page.locator('[name=altcha]').inputValue()) === '') await page.waitForTimeout(50);
    await signsUp(page, 'ada@example.org');
    expect(await world.inboxOf('ada@example.org')).toHaveLength(1);
  });

  test('who presses the button before the proof is there waits for it, without a second click', async () => {
    const page = await frontPage(true);
    const [field] = await Promise.all([sent(page), signsUp(page, 'hasty@example.org')]);
    expect(field).not.toBe('');
    expect(await world.inboxOf('hasty@example.org')).toHaveLength(1);
  });

  test('who goes back and signs up another address has another proof', async () => {
    const page = await frontPage(true);
    await signsUp(page, 'one@example.org');
    await page.goBack();
    await signsUp(page, 'two@example.org');
    expect(await world.inboxOf('two@example.org')).toHaveLength(1);
  });

  test('a page that comes back whole, as browsers keep pages, forgets a proof that was used', async () => {
    const page = await frontPage(true);
    const field = page.locator('[name=altcha]');
    await page.getByLabel('Your email address').focus();
    while ((await field.inputValue()) === '') await page.waitForTimeout(50);
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    expect(await field.inputValue()).toBe('');
    await signsUp(page, 'back@example.org');
    expect(await world.inboxOf('back@example.org')).toHaveLength(1);
  });

  test('a visitor who asks for nothing costs nothing: no challenge before the form is touched', async () => {
    const asked: string[] = [];
    const page = await frontPage(true);
    page.on('request', (request) => asked.push(request.url()));
    await page.getByLabel('Search recent papers').fill('tea');
    await page.waitForTimeout(300);
    expect(asked).toEqual([]);
  });

  test('and nothing of it breaks the security policy of its page', () => {
    expect(complaints).toEqual([]);
  });
});
