/** What is typed into the form as an address: refused in words, or written to as it was typed. */
import * as z from 'zod';
import { mailsOf } from '../../local/mailbox';
import { everything } from '../everything';
import { addresses, disposable, oneMailbox, roles } from '../inputs/addresses';
import { startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ newsletter: { limits: { invitationsPerNetwork: 1000, invitations: 1000 } } });
});
afterAll(() => world.close());

const Refusal = z.object({ status: z.literal(400), errors: z.array(z.object({ field: z.string() })) });

describe.each(Object.entries(addresses))('%s', (_, typed) => {
  const refused = typed.filter(([, , as]) => as === undefined);
  const kept = typed.filter(([, , as]) => as !== undefined);
  let before: unknown[];
  beforeAll(async () => {
    before = await everything(world);
  });

  if (refused.length > 0) {
    test.each(refused)(
      '%s is refused, as a page for the form and as a problem for a program',
      async (_what, email) => {
        const page = await world.posts('/subscribe', { email });
        expect([page.status, page.text]).toEqual([400, expect.stringContaining('id="email"')]);
        const json = await world.postsJson('/subscribe', { email });
        expect([json.status, json.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
        expect(Refusal.parse(JSON.parse(json.text)).errors).toMatchObject([{ field: 'email' }]);
      },
    );

    test('of what was refused nothing is written, and nobody is mailed', async () => {
      expect(await everything(world)).toEqual(before);
    });
  }

  if (kept.length > 0)
    test.each(kept)('%s: one mail goes there, and one row waits', async (_what, text, as = '') => {
      const sent = await mailsOf(world.machine.mails);
      expect((await world.subscribes(text)).status).toBe(202);
      expect((await mailsOf(world.machine.mails)).slice(sent.length)).toMatchObject([{ to: [as] }]);
      expect(await world.subscriber(as)).toMatchObject({ status: 'pending', address: as });
    });
});

test.each(oneMailbox)(
  '%s: every spelling is written to, and all are one subscriber',
  async (_, ...spellings) => {
    const ids = [];
    for (const one of spellings) {
      const sent = await mailsOf(world.machine.mails);
      await world.subscribes(one);
      const [mail, ...more] = (await mailsOf(world.machine.mails)).slice(sent.length);
      expect([mail?.to[0]?.split('@')[0], more]).toEqual([one.split('@')[0], []]);
      ids.push((await world.subscriber(mail?.to[0] ?? ''))?.subscriberId);
    }
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[\w-]{24}$/);
  },
);

test.each(roles)('%s is answered like any, and neither written down nor written to', async (address) => {
  const stranger = await world.subscribes('somebody@example.com');
  const { status, text } = await world.subscribes(address);
  expect([status, text]).toEqual([stranger.status, stranger.text]);
  expect([await world.inboxOf(address), await world.subscriber(address)]).toEqual([[], undefined]);
});

test('a mailbox that is thrown away after use is written to like any', async () => {
  await world.subscribes(disposable);
  expect(await world.inboxOf(disposable)).toHaveLength(1);
});
