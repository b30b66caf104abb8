/** The bad inputs `email-*`, typed into the form: refused in words, or written to as they were typed. */
import * as z from 'zod';
import { mailsOf } from '../../local/mailbox';
import { addressGroups, testEach, type Input } from '../bad-inputs';
import { everything } from '../everything';
import { startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ newsletter: { limits: { invitationsPerNetwork: 1000 } } });
});
afterAll(() => world.close());

const Refusal = z.object({ status: z.literal(400), errors: z.array(z.object({ field: z.string() })) });

/** As a page for the form and as a problem for a program; nobody is mailed, and nothing is written. */
async function isRefused(email: string): Promise<void> {
  const before = await everything(world);
  const page = await world.posts('/subscribe', { email });
  expect([page.status, page.text]).toEqual([400, expect.stringContaining('Please check what you wrote')]);
  const json = await world.postsJson('/subscribe', { email });
  expect([json.status, json.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
  expect(Refusal.parse(JSON.parse(json.text)).errors).toMatchObject([{ field: 'email' }]);
  expect(await everything(world)).toEqual(before);
}

/** One mail goes there, as it was typed but for the domain, and one row waits. */
async function isInvited(typed: string, address: string): Promise<void> {
  const before = await mailsOf(world.machine.mails);
  expect((await world.subscribes(typed)).status).toBe(202);
  expect((await mailsOf(world.machine.mails)).slice(before.length)).toMatchObject([{ to: [address] }]);
  expect(await world.subscriber(address)).toMatchObject({ status: 'pending', address });
}

/** What the file's words mean at the form, by how they begin. */
const meanings: [begins: string, becomes: (input: string) => Promise<void>][] = [
  ['reject', isRefused],
  ['accept', (input) => isInvited(input, input)],
  ['trim then accept', (input) => isInvited(input, input.trim())],
  ['canonicalise to somename@gmail.com', (input) => isInvited(input, 'somename@gmail.com')],
  [
    'one subscriber row',
    async (input) => {
      const spellings = input.split(' vs ');
      for (const one of spellings)
        await isInvited(
          one,
          one.replace(/@.*/, (domain) => domain.toLowerCase()),
        );
      const rows = await Promise.all(spellings.map((one) => world.subscriber(one)));
      expect(new Set(rows.map((row) => row?.subscriberId)).size).toBe(1);
    },
  ],
];

function becomes({ input, expect: words }: Input): Promise<void> {
  const meaning = meanings.find(([begins]) => words.startsWith(begins));
  if (!meaning) throw new Error(`Can't tell what "${words}" means at the form`);
  return meaning[1](input);
}

for (const group of addressGroups) testEach(group, becomes);
