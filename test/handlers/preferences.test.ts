/** GET and POST /preferences…: a reader changes what comes, with nothing but a link; whoever only looks changes nothing. */
import { agreement, hashOf } from '../../lambdas/core/consent';
import { sign, type Purpose } from '../../lambdas/core/identity';
import type { Subscriber } from '../../lambdas/core/subscriber';
import { leaveByOneClick, linkIn, pressButton } from '../../local/reader';
import { everything } from '../everything';
import { freezeDate, startWorld, tokenIn, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({
    newsletter: {
      cadences: {
        weekly: { cron: '0 7 ? * MON *', papers: 10 },
        daily: { cron: '0 7 ? * MON-FRI *', papers: 10 },
      },
      limits: { invitationsPerNetwork: 1000 },
    },
  });
  await world.papersOn('2025-03-05', 4);
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterAll(() => world.close());

const tokenOf = async (address: string, purpose: Purpose = 'preferences', at?: Date): Promise<string> =>
  sign(await world.keys(), purpose, await world.idOf(address), at);

/** A reader, and the link to their preferences. */
async function holder(address: string): Promise<string> {
  await world.enlists([address]);
  return tokenOf(address);
}

const page = (token: string) => world.opens(`/preferences?token=${token}`);
/** Posts, and waits until the mail that may come of it is out. */
const asksForMail: World['posts'] = async (path, fields) => {
  const answer = await world.posts(path, fields);
  await world.machine.idle();
  return answer;
};
const searchesOf = ({ searches = [] }: Subscriber | undefined = {} as Subscriber): string[] =>
  searches.filter(({ until }) => !until).map(({ text }) => text);
const mailsTo = async (address: string): Promise<(string | undefined)[]> =>
  (await world.inboxOf(address)).map(({ subject }) => subject);

const five = (word: string) => Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`search${n}`, `${word} ${n}`]));

