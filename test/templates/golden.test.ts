/** Mails as files, byte for byte, to be read by eye: `UPDATE_GOLDEN=1 npx jest test/templates/golden.test.ts` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goodbye } from '../../templates/mails';
import { ada, adasDigest, adasInvitation, adasQuestion, adasWelcome, samplePapers, settings } from '../mails';

const mails = {
  digest: () => adasDigest(samplePapers.slice(0, 10), samplePapers.length),
  goodbye: () => Promise.resolve(goodbye(ada, settings)),
  invitation: () => Promise.resolve(adasInvitation()),
  question: () => Promise.resolve(adasQuestion()),
  welcome: () => Promise.resolve(adasWelcome()),
};

test.each(Object.entries(mails))('the %s is the one that was read by eye', async (name, mail) => {
  const file = join(__dirname, '..', 'golden', `${name}.eml`);
  const raw = await mail();
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, raw, 'latin1');
  expect(raw).toBe(readFileSync(file, 'latin1'));
});
