/** A new key, taken on by the operator as docs/keys.md has it: what readers have in their inboxes goes on working. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Keys } from '../../lambdas/core/identity';
import { linkIn, pressButton } from '../../local/reader';
import { freezeDate, startWorld, type World } from '../world';

const [, script = ''] = /^add='\n([^']+)'$/m.exec(readFileSync('docs/keys.md', 'utf8')) ?? [];

/** What the command in docs/keys.md makes of a secret. */
const rotated = (secret: string): string =>
  execFileSync(process.execPath, ['-e', script], { input: secret, encoding: 'utf8' });

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test('the command adds a key to those that are there and names it, again and again', () => {
  const first = { current: 'k1', k1: 'x'.repeat(48) };
  const second = Keys.parse(JSON.parse(rotated(JSON.stringify(first))));
  expect(second).toEqual({ current: 'k2', k1: first.k1, k2: expect.stringMatching(/^[\w-]{48}$/) });
  const third = Keys.parse(JSON.parse(rotated(JSON.stringify(second))));
  expect(third).toEqual({ ...second, current: 'k3', k3: expect.stringMatching(/^[\w-]{48}$/) });
});

test('every link that was sent before still works, and the next mail has links of the new key', async () => {
  const { secrets } = await import('../../lambdas/aws/keys');
  freezeDate('2025-03-16T12:00:00Z');
  await world.reader('ada@example.org');
  await world.subscribes('waiting@example.org');
  const invitation = linkIn((await world.inboxOf('waiting@example.org')).at(-1), '/confirm');
  freezeDate('2025-03-17T08:00:00Z');
  await world.sendsEdition(await world.weekWithPapers());
  const [digest] = await world.digestsOf('ada@example.org');
  const [preferences, goodbye] = [linkIn(digest, '/preferences'), linkIn(digest, '/unsubscribe')];

  secrets.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { SecretString = '' } = answer.output as { SecretString?: string };
      return { ...answer, output: { ...answer.output, SecretString: rotated(SecretString) } };
    },
    { step: 'initialize', name: 'rotation' },
  );
  freezeDate('2025-03-17T12:00:00Z'); // the keys are read anew every few minutes
  expect((await world.keys()).current).toBe('k2');

  await pressButton(invitation);
  expect(await world.subscriber('waiting@example.org')).toMatchObject({ status: 'active' });
  expect((await fetch(preferences)).status).toBe(200);
  freezeDate('2025-03-24T08:00:00Z');
  await world.sendsEdition(await world.weekWithPapers());
  const next = (await world.digestsOf('ada@example.org')).at(-1);
  expect(linkIn(next, '/unsubscribe')).toContain('/k2.');
  expect(await world.digestsOf('waiting@example.org')).toHaveLength(1);

  expect(goodbye).toContain('/k1.');
  await pressButton(goodbye);
  expect(await world.subscriber('ada@example.org')).toMatchObject({ status: 'unsubscribed' });
});
