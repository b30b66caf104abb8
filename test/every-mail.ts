/** Every kind of mail, as this machine sends it to somebody who has a reason to get it. */
import { sign } from '../lambdas/core/identity';
import { mailsOf, readMail } from '../local/mailbox';
import { leaveByOneClick } from '../local/reader';
import type { World } from './world';

export interface SentMail {
  what: string;
  to: string;
  /** As SES got them beside it. */
  tags: Record<string, string>;
  raw: Buffer;
}

const [STRANGER, READER, SEARCHER, FULL, LEAVER] = ['stranger', 'reader', 'searcher', 'full', 'leaver'].map(
  (name) => `${name}@mails.example.org`,
) as [string, string, string, string, string];

/** In two weeks of its own, so that the world may have had editions before; one whose newsletter says goodbye. */
export async function everyMail(world: World): Promise<SentMail[]> {
  const sent: SentMail[] = [];
  /** The newest one to this address. */
  const keep = async (what: string, to: string): Promise<void> => {
    await world.machine.idle();
    const stored = (await mailsOf(world.machine.mails, to)).at(-1);
    if (!stored) throw new Error(`There is no mail "${what}" to ${to}`);
    sent.push({ what, to, tags: stored.tags, raw: await readMail(world.machine.mails, stored) });
  };
  const preferences = async (path: string, to: string, fields: Record<string, string>): Promise<void> => {
    const token = sign(await world.keys(), 'preferences', await world.idOf(to));
    await world.posts(`/preferences${path}`, { token, ...fields });
  };

  await world.subscribes(STRANGER);
  await keep('invitation', STRANGER);
  for (const address of [READER, SEARCHER, FULL]) await world.reader(address);
  await keep('welcome', READER);
  await world.subscribes(READER, { search: 'sparse voxel' });
  await keep('question', READER);
  await preferences('', SEARCHER, { search1: 'wordaaa' });
  await preferences('', FULL, Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`search${n}`, `word ${n}`])));
  await world.subscribes(FULL, { search: 'one more' });
  await keep('refusal', FULL);

  await world.papersOn('2025-03-25', 12);
  await world.sendsEdition('2025-W13');
  await keep('digest', READER);
  await keep('personal digest', SEARCHER);
  await world.papersOn('2025-04-01', 2);
  await world.sendsEdition('2025-W14');
  await keep('digest of a quiet week', READER);

  await world.posts('/preferences/link', { email: READER });
  await keep('link to preferences', READER);
  await preferences('/address', READER, { email: 'elsewhere@mails.example.org' });
  await keep('new address', 'elsewhere@mails.example.org');
  await preferences('/address', READER, { email: SEARCHER });
  await keep('address taken', SEARCHER);
  await world.reader(LEAVER);
  await leaveByOneClick((await world.inboxOf(LEAVER)).at(-1));
  await keep('goodbye', LEAVER);
  return sent;
}
