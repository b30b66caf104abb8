/** The gallery's pages that are one reader's: the preferences, and leaving. */
import type { Browser, Page } from 'playwright-core';
import type { Machine } from '../../local/machine';
import { inboxOf, linkIn } from '../../local/reader';
import { FOUR, WHOLE, type Taker } from './pictures';

/** Of which most find one of the odd papers. */
const SEARCHES = ['retrieval augmented', '"distribution shift"', '稀疏注意力', 'author:"Gödel"', 'teapots'];
const NEXT = 'next@example.org';

/** `asker` was asked about a search, `mover` takes another address and is erased, `leaver` leaves, comes back and leaves again. */
export async function takeOwnPages(
  browser: Browser,
  machine: Machine,
  take: Taker,
  { asker, mover, leaver }: Record<'asker' | 'mover' | 'leaver', string>,
): Promise<void> {
  const page = await browser.newPage({ javaScriptEnabled: false });
  const walk = { page, machine, take };
  await takeQuestion(walk, asker);
  await takePreferences(walk, mover);
  await takeMove(walk, mover);
  await takeErasure(walk);
  await takeLeaving(walk, leaver);
  await page.context().close();
}

interface Walk {
  page: Page;
  machine: Machine;
  take: Taker;
}

/** From the newest mail to an address. */
async function follow({ page, machine }: Walk, address: string, path: string): Promise<void> {
  await machine.idle();
  await page.goto(linkIn((await inboxOf(machine, address)).at(-1), path));
}

const press = ({ page }: Walk, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

async function takeQuestion(walk: Walk, reader: string): Promise<void> {
  await follow(walk, reader, '/confirm');
  await walk.take(walk.page, 'page question');
  await press(walk, 'Yes, add the search');
  await walk.take(walk.page, 'page question, done');
}

async function takePreferences(walk: Walk, reader: string): Promise<void> {
  const { page, take } = walk;
  await follow(walk, reader, '/preferences');
  await take(page, 'page preferences', WHOLE);
  for (const [n, search] of SEARCHES.entries()) await page.locator(`#search${n + 1}`).fill(search);
  await press(walk, 'Count without saving');
  await take(page, 'page preferences, five searches counted');
  await page.locator('#search2').fill('cat:');
  await press(walk, 'Save');
  await take(page, 'page preferences, a search that is wrong');
  await page.locator('#search2').fill('');
  await press(walk, 'Save');
  await press(walk, 'Pause');
  await take(page, 'page preferences, in a pause');
  await page.goto(new URL('/preferences', page.url()).href);
  await page.locator('#email').fill(reader);
  await press(walk, 'Send me a link');
  await take(page, 'page preferences, a fresh link');
}

async function takeMove(walk: Walk, reader: string): Promise<void> {
  const { page, take } = walk;
  await follow(walk, reader, '/preferences');
  await page.locator('#email').fill(NEXT);
  await press(walk, 'Change address');
  await take(page, 'page move, check your new inbox');
  await follow(walk, NEXT, '/preferences/move');
  const link = page.url();
  await take(page, 'page move, confirm');
  await press(walk, 'Yes, send it here');
  await take(page, 'page move, done');
  await page.getByRole('link', { name: 'Your preferences' }).click();
  const own = page.url();
  await page.goto(`${link}x`);
  await take(page, 'page move, old link');
  await page.goto(own);
}

async function takeErasure(walk: Walk): Promise<void> {
  const { page, take } = walk;
  const own = page.url();
  await press(walk, 'Erase me …');
  await take(page, 'page erase, are you sure');
  await press(walk, 'Yes, erase me');
  await take(page, 'page erase, done');
  await page.goto(own);
  await take(page, 'page preferences of who is erased');
}

async function takeLeaving(walk: Walk, reader: string): Promise<void> {
  const { page, machine, take } = walk;
  await follow(walk, reader, '/unsubscribe');
  await take(page, 'page unsubscribe');
  await press(walk, 'Unsubscribe');
  await take(page, 'page goodbye', FOUR);
  await press(walk, 'Undo');
  await take(page, 'page welcome back');
  await follow(walk, reader, '/unsubscribe');
  await press(walk, 'Unsubscribe');
  await page.locator('#reason').selectOption('too-often');
  await press(walk, 'Send');
  await take(page, 'page thank you');
  await page.goto(linkIn((await inboxOf(machine, reader)).at(-1), '/preferences'));
  await take(page, 'page preferences of who left');
  await page.goto(`${machine.site}/unsubscribe/x/undo`);
  await take(page, 'page wrong method');
}
