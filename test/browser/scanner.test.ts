/** A mail scanner that opens every link of every mail, by GET, by HEAD, and in a browser that runs scripts. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { simpleParser } from 'mailparser';
import { chromium as browsers, type Browser } from 'playwright-core';
import { documents } from '../../lambdas/aws/dynamodb';
import { tables, tableVariable, type TableName } from '../../lambdas/aws/tables';
import { chromium, chromiumArguments } from '../../local/chromium';
import { mailsOf, readMail, storedMails } from '../../local/mailbox';
import { startWorld, type World } from '../world';

const executablePath = chromium();
if (!executablePath && process.env['CI'] === 'true')
  throw new Error('CI needs Chromium: apt-get install chromium');
if (!executablePath) console.warn('SKIPPED: the browser tests need Chromium (or CHROMIUM=/path/to/it)');
const inBrowser = executablePath ? describe : describe.skip;

inBrowser('a scanner that opens all links', () => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    world = await startWorld();
    await world.papersOn('2025-03-11', 3);
    await world.reader('ada@example.org');
    await world.subscribes('grace@example.org'); // invited, and not yet sure
    await world.subscribes('ada@example.org', { search: 'sparse voxel' }); // asked about a search
    await world.machine.idle();
    await world.sendsEdition('2025-W11');
    browser = await browsers.launch({ executablePath: executablePath as string, args: chromiumArguments });
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  /** Every address of ours in any header or part of any mail. */
  async function linksOfAllMails(): Promise<string[]> {
    const links = new Set<string>();
    for await (const mail of storedMails(world.machine.mails)) {
      const parsed = await simpleParser(await readMail(world.machine.mails, mail));
      const headers = parsed.headerLines.map(({ line }) => line).join('\n');
      for (const [link] of `${headers}\n${parsed.text}\n${String(parsed.html)}`.matchAll(
        /https?:\/\/[^\s"'<>]+/g,
      ))
        if (link.startsWith(world.machine.site)) links.add(link.replaceAll('&amp;', '&'));
    }
    return [...links];
  }

  const everyRow = async (): Promise<unknown[]> => {
    const names = Object.keys(tables) as TableName[];
    const pages = await Promise.all(
      names.map((name) =>
        documents.send(new ScanCommand({ TableName: world.machine.environment[tableVariable(name)] })),
      ),
    );
    return pages.map(({ Items = [] }) => Items.map((item) => JSON.stringify(item)).toSorted());
  };

  test('changes nothing, and sends nothing', async () => {
    const links = await linksOfAllMails();
    const mails = async () => (await mailsOf(world.machine.mails)).length;
    const [before, mailsBefore] = [await everyRow(), await mails()];
    const page = await browser.newPage();
    for (const link of links) {
      for (const method of ['GET', 'HEAD']) await world.opens(link, { method });
      await page.goto(link);
    }
    await world.machine.idle();
    const opened = links.map((link) => new URL(link).pathname.split('/')[1]);
    expect([...new Set(opened)]).toEqual(
      expect.arrayContaining(['confirm', 'editions', 'preferences', 'unsubscribe']),
    );
    expect(await everyRow()).toEqual(before);
    expect(await mails()).toBe(mailsBefore);
  });
});
