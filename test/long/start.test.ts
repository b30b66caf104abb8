/** `npm start -- --once`, as a person runs it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../local/starting';

test('the unattended journey ends with its line of figures', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-start-'));
  const { code, said } = await (await start('--once', '--data', folder)).ended;
  await rm(folder, { recursive: true });
  expect(code).toBe(0);
  expect(JSON.parse(said.trim().split('\n').at(-1) ?? '')).toMatchObject({
    papers: 48,
    confirmed: 2,
    delivered: 2,
    unsubscribed: 1,
    deliveredAfterUnsubscribe: 0,
    deliveredToTheOther: 1,
    seconds: expect.any(Number),
    inbox: join(folder, 'run', 'mails'),
  });
});
