/** Mails as files, byte for byte, to be read by eye: `UPDATE_GOLDEN=1 npx jest test/templates/golden.test.ts` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adasDigest, adasGoodbye, adasInvitation, adasQuestion, adasWelcome, samplePapers } from '../mails';

const mails = {
  digest: () => adasDigest(samplePapers.slice(0, 10), samplePapers.length),
  goodbye: () => Promise.resolve(adasGoodbye()),
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
