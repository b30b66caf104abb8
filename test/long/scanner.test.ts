/** A mail scanner that opens every link of every mail, by GET, by HEAD, and in a browser that runs scripts. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { simpleParser } from 'mailparser';
import type { Browser } from 'playwright-core';
import { documents } from '../../lambdas/aws/dynamodb';
import { tables, tableVariable, type TableName } from '../../lambdas/aws/tables';
import { mailsOf } from '../../local/mailbox';
import { everyMail, type SentMail } from '../every-mail';
import { startWorld, type World } from '../world';
import { launch } from '../browser/chromium';

describe('a scanner that opens all links', () => {
  let world: World;
  let browser: Browser;
  let mails: SentMail[];

  beforeAll(async () => {
    world = await startWorld({ newsletter: { joining: { proof: true }, leaving: { goodbye: true } } });
    mails = await everyMail(world);
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  /** Every address of ours in any header or part. */
  async function linksOf({ raw }: SentMail): Promise<string[]> {
    const { headerLines, text, html } = await simpleParser(raw);
    const headers = headerLines.map(({ line }) => line).join('\n');
    return [...`${headers}\n${text}\n${String(html)}`.matchAll(/https?:\/\/[^\s"'<>]+/g)]
      .map(([link]) => link.replaceAll('&amp;', '&'))
      .filter((link) => link.startsWith(world.machine.site));
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

  const countMails = async (): Promise<number> => (await mailsOf(world.machine.mails)).length;

  test('changes nothing, and sends nothing', async () => {
    const found = await Promise.all(mails.map(linksOf));
    const links = [...new Set(found.flat())];
    const [before, mailsBefore] = [await everyRow(), await countMails()];
    const page = await browser.newPage();
    for (const link of links) {
      for (const method of ['GET', 'HEAD']) await world.opens(link, { method });
      await page.goto(link, { waitUntil: 'networkidle' });
    }
    await world.machine.idle();
    expect(await everyRow()).toEqual(before);
    expect(await countMails()).toBe(mailsBefore);
    console.info(`scanner: ${links.length} links of ${mails.length} kinds of mail, 3 ways each: 0 changes`);
  });

  test('has met each kind of link that could do something', async () => {
    const purposes = new Set<string>();
    for (const mail of mails) {
      const links = await linksOf(mail);
      expect([mail.what, links.length > 0 || mail.what === 'address taken']).toEqual([mail.what, true]);
      for (const link of links)
        purposes.add(new URL(link).pathname.replace(/^\/unsubscribe\/.*/, '/unsubscribe'));
    }
    expect([...purposes]).toEqual(
      expect.arrayContaining(['/confirm', '/preferences', '/preferences/move', '/unsubscribe']),
    );
  });
});
