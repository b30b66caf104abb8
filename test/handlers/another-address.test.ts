/** A reader takes their subscription along to another address, confirmed there. */
import type { Subscriber } from '../../lambdas/core/subscriber';
import { leaveByOneClick, linkIn, pressButton } from '../../local/reader';
import { type Preferring, startPreferring } from '../preferring';
import { freezeDate, tokenIn } from '../world';

let world: Preferring;
beforeAll(async () => {
  world = await startPreferring();
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterAll(() => world.close());

const asks = async (from: string, to: string): Promise<void> => {
  const answer = await world.asksForMail('/preferences/address', {
    token: await world.tokenOf(from),
    email: to,
  });
  expect([answer.status, answer.text.includes('Check your new inbox')]).toEqual([202, true]);
};
const linkTo = async (address: string): Promise<string> =>
  linkIn((await world.inboxOf(address)).at(-1), '/preferences/move');

describe('another address', () => {
  test('is confirmed there, and cadence, searches and consent move along', async () => {
    const token = await world.holder('old@example.org');
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
    expect((await world.preferencesOf(fresh)).text).toContain('New@example.org');
  });

  test('five clicks at once, or a second one later, move once', async () => {
    await world.holder('twice@example.org');
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
    await world.holder('mover@example.org');
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
    await world.holder('crash@example.org');
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
    await world.holder('asks@example.org');
    await world.enlists(['taken@example.net']);
    await world.enlists(['bad@example.net'], 'suppressed');
    const taken = await world.subscriber('taken@example.net');
    await asks('asks@example.org', 'taken@example.net');
    await asks('asks@example.org', 'bad@example.net');
    expect(await world.mailsTo('taken@example.net')).toEqual(['Paperboy comes to this address already']);
    expect(await world.mailsTo('bad@example.net')).toEqual([]);
    expect(await world.subscriber('taken@example.net')).toEqual(taken);
    expect(await world.subscriber('asks@example.org')).toMatchObject({ status: 'active' });
  });

  test('who joined at the new address meanwhile keeps that subscription, and the old one', async () => {
    await world.holder('slow@example.org');
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
    await world.holder('left@example.org');
    await asks('left@example.org', 'left@example.net');
    await pressButton(await linkTo('left@example.net'));
    expect(await world.subscriber('left@example.net')).toMatchObject({
      status: 'active',
      consent: { leftAt: '2025-03-15T12:00:00.000Z' },
    });
  });

  test('the link works for 48 hours, for the last address asked for, and with nobody else’s row', async () => {
    await world.holder('picky@example.org');
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
    const foreign = await world.tokenOf('second@example.net');
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
    await world.holder('both@example.org');
    await asks('both@example.org', 'both@example.net');
    await pressButton(await linkTo('both@example.net'));
    const { text } = await world.posts('/preferences/export', {
      token: await world.tokenOf('both@example.net'),
    });
    const { subscriptions } = JSON.parse(text) as { subscriptions: { subscriber: Subscriber }[] };
    expect(subscriptions.map(({ subscriber }) => subscriber.address)).toEqual([
      'both@example.net',
      'both@example.org',
    ]);
    await world.eraseMe('both@example.net');
    for (const end of ['net', 'org'])
      expect(await world.itemOf(`both@example.${end}`)).toMatchObject({ status: 'erased' });
  });
});
