/** GET and POST /unsubscribe/{token}: looking changes nothing, one POST is enough, and it works for ever. */
import { RELIED_ON_MS } from '../../lambdas/core/delivery';
import { sign } from '../../lambdas/core/identity';
import { leaveByOneClick } from '../../local/reader';
import { outputOf } from '../lines';
import { holdPauses } from '../pauses';
import { freezeDate, startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({
    newsletter: {
      cadences: {
        weekly: { cron: '0 7 ? * MON *', papers: 10 },
        daily: { cron: '0 7 ? * MON-FRI *', papers: 10 },
        monthly: { cron: '0 7 1 * ? *', papers: 10 },
      },
      limits: { invitationsPerNetwork: 1000 },
    },
  });
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

test('who leaves gets no mail after it, unless the operator says so', async () => {
  await world.reader('silent@example.org');
  const before = await world.inboxOf('silent@example.org');
  await world.posts(await linkOf('silent@example.org'), {});
  await world.machine.idle();
  expect(await world.subscriber('silent@example.org')).toMatchObject({ status: 'unsubscribed' });
  expect(await world.inboxOf('silent@example.org')).toHaveLength(before.length);
  expect((await world.opens('/about')).text).toContain('No mail comes after you left.');
});

const leaves = async (address: string) => (await world.posts(await linkOf(address), {})).text;

/** What the goodbye page offers: the address of each of its forms. */
const offersOf = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/action="([^"]+\/(\w+))"/g)].map(([, action, what]) => [what, action]),
  );

test('goodbye comes first, and then what else can be done: less often, undo, a reason', async () => {
  await world.reader('offered@example.org');
  const page = await leaves('offered@example.org');
  const places = ['You are unsubscribed', 'every month', 'Undo', 'Would you say why?'].map((words) =>
    page.indexOf(words),
  );
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  expect(Object.keys(offersOf(page))).toEqual(['less', 'undo', 'reason']);
});

test('undo puts everything back as it was: standing, cadence and searches; twice is once', async () => {
  await world.subscribes('undo@example.org', { search: 'sparse voxel', cadence: 'daily' });
  await world.reader('undo@example.org');
  freezeDate('2025-03-15T13:00:00.700Z');
  const { undo = '' } = offersOf(await leaves('undo@example.org'));
  freezeDate('2025-03-16T12:59:00Z');
  const page = await world.posts(undo, {});
  expect(page.text).toContain('comes every weekday, with papers that match ‘sparse voxel’ first.');
  await world.posts(undo, {});
  expect(await world.subscriber('undo@example.org')).toMatchObject({
    status: 'active',
    cadence: 'daily',
    searches: [{ text: 'sparse voxel', since: '2025-03-15T12:00:00.000Z' }],
    revision: 5,
  });
  const { searches = [] } = (await world.subscriber('undo@example.org')) ?? {};
  expect(searches[0]).not.toHaveProperty('until');
});

test('who rather wants it less often gets it as rarely as there is, and is a reader again', async () => {
  await world.subscribes('less@example.org', { cadence: 'daily' });
  await world.reader('less@example.org');
  const page = await leaves('less@example.org');
  expect(page).toContain('Send it every month');
  expect((await world.posts(offersOf(page)['less'] ?? '', {})).text).toContain('comes every month');
  expect(await world.subscriber('less@example.org')).toMatchObject({ status: 'active', cadence: 'monthly' });
});

test('where there is nothing less often, it is not offered', async () => {
  await world.subscribes('rare@example.org', { cadence: 'monthly' });
  await world.reader('rare@example.org');
  expect(Object.keys(offersOf(await leaves('rare@example.org')))).toEqual(['undo', 'reason']);
});

test('who left by the mail program finds the way back behind the link in the body', async () => {
  await world.reader('button@example.org');
  await leaveByOneClick((await world.inboxOf('button@example.org')).at(-1));
  const body = await linkOf('button@example.org', 'unsubscribe');
  const page = (await world.opens(body)).text;
  expect(page).toContain('You are unsubscribed');
  expect(await world.subscriber('button@example.org')).toMatchObject({ status: 'unsubscribed' });
  await world.posts(offersOf(page)['undo'] ?? '', {});
  expect(await world.subscriber('button@example.org')).toMatchObject({ status: 'active' });
});

test('a departure of yesterday can’t be taken back, nor a later one by an earlier link', async () => {
  await world.reader('over@example.org');
  const { undo = '', less = '', reason = '' } = offersOf(await leaves('over@example.org'));
  freezeDate('2025-03-16T12:00:01Z');
  for (const link of [undo, less]) expect((await world.posts(link, {})).text).toContain('no longer');
  expect((await world.opens(await linkOf('over@example.org'))).text).not.toContain('Undo');
  await world.reader('over@example.org');
  await leaves('over@example.org');
  for (const link of [undo, less]) await world.posts(link, {});
  await world.posts(reason, { reason: 'other' });
  const row = await world.subscriber('over@example.org');
  expect([row?.status, row?.farewell]).toEqual(['unsubscribed', undefined]);
});

