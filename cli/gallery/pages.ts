/** The gallery's pages that are for everybody: the site as a visitor walks through it, up to the welcome. */
import type { Browser, Page } from 'playwright-core';
import { settings } from '../../lambdas/aws/environment';
import { newestPapers } from '../../lambdas/aws/recent-papers';
import type { Machine } from '../../local/machine';
import { inboxOf, linkIn } from '../../local/reader';
import { landingPage } from '../../templates/front-page';
import { stylesheet } from '../../templates/page-layout';
import { brandedAs, LOGO } from './brand';
import { FOUR, TWO, type Taker } from './pictures';

const VISITOR = 'visitor@example.org';
const LONG =
  'retrieval augmented generation with "long context language models" under distribution shift and other things that are asked for at some length';

/** `odd`: the edition of papers that are hard to show. */
export async function takePages(browser: Browser, machine: Machine, take: Taker, odd: string): Promise<void> {
  const page = await browser.newPage({ javaScriptEnabled: false });
  const open = async (path: string, name: string, looks = TWO): Promise<void> => {
    await page.goto(new URL(path, machine.site).href);
    await take(page, `page ${name}`, looks);
  };
  await open('/', 'front', FOUR);
  await open('/?q=video+diffusion', 'search');
  await open(`/?q=${encodeURIComponent(LONG)}`, 'search, a long one');
  await open('/?q=zyzzyva+quokka', 'search, nothing found');
  await open('/?q=%22', 'search, refused');
  await open('/editions', 'past editions');
  await open('/editions/weekly-2025-W11', 'edition', FOUR);
  await open(`/editions/${odd}`, 'edition of odd papers');
  await open('/about', 'about');
  await open('/nowhere', 'no such page');
  await open('/confirm?token=x', 'confirm, old link');
  await open('/unsubscribe/x', 'unsubscribe, broken link');
  await open('/preferences', 'preferences, lost link');
  await open('/preferences?token=x', 'preferences, broken link');
  await takeJoining(page, machine, take);
  await page.context().close();
  await takeBranded(browser, machine, take);
}

async function takeJoining(page: Page, machine: Machine, take: Taker): Promise<void> {
  const sends = async (email: string): Promise<void> => {
    await page.goto(machine.site);
    await page.locator('#email').fill(email);
    await page.locator('form#join button').click();
  };
  await sends('visitor@example'); // browsers take it, the form doesn't
  await take(page, 'page form filled in wrongly');
  await sends(VISITOR);
  await take(page, 'page check your inbox');
  await machine.idle();
  await page.goto(linkIn((await inboxOf(machine, VISITOR)).at(-1), '/confirm'));
  await take(page, 'page confirm');
  await page.locator('main form button').first().click();
  await take(page, 'page welcome');
}

/** With the logo of another operator, and where it does not come. */
async function takeBranded(browser: Browser, machine: Machine, take: Taker): Promise<void> {
  const branded = brandedAs(settings());
  const { papers } = await newestPapers(new Date());
  const body = landingPage(branded, papers);
  for (const images of [true, false]) {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.route('**/*', (route) => {
      const url = route.request().url();
      if (url.endsWith('/style.css'))
        return route.fulfill({ contentType: 'text/css', body: stylesheet(branded) });
      if (url.startsWith(machine.site)) return route.fulfill({ contentType: 'text/html', body });
      return images ? route.fulfill({ contentType: 'image/svg+xml', body: LOGO }) : route.abort();
    });
    await page.goto(machine.site);
    await take(page, `page front with a logo${images ? '' : ', images off'}`);
    await page.context().close();
  }
}
