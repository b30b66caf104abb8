/** GET and POST /unsubscribe/{token}: looking changes nothing, one POST is enough, and it works for ever. */
import { sign } from '../../lambdas/core/identity';
import { freezeDate, startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterAll(() => world.close());

const linkOf = async (address: string, purpose: 'one-click' | 'unsubscribe' = 'one-click'): Promise<string> =>
  `/unsubscribe/${sign(await world.keys(), purpose, await world.idOf(address))}`;

test.each(['GET', 'HEAD'])('%s shows and changes nothing', async (method) => {
  await world.reader(`${method.toLowerCase()}@example.org`);
  const answer = await world.opens(await linkOf(`${method.toLowerCase()}@example.org`), { method });
  expect(answer.status).toBe(200);
  expect(await world.subscriber(`${method.toLowerCase()}@example.org`)).toMatchObject({ status: 'active' });
});

const multipart = (): FormData => {
  const form = new FormData();
  form.set('List-Unsubscribe', 'One-Click');
  return form;
};
test.each<[string, () => RequestInit]>([
  ['urlencoded', () => ({ body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })],
  ['multipart', () => ({ body: multipart() })],
  ['an empty body', () => ({})],
  ['no content type at all', () => ({ body: new Uint8Array([1]) })],
])('a POST with %s leaves at once, without cookie or redirect', async (name, init) => {
  const address = `${name.replaceAll(' ', '-')}@example.org`;
  await world.reader(address);
  const answer = await world.opens(await linkOf(address), { method: 'POST', ...init() });
  expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([
    200,
    null,
    null,
  ]);
  expect(await world.subscriber(address)).toMatchObject({ status: 'unsubscribed' });
});

test('five clicks at once are one departure', async () => {
  await world.reader('five@example.org');
  const link = await linkOf('five@example.org');
  const answers = await Promise.all(Array.from({ length: 5 }, () => world.posts(link, {})));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await world.subscriber('five@example.org')).toMatchObject({ status: 'unsubscribed', revision: 3 });
});

test('a link from a mail of two years ago works, also after the reader came back', async () => {
  await world.reader('old@example.org');
  const link = await linkOf('old@example.org', 'unsubscribe');
  await world.posts(link, {});
  await world.reader('old@example.org');
  freezeDate('2027-03-15T12:00:00Z');
  expect((await world.posts(link, {})).status).toBe(200);
  expect(await world.subscriber('old@example.org')).toMatchObject({ status: 'unsubscribed' });
});

test('a link for somebody who is not there says goodbye all the same', async () => {
  const answer = await world.posts(await linkOf('never@example.org'), {});
  expect([answer.status, answer.text.includes('Goodbye')]).toEqual([200, true]);
  expect(await world.subscriber('never@example.org')).toBeUndefined();
});

test('a damaged link and one for confirming change nothing and say what to do', async () => {
  await world.reader('whole@example.org');
  const confirming = sign(await world.keys(), 'confirm', await world.idOf('whole@example.org'), new Date());
  const link = await linkOf('whole@example.org');
  for (const wrong of [`/unsubscribe/${confirming}`, link.slice(0, -1), `${link.slice(0, -1)}!`]) {
    const answer = await world.posts(wrong, {});
    expect([wrong, answer.status, answer.text.includes('incomplete')]).toEqual([wrong, 404, true]);
  }
  expect(await world.subscriber('whole@example.org')).toMatchObject({ status: 'active' });
});