describe('what comes', () => {
  test('the link of the welcome opens a page with all that can be set, and nobody keeps a copy of it', async () => {
    await world.reader('ada@example.org');
    const [, welcome] = await world.inboxOf('ada@example.org');
    const { status, headers, text } = await world.opens(linkIn(welcome, '/preferences'));
    expect(status).toBe(200);
    for (const words of [
      'ada@example.org',
      'Every weekday',
      'Search 5',
      'A pause',
      'Another address',
      'Erase me',
    ])
      expect(text).toContain(words);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text.length).toBeLessThan(30_000);
  });

  test('cadence, searches, the language of dates and the time zone are saved, and the page shows them again', async () => {
    const token = await holder('grace@example.org');
    const saved = await world.posts('/preferences', {
      token,
      cadence: 'daily',
      locale: 'de',
      zone: 'Asia/Tokyo',
      search1: ' Sparse  VOXEL!',
      search2: '"graph of thoughts"',
      search3: '',
      search4: 'sparse voxel',
      search5: '',
    });
    expect(saved.status).toBe(200);
    expect(saved.text).toContain('Saved.');
    const row = await world.subscriber('grace@example.org');
    expect(row).toMatchObject({ cadence: 'daily', locale: 'de', zone: 'Asia/Tokyo', revision: 2 });
    expect(searchesOf(row)).toEqual(['sparse voxel', '"graph of thoughts"']);
    const { text } = await page(token);
    expect(text).toContain('value="&quot;graph of thoughts&quot;"');
    expect(text).toMatch(/value="daily"\s+checked/);
    expect(text).toMatch(/value="Asia\/Tokyo"\s+selected/);
    expect(text).toContain('3.–9. März 2025');
  });

  test('a search that is emptied is given up, one that is left alone keeps its age, and a form without searches keeps all', async () => {
    const token = await holder('edits@example.org');
    await world.posts('/preferences', { token, search1: 'one', search2: 'two', search3: 'three' });
    freezeDate('2025-03-16T12:00:00Z');
    await world.posts('/preferences', { token, search1: 'one', search2: '', search3: 'four' });
    const row = await world.subscriber('edits@example.org');
    expect(searchesOf(row)).toEqual(['one', 'four']);
    expect(row?.searches?.find(({ text }) => text === 'one')?.since).toBe('2025-03-15T12:00:00.000Z');
    await world.posts('/preferences', { token, cadence: 'daily' });
    expect(searchesOf(await world.subscriber('edits@example.org'))).toEqual(['one', 'four']);
  });

  test('all five can be swapped for five others at once, and a sixth field is nobody’s', async () => {
    const token = await holder('five@example.org');
    await world.posts('/preferences', { token, ...five('old') });
    await world.posts('/preferences', { token, ...five('new'), search6: 'six' });
    expect(searchesOf(await world.subscriber('five@example.org'))).toEqual(
      [1, 2, 3, 4, 5].map((n) => `new ${n}`),
    );
  });

  test('each search says how many papers it would have matched last week', async () => {
    const token = await holder('counts@example.org');
    const { text } = await world.posts('/preferences', {
      token,
      do: 'count',
      search1: 'author:lovelace',
      search2: 'wordaaa',
      search3: 'nowhere',
    });
    const counts = text.replace(/\s+/g, ' ').match(/Would have matched \w+ of 4 papers last week/g);
    expect(counts).toEqual([
      'Would have matched 4 of 4 papers last week',
      'Would have matched 1 of 4 papers last week',
      'Would have matched none of 4 papers last week',
    ]);
    expect(text).toMatch(/3\W+9 March 2025/);
    expect(text).toContain('not saved yet');
    expect(await world.subscriber('counts@example.org')).toMatchObject({ revision: 1 });
  });

  test.each([
    ['half of one', 'cat:', 'has nothing behind'],
    ['a hostile one', '<script>alert(1)</script> cat:"<b>"', 'is no category'],
    ['a very long one', 'x'.repeat(9_000), 'is longer than 200 characters'],
  ])('as a search, %s is shown again with what is wrong, and nothing is saved', async (_, wrong, problem) => {
    const token = await holder(`wrong${wrong.length}@example.org`);
    const fields = { token, cadence: 'daily', search1: 'fine', search2: wrong };
    const { status, text } = await world.posts('/preferences', fields);
    expect(status).toBe(400);
    for (const part of ['Not saved yet', problem, 'value="fine"', 'aria-invalid="true"'])
      expect(text).toContain(part);
    expect(text).toMatch(/value="daily"\s+checked/);
    expect(text).not.toMatch(/<script|<b>/);
    expect(text.length).toBeLessThan(30_000);
    expect(await world.subscriber(`wrong${wrong.length}@example.org`)).toMatchObject({ revision: 1 });
  });

  test('a form of more than 10 KB is refused before anybody looks at it', async () => {
    const token = await holder('large@example.org');
    const { status } = await world.posts('/preferences', { token, search1: 'x'.repeat(10_000) });
    expect(status).toBe(413);
    expect(await world.subscriber('large@example.org')).toMatchObject({ revision: 1 });
  });
});

