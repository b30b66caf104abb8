/** GET and POST /preferences…: a reader changes what comes, with nothing but a link; whoever only looks changes nothing. */
import type { Subscriber } from '../../lambdas/core/subscriber';
import { linkIn } from '../../local/reader';
import { type Preferring, startPreferring } from '../preferring';
import { freezeDate } from '../world';

let world: Preferring;
beforeAll(async () => {
  world = await startPreferring();
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterAll(() => world.close());

const searchesOf = ({ searches = [] }: Subscriber | undefined = {} as Subscriber): string[] =>
  searches.filter(({ until }) => !until).map(({ text }) => text);

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
    const token = await world.holder('grace@example.org');
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
    const { text } = await world.preferencesOf(token);
    expect(text).toContain('value="&quot;graph of thoughts&quot;"');
    expect(text).toMatch(/value="daily"\s+checked/);
    expect(text).toMatch(/value="Asia\/Tokyo"\s+selected/);
    expect(text).toContain('3.–9. März 2025');
  });

  test('a search that is emptied is given up, one that is left alone keeps its age, and a form without searches keeps all', async () => {
    const token = await world.holder('edits@example.org');
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
    const token = await world.holder('five@example.org');
    await world.posts('/preferences', { token, ...five('old') });
    await world.posts('/preferences', { token, ...five('new'), search6: 'six' });
    expect(searchesOf(await world.subscriber('five@example.org'))).toEqual(
      [1, 2, 3, 4, 5].map((n) => `new ${n}`),
    );
  });

  test('each search says how many papers it would have matched last week', async () => {
    const token = await world.holder('counts@example.org');
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
    const token = await world.holder(`wrong${wrong.length}@example.org`);
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
    const token = await world.holder('large@example.org');
    const { status } = await world.posts('/preferences', { token, search1: 'x'.repeat(10_000) });
    expect(status).toBe(413);
    expect(await world.subscriber('large@example.org')).toMatchObject({ revision: 1 });
  });
});

describe('links', () => {
  test('looking changes nothing, neither with GET nor with HEAD', async () => {
    const token = await world.holder('looked@example.org');
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
    const token = await world.holder('safe@example.org');
    const foreign = await Promise.all(
      (['confirm', 'unsubscribe', 'one-click', 'change-address'] as const).map((purpose) =>
        world.tokenOf('safe@example.org', purpose, new Date()),
      ),
    );
    const before = await world.subscriber('safe@example.org');
    const fields = { weeks: '3', email: 'new@example.org', cadence: 'daily' };
    for (const wrong of [...foreign, token.slice(0, -1), `${token}x`, token.replace(/^k1/, 'k2'), 'x']) {
      const shown = await world.preferencesOf(wrong);
      expect([shown.status, shown.text.includes('This link is incomplete')]).toEqual([400, true]);
      expect(shown.text).toContain('action="/preferences/link"');
      for (const part of ['', '/pause', '/address', '/export', '/erase']) {
        const answer = await world.posts(`/preferences${part}`, { token: wrong, ...fields });
        expect([part, answer.status]).toEqual([part, 400]);
      }
    }
    const sure = await world.tokenOf('safe@example.org', 'erase', new Date());
    for (const part of ['', '/pause', '/address', '/export'])
      expect((await world.posts(`/preferences${part}`, { token: sure, ...fields })).status).toBe(400);
    expect((await world.opens(`/preferences?token=${token}&token=${token}`)).status).toBe(400);
    expect(await world.subscriber('safe@example.org')).toEqual(before);
    expect(await world.inboxOf('new@example.org')).toHaveLength(0);
  });

  test('a field that is there twice is refused, and so is what no form of ours sends', async () => {
    const token = await world.holder('odd@example.org');
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
    const token = await world.holder('tired@example.org');
    const paused = await world.posts('/preferences/pause', { token, weeks: '1' });
    expect(paused.text).toContain('Paused.');
    expect(paused.text).toContain('29 March 2025');
    expect(paused.text).toContain('Resume now');
    freezeDate('2025-03-24T07:00:00Z');
    expect(await world.sendsEdition(week)).toMatchObject({ outcome: 'built' });
    expect(await world.digestsOf('tired@example.org')).toHaveLength(0);
    expect(await world.rowOf(`weekly-${week}`, 'tired@example.org')).toMatchObject({
      status: 'skipped',
      reason: 'paused',
    });
    freezeDate('2025-03-31T07:00:00Z');
    await world.sendsEdition(next);
    expect(await world.digestsOf('tired@example.org')).toHaveLength(1);
    expect((await world.preferencesOf(token)).text).not.toContain('Resume now');
  });

  test('can be ended at once', async () => {
    const token = await world.holder('rested@example.org');
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
    await world.asksForMail('/preferences/link', { email: 'lost@EXAMPLE.org' });
    const [mail] = await world.inboxOf('Lost@example.org');
    expect(mail?.subject).toBe('Your preferences for Paperboy');
    expect((await world.opens(linkIn(mail, '/preferences'))).text).toContain('Lost@example.org');
  });

  test('the answer is the same, byte for byte, whoever is asked for, and only readers get mail', async () => {
    await world.enlists(['reader@example.net']);
    for (const status of ['pending', 'unsubscribed', 'suppressed'] as const)
      await world.enlists([`${status}@example.net`], status);
    await world.holder('erased@example.net');
    await world.eraseMe('erased@example.net');
    const names = ['reader', 'pending', 'unsubscribed', 'suppressed', 'erased', 'stranger'];
    const answers = [];
    for (const name of names)
      answers.push(await world.asksForMail('/preferences/link', { email: `${name}@example.net` }));
    for (const answer of answers) {
      expect(answer.status).toBe(202);
      expect(answer.text).toBe(answers[0]?.text);
      expect(namesAndValues(answer.headers)).toEqual(namesAndValues(answers[0]?.headers ?? new Headers()));
    }
    const mails = await Promise.all(
      names.map(async (name) => (await world.mailsTo(`${name}@example.net`)).length),
    );
    expect(mails).toEqual([1, 0, 0, 0, 0, 0]);
  });

  test('nobody is flooded: three mails a day, with the invitations; robots get none sent', async () => {
    await world.enlists(['flooded@example.org', 'bait@example.org']);
    for (let n = 0; n < 5; n++)
      await world.asksForMail('/preferences/link', { email: 'flooded@example.org' });
    expect(await world.inboxOf('flooded@example.org')).toHaveLength(3);
    const robot = await world.asksForMail('/preferences/link', { email: 'bait@example.org', website: 'x' });
    expect([robot.status, await world.mailsTo('bait@example.org')]).toEqual([202, []]);
    expect((await world.asksForMail('/preferences/link', { email: 'no address' })).status).toBe(400);
  });
});
