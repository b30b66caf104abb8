/** POST /subscribe: whoever asks gets the same answer, and only mailboxes that may join get a mail. */
import type { Subscriber } from '../../lambdas/core/subscriber';
import { linkIn, pressButton } from '../../local/reader';
import { linesOf, outputOf } from '../lines';
import { freezeDate, startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({
    newsletter: {
      limits: { invitationsPerNetwork: 1000, invitationsPerAddress: 3 },
      cadences: {
        weekly: { cron: '0 7 ? * MON *', papers: 10 },
        daily: { cron: '0 7 ? * MON-FRI *', papers: 10 },
      },
    },
  });
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterAll(() => world.close());

test('a form, a multipart form and JSON can all ask', async () => {
  const form = new FormData();
  form.set('email', 'multipart@example.org');
  await world.opens('/subscribe', { method: 'POST', body: form });
  await world.posts('/subscribe', { email: 'form@example.org' });
  const json = await world.postsJson('/subscribe', { email: 'json@example.org' });
  expect(json.status).toBe(202);
  expect(JSON.parse(json.text)).toMatchObject({ status: 'check-your-inbox' });
  await world.machine.idle();
  for (const name of ['multipart', 'form', 'json'])
    expect(await world.inboxOf(`${name}@example.org`)).toHaveLength(1);
});

test('who asks again while pending gets a fresh link, and the old one works too', async () => {
  await world.subscribes('again@example.org');
  freezeDate('2025-03-15T13:30:00Z');
  await world.subscribes('again@example.org');
  const links = (await world.inboxOf('again@example.org')).map((mail) => linkIn(mail, '/confirm'));
  expect(new Set(links).size).toBe(2);
  for (const link of links) expect((await world.opens(link)).text).toContain('One more click');
});

const namesAndValues = (headers: Headers) =>
  [...headers].filter(([name]) => !['date', 'content-length'].includes(name));

test('a reader who asks again sees the same page and gets no second mail', async () => {
  await world.reader('reader@example.org');
  const before = await world.inboxOf('reader@example.org');
  const [known, stranger] = [
    await world.subscribes('reader@example.org'),
    await world.subscribes('new@example.org'),
  ];
  expect(known.status).toBe(stranger.status);
  expect(known.text).toBe(stranger.text);
  expect(namesAndValues(known.headers)).toEqual(namesAndValues(stranger.headers));
  expect(await world.inboxOf('reader@example.org')).toHaveLength(before.length);
});

const searchesOf = async (address: string): Promise<string[] | undefined> =>
  (await world.subscriber(address))?.searches?.map(({ text }) => text);

test('a stranger’s search and cadence wait with them, and both mails say what will come', async () => {
  await world.subscribes('ada@example.org', { search: ' Sparse  VOXEL!', cadence: 'daily' });
  const [invitation] = await world.inboxOf('ada@example.org');
  expect(invitation?.text).toContain('every weekday, with papers that match ‘sparse voxel’ first.');
  expect(await world.subscriber('ada@example.org')).toMatchObject({ status: 'pending', cadence: 'daily' });
  expect(await pressButton(linkIn(invitation, '/confirm'))).toContain('‘sparse voxel’');
  const welcome = (await world.inboxOf('ada@example.org')).at(-1);
  expect(welcome?.text).toContain('every weekday, with papers that match ‘sparse voxel’ first,');
  expect(await world.subscriber('ada@example.org')).toMatchObject({
    status: 'active',
    cadence: 'daily',
    searches: [{ text: 'sparse voxel', since: '2025-03-15T12:00:00.000Z' }],
  });
});

test('without a search, or with empty fields, the community’s papers come every week', async () => {
  await world.subscribes('plain@example.org', { search: ' ', cadence: '' });
  expect((await world.inboxOf('plain@example.org'))[0]?.text).toContain('It will come every week.');
  const waits = await world.subscriber('plain@example.org');
  expect([waits?.cadence, waits?.searches]).toEqual(['weekly', undefined]);
});

test('who asks again while pending, with another search, gets both; a sixth is left out and the mail says so', async () => {
  for (const [n, search] of ['one', 'two', 'three', 'four', 'five', 'six'].entries()) {
    freezeDate(`2025-03-${15 + Math.floor(n / 3)}T12:00:00Z`);
    await world.subscribes('many@example.org', { search });
  }
  const mails = await world.inboxOf('many@example.org');
  expect(mails[1]?.text).toContain('with papers that match ‘one’ or ‘two’ first.');
  // whoever's link it is, its page says all that waits
  const page = await world.opens(linkIn(mails[0], '/confirm'));
  expect(page.text).toContain('with papers that match ‘one’, ‘two’, ‘three’, ‘four’ or ‘five’ first.');
  expect(mails[4]?.text).not.toContain('already');
  expect(mails[5]?.text).toContain('You have five searches already, so ‘six’ is left out.');
  expect(await searchesOf('many@example.org')).toEqual(['one', 'two', 'three', 'four', 'five']);
});

test('a search typed in with a reader’s address is a question to them, at the address they confirmed', async () => {
  await world.reader('Grace@example.org');
  const before = await world.subscriber('grace@example.org');
  await world.subscribes('grace@EXAMPLE.org', { search: 'sparse voxel', cadence: 'weekly' });
  const mail = (await world.inboxOf('Grace@example.org')).at(-1);
  expect(mail?.subject).toBe('Add the search ‘sparse voxel’?');
  expect(mail?.text).not.toContain('every');
  expect(await world.subscriber('grace@example.org')).toEqual({
    ...before,
    wish: { search: 'sparse voxel', askedAt: '2025-03-15T12:00:00.000Z' },
    consents: [...(before?.consents ?? []), expect.objectContaining({ what: 'asked' })],
    revision: 3,
  });
});

test('a reader with five searches is told that a sixth has no room, and keeps what they have', async () => {
  const five = ['one', 'two', 'three', 'four', 'five'];
  await world.reader('full@example.org');
  await has('full@example.org', {
    searches: five.map((text) => ({ text, since: '2025-03-01T00:00:00.000Z' })),
  });
  const before = await world.subscriber('full@example.org');
  await world.subscribes('full@example.org', { search: 'six' });
  const mail = (await world.inboxOf('full@example.org')).at(-1);
  expect(mail?.subject).toBe('You have five searches already');
  expect(mail?.text).toContain('‘six’');
  expect(await world.subscriber('full@example.org')).toEqual(before);
});

/** Puts it into the reader's row, as if it had come about by itself. */
async function has(address: string, change: Partial<Subscriber>): Promise<void> {
  const subscribers = await import('../../lambdas/aws/subscribers');
  const known = await world.subscriber(address);
  if (!known) throw new Error('nobody there');
  await subscribers.save({ ...known, ...change, revision: known.revision + 1 }, known);
}

test('the answer is the same, byte for byte, whoever is asked for and whatever comes of it', async () => {
  const since = '2025-03-01T00:00:00.000Z';
  for (const name of ['same', 'new-search', 'new-cadence', 'five', 'paused', 'bounced'])
    await world.reader(`${name}@example.net`);
  await has('same@example.net', { cadence: 'daily', searches: [{ text: 'six', since }] });
  await has('five@example.net', {
    cadence: 'daily',
    searches: ['1', '2', '3', '4', '5'].map((text) => ({ text, since })),
  });
  await has('paused@example.net', { status: 'paused' });
  await has('bounced@example.net', { status: 'suppressed' });
  await world.subscribes('pending@example.net');
  for (let n = 0; n < 3; n++) await world.subscribes('flooded@example.net');
  const everybody = [
    'stranger',
    'pending',
    'same',
    'new-search',
    'new-cadence',
    'five',
    'paused',
    'bounced',
    'flooded',
  ];
  const answers = { page: new Set<string>(), json: new Set<string>() };
  for (const name of everybody) {
    const asked = {
      ...(name !== 'new-cadence' && { search: 'six' }),
      ...(name !== 'new-search' && { cadence: 'daily' }),
    };
    const { status, headers, text } = await world.subscribes(`${name}@example.net`, asked);
    answers.page.add(JSON.stringify([status, namesAndValues(headers), text]));
    const json = await world.postsJson('/subscribe', { email: `${name}@example.net`, ...asked });
    answers.json.add(JSON.stringify([json.status, namesAndValues(json.headers), json.text]));
  }
  expect([answers.page.size, answers.json.size]).toEqual([1, 1]);
  const subjects = async (name: string) =>
    (await world.inboxOf(`${name}@example.net`)).map(({ subject }) => subject);
  const welcomed = ['Confirm your subscription to Paperboy', 'Welcome to Paperboy'];
  expect(await subjects('same')).toEqual(welcomed);
  expect(await subjects('five')).toContain('You have five searches already');
  expect(await subjects('paused')).toContain('Add the search ‘six’ and get Paperboy every weekday?');
});

test('questions count as invitations do: three mails a day to an address, whatever is asked', async () => {
  await world.reader('asked@example.org');
  for (const search of ['a', 'b', 'c', 'd']) await world.subscribes('asked@example.org', { search });
  const questions = (await world.inboxOf('asked@example.org')).filter(({ subject }) =>
    subject?.startsWith('Add'),
  );
  expect(questions.map(({ subject }) => subject)).toEqual(['Add the search ‘a’?', 'Add the search ‘b’?']);
  expect((await world.subscriber('asked@example.org'))?.wish?.search).toBe('b');
});

test('what somebody searches for, and who, is in no log line', async () => {
  const lines = await outputOf(async () => {
    await world.reader('secret@example.org');
    for (const search of ['heartfelt', 'heartfelt again'])
      await world.subscribes('secret@example.org', { search });
    await world.subscribes('secret@example.org', { search: 'heartfelt', cadence: 'heartfelt' });
    await pressButton(linkIn((await world.inboxOf('secret@example.org')).at(-1), '/confirm'));
  });
  expect(lines).toContain('subscriber.changed');
  expect(lines).not.toMatch(/heartfelt|secret@|example\.org/);
});

test('two spellings of a mailbox are one subscriber, written to as it was typed', async () => {
  await world.subscribes('Foo@EXAMPLE.com');
  await world.subscribes('  foo@example.com ');
  expect(await world.subscriber('FOO@example.com')).toMatchObject({ status: 'pending', revision: 2 });
  expect(await world.inboxOf('foo@example.com')).toHaveLength(2);
});

test('a suppressed address gets no mail and the same page', async () => {
  const subscribers = await import('../../lambdas/aws/subscribers');
  await world.subscribes('bounced@example.org');
  const known = await world.subscriber('bounced@example.org');
  if (!known) throw new Error('nobody there');
  await subscribers.save({ ...known, status: 'suppressed', revision: 2 }, known);
  const lines = await linesOf(() => world.subscribes('bounced@example.org'));
  const fact = 'invitation.withheld';
  expect(lines).toContainEqual(expect.objectContaining({ level: 'INFO', fact, reason: 'suppressed' }));
  const answer = await world.subscribes('bounced@example.org');
  expect(answer.text).toBe((await world.subscribes('other@example.org')).text);
  expect(await world.inboxOf('bounced@example.org')).toHaveLength(1);
});

test('an address is invited three times a day at most, whoever asks', async () => {
  for (let n = 0; n < 5; n++) expect((await world.subscribes('flooded@example.org')).status).toBe(202);
  const lines = await linesOf(() => world.subscribes('flooded@example.org'));
  const fact = 'invitation.withheld';
  expect(lines).toContainEqual(expect.objectContaining({ level: 'WARN', fact, reason: 'limit' }));
  expect(await world.inboxOf('flooded@example.org')).toHaveLength(3);
  freezeDate('2025-03-16T00:00:00Z');
  await world.subscribes('flooded@example.org');
  expect(await world.inboxOf('flooded@example.org')).toHaveLength(4);
});

test('a robot that fills in the hidden field sees the same page, and nothing happens', async () => {
  const answer = await world.posts('/subscribe', {
    email: 'robot@example.org',
    website: 'http://spam.example',
  });
  expect(answer.status).toBe(202);
  expect(await world.subscriber('robot@example.org')).toBeUndefined();
  expect(await world.inboxOf('robot@example.org')).toEqual([]);
});

test('who mistypes the address mends it where it is: search and cadence are still there', async () => {
  const { status, text } = await world.subscribes('ada@"><script>', {
    search: 'sparse voxel',
    cadence: 'daily',
  });
  expect(status).toBe(400);
  expect(text).toContain('<input type="hidden" name="search" value="sparse voxel" />');
  expect(text).toMatch(/<option value="daily" selected>/);
  expect(text).toContain('value="ada@&quot;&gt;&lt;script&gt;"');
  expect(text).not.toContain('<script');
});

test('a search that is wrong is not hidden in the form that comes back', async () => {
  const { text } = await world.subscribes('ada@example.org', { search: '?!' });
  expect(text).toContain('id="join"');
  expect(text).not.toContain('name="search"');
});

test('a wrong address is refused with the field and what to do: a page for a form, problem+json for JSON', async () => {
  const page = await world.subscribes('Joe <joe@example.org>');
  expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=UTF-8']);
  expect(page.text).toContain('no email address that we can write to');
  const json = await world.postsJson('/subscribe', { email: ['a@x.org', 'b@x.org'] });
  expect([json.status, json.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
  expect(JSON.parse(json.text)).toMatchObject({
    status: 400,
    errors: [{ field: 'email', message: 'Enter an email address.' }],
  });
});

test.each<[what: string, field: string, value: string | string[], message: RegExp]>([
  ['a cadence that there is not', 'cadence', 'monthly', /cadence: choose weekly or daily\./],
  ['a cadence of another case', 'cadence', 'Daily', /cadence: choose weekly or daily\./],
  ['two cadences', 'cadence', ['weekly', 'daily'], /one cadence/],
  ['two searches', 'search', ['a', 'b'], /one search/],
  ['a search of punctuation', 'search', '?!', /search/],
  ['a long search', 'search', 'word '.repeat(200), /search/],
])('%s is refused with the field and what to do', async (_, field, value, message) => {
  const answer = await world.postsJson('/subscribe', { email: 'picky@example.org', [field]: value });
  const { status, errors } = JSON.parse(answer.text) as {
    status: number;
    errors: { field: string; message: string }[];
  };
  expect([status, errors.map((error) => error.field)]).toEqual([400, [field]]);
  expect(errors[0]?.message).toMatch(message);
  const body = new URLSearchParams([['email', 'picky@example.org']]);
  for (const one of [value].flat()) body.append(field, one);
  const page = await world.opens('/subscribe', { method: 'POST', body });
  expect([page.status, page.text]).toEqual([400, expect.stringMatching(message)]);
  expect(await world.inboxOf('picky@example.org')).toEqual([]);
});

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
test.each<[what: string, status: number, headers: Record<string, string>, body: string]>([
  ['broken JSON', 400, json, '{'],
  ['null', 400, json, 'null'],
  ['no body', 400, json, ''],
  ['a number for an address', 400, json, '{"email":1}'],
  ['a number for a search', 400, json, '{"email":"a@x.org","search":5}'],
  ['a list for a cadence', 400, json, '{"email":"a@x.org","cadence":[]}'],
  ['a field twice', 400, form, 'email=a%40x.org&email=b%40x.org'],
  ['bytes that are no UTF-8', 400, form, 'email=%ff%fe@x.com'],
  ['an address encoded twice', 400, form, 'email=a%2540x.com'],
  ['text', 415, { 'content-type': 'text/plain' }, '{"email":"a@x.org"}'],
  ['UTF-7', 415, { 'content-type': 'application/json; charset=utf-7' }, '{"email":"a@x.org"}'],
  ['a compressed body', 415, { ...json, 'content-encoding': 'gzip' }, '{"email":"a@x.org"}'],
  ['20 KB', 413, form, `email=${'a'.repeat(20_000)}`],
])('%s is answered with %i, in words, and nothing is written', async (_, status, headers, body) => {
  const answer = await world.opens('/subscribe', { method: 'POST', headers, body });
  expect(answer.status).toBe(status);
  expect(await world.inboxOf('a@x.org')).toEqual([]);
});

test('other methods and unknown addresses are answered in plain words', async () => {
  const get = await world.opens('/subscribe');
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  const nowhere = await world.opens('/nowhere');
  expect([nowhere.status, nowhere.text.includes('There is no such page')]).toEqual([404, true]);
});

test('keys that pollute prototypes are passed over', async () => {
  const answer = await world.postsJson(
    '/subscribe',
    '{"email":"proto@example.org","__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}',
  );
  expect(answer.status).toBe(202);
  expect(({} as Record<string, unknown>)['admin'] ?? ({} as Record<string, unknown>)['x']).toBeUndefined();
});