describe('links', () => {
  test('looking changes nothing, neither with GET nor with HEAD', async () => {
    const token = await holder('looked@example.org');
    const before = await world.subscriber('looked@example.org');
    const links: [path: string, status: number][] = [
      [`/preferences?token=${token}`, 200],
      ['/preferences', 200],
      [`/preferences/move?token=${token}&from=x`, 404],
    ];
    for (const [path, status] of links)
      for (const method of ['GET', 'HEAD'])
        expect([path, (await world.opens(path, { method })).status]).toEqual([path, status]);
    for (const part of ['link', 'pause', 'address', 'export', 'erase'])
      expect((await world.opens(`/preferences/${part}?token=${token}`)).status).toBe(405);
    expect(await world.subscriber('looked@example.org')).toEqual(before);
  });

  test('one for another purpose, a changed one and a doubled one open nothing and change nothing', async () => {
    const token = await holder('safe@example.org');
    const foreign = await Promise.all(
      (['confirm', 'unsubscribe', 'one-click', 'change-address'] as const).map((purpose) =>
        tokenOf('safe@example.org', purpose, new Date()),
      ),
    );
    const before = await world.subscriber('safe@example.org');
    const fields = { weeks: '3', email: 'new@example.org', cadence: 'daily' };
    for (const wrong of [...foreign, token.slice(0, -1), `${token}x`, token.replace(/^k1/, 'k2'), 'x']) {
      const shown = await page(wrong);
      expect([shown.status, shown.text.includes('This link is incomplete')]).toEqual([400, true]);
      expect(shown.text).toContain('action="/preferences/link"');
      for (const part of ['', '/pause', '/address', '/export', '/erase']) {
        const answer = await world.posts(`/preferences${part}`, { token: wrong, ...fields });
        expect([part, answer.status]).toEqual([part, 400]);
      }
    }
    const sure = await tokenOf('safe@example.org', 'erase', new Date());
    for (const part of ['', '/pause', '/address', '/export'])
      expect((await world.posts(`/preferences${part}`, { token: sure, ...fields })).status).toBe(400);
    expect((await world.opens(`/preferences?token=${token}&token=${token}`)).status).toBe(400);
    expect(await world.subscriber('safe@example.org')).toEqual(before);
    expect(await world.inboxOf('new@example.org')).toHaveLength(0);
  });

  test('a field that is there twice is refused, and so is what no form of ours sends', async () => {
    const token = await holder('odd@example.org');
    const twice = (name: string, ...values: string[]): Promise<{ status: number }> =>
      world.opens('/preferences', {
        method: 'POST',
        body: new URLSearchParams([
          ['token', token],
          ...values.map((value): [string, string] => [name, value]),
        ]),
      });
    for (const name of ['search1', 'cadence', 'locale', 'token', 'do'])
      expect([name, (await twice(name, 'weekly', 'daily')).status]).toEqual([name, 400]);
    for (const [name, value] of [
      ['cadence', 'monthly'],
      ['cadence', 'hourly'],
      ['locale', 'tlh'],
      ['do', 'x'],
    ] as const)
      expect([value, (await twice(name, value)).status]).toEqual([value, 400]);
    for (const weeks of ['-1', '13', '1.5', 'NaN', '1e9', 'x'])
      expect([weeks, (await world.posts('/preferences/pause', { token, weeks })).status]).toEqual([
        weeks,
        400,
      ]);
    expect(await world.subscriber('odd@example.org')).toMatchObject({ cadence: 'weekly', revision: 1 });
  });
});

describe('a pause', () => {
  test('keeps editions back while it lasts, and ends by itself', async () => {
    const week = await world.weekWithPapers();
    const next = await world.weekWithPapers();
    freezeDate('2025-03-22T12:00:00Z');
    const token = await holder('tired@example.org');
    const paused = await world.posts('/preferences/pause', { token, weeks: '1' });
    expect(paused.text).toContain('Paused.');
    expect(paused.text).toContain('29 March 2025');
    expect(paused.text).toContain('Resume now');
    freezeDate('2025-03-24T07:00:00Z');
    const edition = await world.sendsEdition(week);
    expect(await world.digestsOf('tired@example.org')).toHaveLength(0);
    expect(await world.rowOf(`weekly-${week}`, 'tired@example.org')).toMatchObject({
      status: 'skipped',
      reason: 'paused',
    });
    expect(edition).toBeDefined();
    freezeDate('2025-03-31T07:00:00Z');
    await world.sendsEdition(next);
    expect(await world.digestsOf('tired@example.org')).toHaveLength(1);
    expect((await page(token)).text).not.toContain('Resume now');
  });

  test('can be ended at once', async () => {
    const token = await holder('rested@example.org');
    await world.posts('/preferences/pause', { token, weeks: '12' });
    expect((await world.subscriber('rested@example.org'))?.pausedUntil).toBe('2025-06-07T12:00:00.000Z');
    expect((await world.posts('/preferences/pause', { token, weeks: '0' })).text).toContain('On again');
    expect((await world.subscriber('rested@example.org'))?.pausedUntil).toBeUndefined();
  });
});

const namesAndValues = (headers: Headers) =>
  [...headers].filter(([name]) => !['date', 'content-length'].includes(name));

