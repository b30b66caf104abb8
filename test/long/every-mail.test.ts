/** Every kind of mail by all rows of the list. */
import { closeBrowser } from '../../cli/mail-rows/browser';
import { testMails } from '../cli/mail-table';
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