test('who never confirmed is not made a reader by taking a departure back', async () => {
  await world.subscribes('stranger@example.org');
  const page = await leaves('stranger@example.org');
  expect(offersOf(page)).toEqual({});
  const token = sign(await world.keys(), 'undo', await world.idOf('stranger@example.org'), new Date());
  await world.posts(`/unsubscribe/${token}/undo`, {});
  expect(await world.subscriber('stranger@example.org')).toMatchObject({ status: 'unsubscribed' });
});

test('the links in mails, which work for ever, bring nobody back', async () => {
  await world.reader('forever@example.org');
  await leaves('forever@example.org');
  for (const purpose of ['one-click', 'unsubscribe'] as const)
    for (const change of ['undo', 'less', 'reason'])
      await world.posts(`${await linkOf('forever@example.org', purpose)}/${change}`, { reason: 'other' });
  const row = await world.subscriber('forever@example.org');
  expect([row?.status, row?.farewell]).toEqual(['unsubscribed', undefined]);
});

test('a scanner that opens what the goodbye page offers changes nothing', async () => {
  await world.reader('scanned@example.org');
  const offers = offersOf(await leaves('scanned@example.org'));
  for (const [what, link] of Object.entries(offers))
    for (const method of ['GET', 'HEAD'])
      expect((await world.opens(link, { method })).status).toBe(what === 'undo' ? 200 : 405);
  expect(await world.subscriber('scanned@example.org')).toMatchObject({ status: 'unsubscribed' });
});

test('leaving is answered only when no mail can start any more that rests on the row as it was', async () => {
  await world.reader('waits@example.org');
  const mail = (await world.inboxOf('waits@example.org')).at(-1);
  const { held, release, restore } = holdPauses((ms) => ms === 2 * RELIED_ON_MS);
  const events: string[] = [];
  const answer = leaveByOneClick(mail).then(() => events.push('answered'));
  await Promise.race([held, answer]);
  expect(await world.subscriber('waits@example.org')).toMatchObject({ status: 'unsubscribed' }); // and then it waits
  expect((await world.opens('/about')).status).toBe(200);
  events.push('released');
  release();
  await answer;
  expect(events).toEqual(['released', 'answered']);
  restore();
});

test('a reason is kept with the reader, and their words are in no log line', async () => {
  await world.reader('why@example.org');
  const { reason = '' } = offersOf(await leaves('why@example.org'));
  const lines = await outputOf(async () => {
    const thanks = await world.posts(reason, { reason: 'too-often', words: 'heartfelt' });
    expect([thanks.status, thanks.text.includes('Thank you')]).toEqual([200, true]);
  });
  expect(lines).toContain('too-often');
  expect(lines).not.toMatch(/heartfelt|why@/);
  expect((await world.subscriber('why@example.org'))?.farewell).toEqual({
    reason: 'too-often',
    words: 'heartfelt',
    at: '2025-03-15T12:00:00.000Z',
  });
  for (const wrong of [{ reason: 'boredom' }, { reason: 'other', words: 'x'.repeat(501) }, {}])
    expect((await world.posts(reason, wrong as Record<string, string>)).status).toBe(400);
});

test('what was left, when, where and by which way stands on record, and nothing before it is lost', async () => {
  await world.reader('record@example.org');
  freezeDate('2025-03-15T13:00:00Z');
  const { undo = '' } = offersOf(await leaves('record@example.org'));
  await world.posts(undo, {});
  freezeDate('2025-03-15T14:00:00Z');
  await world.posts(await linkOf('record@example.org', 'unsubscribe'), {});
  const { consents = [] } = (await world.subscriber('record@example.org')) ?? {};
  expect(consents.map(({ at, what, form, network }) => [at.slice(11, 13), what, form, network])).toEqual([
    ['12', 'asked', '/subscribe', '127.0.0.0/24'],
    ['12', 'confirmed', '/confirm', '127.0.0.0/24'],
    ['13', 'left', 'list-unsubscribe', '127.0.0.0/24'],
    ['13', 'returned', '/unsubscribe/undo', '127.0.0.0/24'],
    ['14', 'left', '/unsubscribe', '127.0.0.0/24'],
  ]);
});

test('links that an older key signed work after a new key took over', async () => {
  const { secrets } = await import('../../lambdas/aws/keys');
  await world.reader('rotated@example.org');
  const links = [await linkOf('rotated@example.org'), await linkOf('rotated@example.org', 'unsubscribe')];
  secrets.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { SecretString = '' } = answer.output as { SecretString?: string };
      const rotated = { ...(JSON.parse(SecretString) as object), current: 'k2', k2: 'x'.repeat(48) };
      return { ...answer, output: { ...answer.output, SecretString: JSON.stringify(rotated) } };
    },
    { step: 'initialize', name: 'rotation' },
  );
  freezeDate('2027-03-16T12:00:00Z'); // keys are read anew every few minutes
  try {
    expect((await world.keys()).current).toBe('k2');
    for (const link of links) {
      expect(link).toContain('/k1.');
      const { undo = '' } = offersOf((await world.posts(link, {})).text);
      expect(undo).toContain('/k2.');
      expect(await world.subscriber('rotated@example.org')).toMatchObject({ status: 'unsubscribed' });
      await world.posts(undo, {});
      expect(await world.subscriber('rotated@example.org')).toMatchObject({ status: 'active' });
    }
  } finally {
    secrets.middlewareStack.remove('rotation');
  }
});