describe('lost mail', () => {
  test('a reader is sent a fresh link to the address they confirmed, which opens their preferences', async () => {
    await world.enlists(['Lost@example.org']);
    await asksForMail('/preferences/link', { email: 'lost@EXAMPLE.org' });
    const [mail] = await world.inboxOf('Lost@example.org');
    expect(mail?.subject).toBe('Your preferences for Paperboy');
    expect((await world.opens(linkIn(mail, '/preferences'))).text).toContain('Lost@example.org');
  });

  test('the answer is the same, byte for byte, whoever is asked for, and only readers get mail', async () => {
    await world.enlists(['reader@example.net']);
    for (const status of ['pending', 'unsubscribed', 'suppressed'] as const)
      await world.enlists([`${status}@example.net`], status);
    await holder('erased@example.net');
    await eraseMe('erased@example.net');
    const names = ['reader', 'pending', 'unsubscribed', 'suppressed', 'erased', 'stranger'];
    const answers = [];
    for (const name of names)
      answers.push(await asksForMail('/preferences/link', { email: `${name}@example.net` }));
    for (const answer of answers) {
      expect(answer.status).toBe(202);
      expect(answer.text).toBe(answers[0]?.text);
      expect(namesAndValues(answer.headers)).toEqual(namesAndValues(answers[0]?.headers ?? new Headers()));
    }
    const mails = await Promise.all(names.map(async (name) => (await mailsTo(`${name}@example.net`)).length));
    expect(mails).toEqual([1, 0, 0, 0, 0, 0]);
  });

  test('nobody is flooded: three mails a day, with the invitations; robots get none sent', async () => {
    await world.enlists(['flooded@example.org', 'bait@example.org']);
    for (let n = 0; n < 5; n++) await asksForMail('/preferences/link', { email: 'flooded@example.org' });
    expect(await world.inboxOf('flooded@example.org')).toHaveLength(3);
    const robot = await asksForMail('/preferences/link', { email: 'bait@example.org', website: 'x' });
    expect([robot.status, await mailsTo('bait@example.org')]).toEqual([202, []]);
    expect((await asksForMail('/preferences/link', { email: 'no address' })).status).toBe(400);
  });
});

/** By the button of the page that asks. */
async function eraseMe(address: string): Promise<string> {
  const asked = await world.posts('/preferences/erase', { token: await tokenOf(address) });
  const token = /name="token" value="([^"]+)"/.exec(asked.text)?.[1] ?? '';
  return (await world.posts('/preferences/erase', { token })).text;
}

async function itemOf(address: string): Promise<Record<string, unknown> | undefined> {
  const { documents } = await import('../../lambdas/aws/dynamodb');
  const { GetCommand } = await import('@aws-sdk/lib-dynamodb');
  const { tableName } = await import('../../lambdas/aws/environment');
  const { shardOf } = await import('../../lambdas/core/identity');
  const subscriberId = await world.idOf(address);
  const Key = { shard: shardOf(subscriberId), subscriberId };
  return (await documents.send(new GetCommand({ TableName: tableName('subscribers'), Key }))).Item;
}

