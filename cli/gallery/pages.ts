/** The gallery's pages: the site as a visitor and a reader walk through it. */
import type { Browser } from 'playwright-core';
import type { Machine } from '../../local/machine';
import { inboxOf, linkIn } from '../../local/reader';
import { FOUR, type Taker } from './pictures';

const VISITOR = 'visitor@example.org';

/** `reader`: somebody who has a digest, and who is gone afterwards. */
export async function takePages(
  browser: Browser,
  machine: Machine,
  take: Taker,
  { odd, reader }: Record<'odd' | 'reader', string>,
): Promise<void> {
  const page = await browser.newPage({ javaScriptEnabled: false });
  const open = async (path: string, name: string, looks?: typeof FOUR): Promise<void> => {
    await page.goto(new URL(path, machine.site).href);
    await take(page, `page ${name}`, looks);
  };
  await open('/', 'front', FOUR);
  await open('/?q=video+diffusion', 'search');
  await open('/?q=zyzzyva+quokka', 'search, nothing found');
  await open('/?q=%22', 'search, refused');
  await open('/editions', 'past editions');
  await open('/editions/weekly-2025-W11', 'edition', FOUR);
  await open(`/editions/${odd}`, 'edition of odd papers');
  await open('/about', 'about');
  await open('/nowhere', 'no such page');
  await open('/confirm?token=x', 'confirm, old link');
  await open('/preferences', 'preferences, lost link');

  await page.goto(machine.site);
  await page.locator('#email').fill(VISITOR);
  await page.locator('form#join button').click();
  await take(page, 'page check your inbox');
  await machine.idle();
  await page.goto(linkIn((await inboxOf(machine, VISITOR)).at(-1), '/confirm'));
  await take(page, 'page confirm');
  await page.locator('main form button').first().click();
  await take(page, 'page welcome');

  const digest = (await inboxOf(machine, reader)).at(-1);
  await page.goto(linkIn(digest, '/preferences'));
  await take(page, 'page preferences', FOUR);
  await page.goto(linkIn(digest, '/unsubscribe'));
  await take(page, 'page unsubscribe');
  await page.locator('main form button').first().click();
  await take(page, 'page goodbye', FOUR);
  await page.context().close();
}
