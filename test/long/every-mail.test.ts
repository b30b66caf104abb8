/** Every kind of mail by all rows of the list. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { closeBrowser } from '../../cli/mail-rows/browser';
import { known } from '../../cli/mail-rows/caniemail-baseline.json';
import { unsupportedIn } from '../../cli/mail-rows/clients';
import { readMessage } from '../../cli/mail-rows/reading';
import { elsewhere, testMails } from '../cli/mail-table';
import { everyMail, type SentMail } from '../every-mail';
import { neededChromium, neededPython } from '../needed';
import { startWorld, type World } from '../world';

let world: World;
let mails: Map<string, SentMail>;

neededChromium();
neededPython();

beforeAll(async () => {
  world = await startWorld({ newsletter: { leaving: { goodbye: true } } });
  mails = new Map((await everyMail(world)).map((mail) => [mail.what, mail]));
});
afterAll(async () => {
  await closeBrowser();
  await world.close();
});

testMails(() => mails);

test('the personal one has what the reader’s own search found', async () => {
  const { text } = await readMessage(mails.get('personal digest')?.raw ?? Buffer.of());
  expect(text).toContain('1 paper found by your searches');
});

test('each test that the table sends its reader to is there', () => {
  const named = elsewhere().flatMap((line) => line.match(/test\/[\w/-]+\.test\.ts/g) ?? []);
  expect(named).toHaveLength(3);
  for (const file of named)
    expect([file, existsSync(join(__dirname, '..', '..', file))]).toEqual([file, true]);
});

test('what mail programs leave out of our mails is what the baseline knows, and no more', async () => {
  const htmls = await Promise.all([...mails.values()].map(async ({ raw }) => (await readMessage(raw)).html));
  const left = new Set(
    htmls.flatMap((html) =>
      Object.entries(unsupportedIn(html)).flatMap(([feature, clients]) =>
        clients.map((client) => `${feature}: ${client}`),
      ),
    ),
  );
  const accepted = known.flatMap(({ feature, clients }) => clients.map((client) => `${feature}: ${client}`));
  expect([...left].toSorted()).toEqual(accepted.toSorted());
});

test('the rows that a file can’t answer: tags are plain ids, and one POST leaves where a GET does not', async () => {
  const { to, tags, raw } = mails.get('digest') as SentMail;
  const standing = async () => (await world.subscriber(to))?.status;
  expect(Object.keys(tags)).toEqual(expect.arrayContaining(['edition', 'subscriber']));
  for (const tag of Object.entries(tags).flat()) expect(tag).toMatch(/^[\w-]{1,256}$/);
  const url = /^List-Unsubscribe: <([^>]+)>/m.exec(raw.toString('latin1'))?.[1] ?? '';
  for (const method of ['GET', 'HEAD']) await fetch(url, { method });
  expect(await standing()).toBe('active');
  for (const body of ['List-Unsubscribe=One-Click', '']) {
    const { status } = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([status, await standing()]).toEqual([200, 'unsubscribed']);
  }
});