describe('my data', () => {
  test('the export is a file with the whole row and every edition that came', async () => {
    const week = await world.weekWithPapers();
    await world.enlists(['other@example.org']);
    const token = await holder('export@example.org');
    await world.posts('/preferences', { token, search1: 'sparse voxel' });
    freezeDate('2025-06-30T07:00:00Z');
    await world.sendsEdition(week);
    const { status, headers, text } = await world.posts('/preferences/export', { token });
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(headers.get('content-disposition')).toBe('attachment; filename="my-data.json"');
    expect(JSON.parse(text)).toMatchObject({
      subscriptions: [
        {
          subscriber: {
            address: 'export@example.org',
            status: 'active',
            searches: [{ text: 'sparse voxel', since: '2025-03-15T12:00:00.000Z' }],
            consent: { confirmedAt: '2025-01-01T00:00:00.000Z' },
          },
          deliveries: [
            { editionId: `weekly-${week}`, status: 'sent', feedback: expect.any(Array) as string[] },
          ],
        },
      ],
    });
    expect(text).not.toContain(await world.idOf('other@example.org'));
  });

  test('the export has the consent record: what was agreed to, when, where, in which words; and nothing in it is rewritten', async () => {
    const address = 'agreed@example.org';
    await world.reader(address);
    const token = await tokenOf(address);
    const welcome = (await world.inboxOf(address)).at(-1);
    const record = async (): Promise<unknown[]> => (await world.subscriber(address))?.consents ?? [];
    const undo = tokenOf(address, 'undo', new Date('2025-03-15T14:00:00Z'));
    const steps: [hour: number, act: () => Promise<unknown>][] = [
      [13, () => world.posts('/preferences', { token, cadence: 'daily' })],
      [14, () => leaveByOneClick(welcome)],
      [15, async () => world.posts(`/unsubscribe/${await undo}/undo`, {})],
      [16, () => world.posts('/preferences/pause', { token, weeks: '2' })],
      [17, () => world.subscribes(address, { search: 'sparse voxel' })],
    ];
    for (const [hour, act] of steps) {
      const before = await record();
      freezeDate(`2025-03-15T${hour}:00:00Z`);
      await act();
      expect((await record()).slice(0, before.length)).toEqual(before);
    }
    const { text } = await world.posts('/preferences/export', { token });
    const words = { textVersion: agreement.version, textHash: hashOf(agreement), network: '127.0.0.0/24' };
    const entry = (what: string, hour: number, form: string) => ({
      what,
      at: `2025-03-15T${hour}:00:00.000Z`,
      form,
      ...words,
    });
    const { subscriptions } = JSON.parse(text) as { subscriptions: { subscriber: Subscriber }[] };
    expect(subscriptions[0]?.subscriber.consents).toEqual([
      entry('asked', 12, '/subscribe'),
      entry('confirmed', 12, '/confirm'),
      entry('changed', 13, '/preferences'),
      entry('left', 14, 'list-unsubscribe'),
      entry('returned', 15, '/unsubscribe/undo'),
      entry('asked', 17, '/subscribe'),
    ]);
  });

  test('no row of any table tells who was erased: neither their address nor what they read', async () => {
    const address = 'forgotten.one@example.org';
    await world.subscribes(address, { search: 'zyzzyva' });
    await world.reader(address);
    const token = await tokenOf(address);
    await asksForMail('/preferences/address', { token, email: 'forgotten.two@example.org' });
    await asksForMail('/preferences/link', { email: address });
    await pressButton(linkIn((await world.inboxOf('forgotten.two@example.org')).at(-1), '/preferences/move'));
    freezeDate('2025-06-30T07:00:00Z');
    await world.sendsEdition(await world.weekWithPapers());
    const rows = async (): Promise<string> => JSON.stringify((await everything(world)).slice(0, -1));
    expect(await rows()).toMatch(/forgotten.*zyzzyva|zyzzyva.*forgotten/);
    await eraseMe('forgotten.two@example.org');
    expect(await rows()).not.toMatch(/forgotten|zyzzyva/);
    expect(await rows()).toContain(await world.idOf(address));
  });

  test('erasing asks first, and then leaves nothing but the keyed id', async () => {
    const token = await holder('erase@example.org');
    await world.posts('/preferences', { token, cadence: 'daily', search1: 'sparse voxel' });
    const before = await world.subscriber('erase@example.org');
    expect((await world.posts('/preferences/erase', { token })).text).toContain('Erase everything?');
    expect(await world.subscriber('erase@example.org')).toEqual(before);
    expect(await eraseMe('erase@example.org')).toContain('You are erased');
    expect(await itemOf('erase@example.org')).toEqual({
      shard: expect.any(String) as string,
      subscriberId: await world.idOf('erase@example.org'),
      status: 'erased',
      erasedAt: '2025-03-15T12:00:00.000Z',
      revision: 3,
      writeId: expect.any(String) as string,
    });
    expect((await page(token)).text).toContain('Nothing is stored');
    for (const part of ['', '/pause', '/address', '/erase'])
      await world.posts(`/preferences${part}`, {
        token,
        weeks: '1',
        email: 'next@example.org',
        search1: 'x',
      });
    expect(await itemOf('erase@example.org')).toMatchObject({ status: 'erased', revision: 3 });
    expect(await mailsTo('next@example.org')).toEqual([]);
  });

  test('the button works for an hour', async () => {
    await holder('hour@example.org');
    const old = await tokenOf('hour@example.org', 'erase', new Date('2025-03-15T10:59:59Z'));
    expect((await world.posts('/preferences/erase', { token: old })).status).toBe(400);
    expect(await world.subscriber('hour@example.org')).toMatchObject({ status: 'active' });
  });

  test('who comes back is a stranger: nothing of before is known, and old links confirm nothing', async () => {
    await world.reader('back@example.org');
    const [invitation] = await world.inboxOf('back@example.org');
    await world.posts('/preferences', { token: await tokenOf('back@example.org'), search1: 'sparse voxel' });
    freezeDate('2025-03-15T13:00:00Z');
    await eraseMe('back@example.org');
    expect(await pressButton(linkIn(invitation, '/confirm'))).toContain('no longer works');
    await world.reader('back@example.org');
    const row = await world.subscriber('back@example.org');
    expect(row).toMatchObject({ status: 'active', address: 'back@example.org', cadence: 'weekly' });
    expect(row?.searches).toBeUndefined();
  });

  test('an address that bounced stays suppressed when it is erased', async () => {
    await world.enlists(['bounced@example.org']);
    await world.hears('record-feedback', await bounceOf('bounced@example.org'));
    await eraseMe('bounced@example.org');
    expect(await itemOf('bounced@example.org')).toMatchObject({
      status: 'suppressed',
      suppression: { reason: 'bounced' },
    });
    expect(Object.keys((await itemOf('bounced@example.org')) ?? {})).not.toContain('address');
    await world.subscribes('bounced@example.org');
    expect(await world.inboxOf('bounced@example.org')).toHaveLength(0);
  });

  test('a bounce that comes after the erasure suppresses, and brings nothing back', async () => {
    await holder('late-bounce@example.org');
    await eraseMe('late-bounce@example.org');
    await world.hears('record-feedback', await bounceOf('late-bounce@example.org'));
    const item = await itemOf('late-bounce@example.org');
    expect(item).toMatchObject({ status: 'suppressed', erasedAt: '2025-03-15T12:00:00.000Z' });
    expect(Object.keys(item ?? {})).not.toContain('consent');
  });

  test('an edition goes past an erased reader, whose neighbours get theirs, and its books close', async () => {
    const week = await world.weekWithPapers();
    freezeDate('2025-06-30T07:00:00Z');
    const mates = await world.matesIn('2a', 13, { name: 'mate' }); // more than a group
    const gone = mates.slice(0, 11);
    for (const address of gone) await eraseMe(address);
    freezeDate('2025-06-30T07:00:01Z');
    await world.sendsEdition(week);
    expect(await world.copiesOf(`weekly-${week}`, mates)).toEqual([...gone.map(() => 0), 1, 1]);
    const editions = await import('../../lambdas/aws/editions');
    freezeDate('2025-06-30T07:15:00Z');
    await world.machine.invoke('settle-edition', {});
    expect(await editions.find(`weekly-${week}`)).toMatchObject({ status: 'done', books: { closed: true } });
  });
});

const bounceOf = async (address: string) => ({
  source: 'aws.ses',
  detail: {
    eventType: 'Bounce',
    mail: {
      messageId: 'm',
      destination: [address],
      tags: { subscriber: [await world.idOf(address)], mail: ['welcome'] },
    },
    bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: address }] },
  },
});

const asks = async (from: string, to: string): Promise<void> => {
  const answer = await asksForMail('/preferences/address', { token: await tokenOf(from), email: to });
  expect([answer.status, answer.text.includes('Check your new inbox')]).toEqual([202, true]);
};
const linkTo = async (address: string): Promise<string> =>
  linkIn((await world.inboxOf(address)).at(-1), '/preferences/move');

describe('another address', () => {
  test('is confirmed there, and cadence, searches and consent move along', async () => {
    const token = await holder('old@example.org');
    await world.posts('/preferences', { token, cadence: 'daily', locale: 'fr', search1: 'sparse voxel' });
    await asks('old@example.org', 'New@example.org');
    expect(await world.subscriber('old@example.org')).toMatchObject({ status: 'active' });
    expect(await world.subscriber('new@example.org')).toBeUndefined();
    const link = await linkTo('New@example.org');
    for (const method of ['GET', 'HEAD']) await world.opens(link, { method });
    expect(await world.subscriber('new@example.org')).toBeUndefined();
    freezeDate('2025-03-16T12:00:00Z');
    const moved = await pressButton(link);
    expect(moved).toContain('You have moved');
    const at = '2025-03-16T12:00:00.000Z';
    expect(await world.subscriber('new@example.org')).toMatchObject({
      address: 'New@example.org',
      status: 'active',
      cadence: 'daily',
      locale: 'fr',
      searches: [{ text: 'sparse voxel', since: '2025-03-15T12:00:00.000Z' }],
      consent: { askedAt: '2025-01-01T00:00:00.000Z', confirmedAt: at },
      movedFrom: { at, confirmedAt: '2025-01-01T00:00:00.000Z' },
    });
    const { consents } = (await world.subscriber('new@example.org')) ?? {};
    expect(consents?.map(({ what, form }) => [what, form])).toEqual([
      ['changed', '/preferences'],
      ['confirmed', '/preferences/move'],
    ]);
    expect(await world.subscriber('old@example.org')).toMatchObject({
      status: 'unsubscribed',
      consent: { leftAt: at },
      movedTo: { subscriberId: await world.idOf('new@example.org') },
    });
    const fresh = /href="\/preferences\?token=([^"]+)"/.exec(moved)?.[1] ?? '';
    expect((await page(fresh)).text).toContain('New@example.org');
  });

  test('five clicks at once, or a second one later, move once', async () => {
    await holder('twice@example.org');
    await asks('twice@example.org', 'twice@example.net');
    const link = await linkTo('twice@example.net');
    const pages = await Promise.all(Array.from({ length: 5 }, () => pressButton(link)));
    for (const text of [...pages, await pressButton(link)]) expect(text).toContain('You have moved');
    expect(await world.subscriber('twice@example.net')).toMatchObject({ status: 'active', revision: 1 });
    expect(await world.subscriber('twice@example.org')).toMatchObject({
      status: 'unsubscribed',
      revision: 3,
    });
  });

  test('what is under way when they move reaches one of the two addresses at most, and the next edition the new one', async () => {
    const [week, next] = [await world.weekWithPapers(), await world.weekWithPapers()];
    freezeDate('2025-07-07T06:00:00Z');
    await holder('mover@example.org');
    await asks('mover@example.org', 'mover@example.net');
    freezeDate('2025-07-07T07:00:00Z');
    await world.sendsEdition(week);
    freezeDate('2025-07-07T07:30:00Z');
    await pressButton(await linkTo('mover@example.net'));
    freezeDate('2025-07-14T07:00:00Z');
    await world.sendsEdition(next);
    const both = ['mover@example.org', 'mover@example.net'];
    expect(await world.copiesOf(`weekly-${week}`, both)).toEqual([1, 0]);
    expect(await world.copiesOf(`weekly-${next}`, both)).toEqual([0, 1]);
  });

  test('a crash between the two rows leaves both, and pressing again ends the old one', async () => {
    await holder('crash@example.org');
    await asks('crash@example.org', 'crash@example.net');
    const link = await linkTo('crash@example.net');
    const old = await world.subscriber('crash@example.org');
    await pressButton(link);
    const subscribers = await import('../../lambdas/aws/subscribers');
    const ended = await world.subscriber('crash@example.org');
    if (!old || !ended) throw new Error('nobody there');
    await subscribers.save({ ...old, revision: ended.revision + 1 }, ended);
    expect(await pressButton(link)).toContain('You have moved');
    expect(await world.subscriber('crash@example.org')).toMatchObject({ status: 'unsubscribed' });
    expect(await world.subscriber('crash@example.net')).toMatchObject({ status: 'active', revision: 1 });
  });

  test('who leaves by the old address at that very moment has left by the new one too', async () => {
    await world.reader('torn@example.org');
    await asks('torn@example.org', 'torn@example.net');
    const [link, to] = [await linkTo('torn@example.net'), await world.idOf('torn@example.net')];
    const welcome = (await world.inboxOf('torn@example.org')).at(-1);
    const { documents } = await import('../../lambdas/aws/dynamodb');
    documents.middlewareStack.add(
      (next) => async (call) => {
        const written = await next(call);
        const { Item } = call.input as { Item?: { subscriberId?: string; revision?: number } };
        if (Item?.subscriberId === to && Item.revision === 1) await leaveByOneClick(welcome);
        return written;
      },
      { step: 'initialize', name: 'leaves-meanwhile' },
    );
    await pressButton(link);
    documents.middlewareStack.remove('leaves-meanwhile');
    for (const end of ['org', 'net'])
      expect(await world.subscriber(`torn@example.${end}`)).toMatchObject({ status: 'unsubscribed' });
  });

  test('an address that gets it already hears so and keeps what it has; one that bounced gets no mail', async () => {
    await holder('asks@example.org');
    await world.enlists(['taken@example.net']);
    await world.enlists(['bad@example.net'], 'suppressed');
    const taken = await world.subscriber('taken@example.net');
    await asks('asks@example.org', 'taken@example.net');
    await asks('asks@example.org', 'bad@example.net');
    expect(await mailsTo('taken@example.net')).toEqual(['Paperboy comes to this address already']);
    expect(await mailsTo('bad@example.net')).toEqual([]);
    expect(await world.subscriber('taken@example.net')).toEqual(taken);
    expect(await world.subscriber('asks@example.org')).toMatchObject({ status: 'active' });
  });

  test('who joined at the new address meanwhile keeps that subscription, and the old one', async () => {
    await holder('slow@example.org');
    await asks('slow@example.org', 'slow@example.net');
    const link = await linkTo('slow@example.net');
    await world.enlists(['slow@example.net']);
    expect((await world.opens(link)).text).toContain('already');
    const token = tokenIn(link);
    const from = await world.idOf('slow@example.org');
    expect((await world.posts('/preferences/move', { token, from })).text).toContain('already');
    expect(await world.subscriber('slow@example.org')).toMatchObject({ status: 'active' });
  });

  test('who left before can come back by moving there', async () => {
    await world.reader('left@example.net');
    await leaveByOneClick((await world.inboxOf('left@example.net')).at(-1));
    await holder('left@example.org');
    await asks('left@example.org', 'left@example.net');
    await pressButton(await linkTo('left@example.net'));
    expect(await world.subscriber('left@example.net')).toMatchObject({
      status: 'active',
      consent: { leftAt: '2025-03-15T12:00:00.000Z' },
    });
  });

  test('the link works for 48 hours, for the last address asked for, and with nobody else’s row', async () => {
    await holder('picky@example.org');
    await asks('picky@example.org', 'first@example.net');
    const first = await linkTo('first@example.net');
    await asks('picky@example.org', 'second@example.net');
    const second = await linkTo('second@example.net');
    await world.enlists(['stranger@example.org']);
    const from = await world.idOf('stranger@example.org');
    expect((await world.opens(first)).text).toContain('no longer works');
    expect((await world.posts('/preferences/move', { token: tokenIn(second), from })).text).toContain(
      'no longer works',
    );
    const foreign = await tokenOf('second@example.net');
    const own = await world.idOf('picky@example.org');
    expect((await world.posts('/preferences/move', { token: foreign, from: own })).text).toContain(
      'no longer works',
    );
    freezeDate('2025-03-17T12:00:02Z');
    expect((await world.opens(second)).text).toContain('no longer works');
    expect(await world.subscriber('second@example.net')).toBeUndefined();
    expect(await world.subscriber('picky@example.org')).toMatchObject({ status: 'active' });
  });

  test('their export has both addresses, and erasing at the new one erases the old one too', async () => {
    await holder('both@example.org');
    await asks('both@example.org', 'both@example.net');
    await pressButton(await linkTo('both@example.net'));
    const { text } = await world.posts('/preferences/export', { token: await tokenOf('both@example.net') });
    const { subscriptions } = JSON.parse(text) as { subscriptions: { subscriber: Subscriber }[] };
    expect(subscriptions.map(({ subscriber }) => subscriber.address)).toEqual([
      'both@example.net',
      'both@example.org',
    ]);
    await eraseMe('both@example.net');
    for (const end of ['net', 'org'])
      expect(await itemOf(`both@example.${end}`)).toMatchObject({ status: 'erased' });
  });
});
