/** What is stored of a reader, as a file for them, or gone for good. */
import { agreement, hashOf } from '../../lambdas/core/consent';
import { RELIED_ON_MS } from '../../lambdas/core/delivery';
import type { Edition } from '../../lambdas/core/edition';
import { shardOf } from '../../lambdas/core/identity';
import type { Subscriber } from '../../lambdas/core/subscriber';
import { leaveByOneClick, linkIn, pressButton } from '../../local/reader';
import { everything } from '../everything';
import { holdPauses } from '../pauses';
import { type Preferring, startPreferring } from '../preferring';
import { freezeDate } from '../world';

let world: Preferring;
beforeAll(async () => {
  world = await startPreferring();
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterAll(() => world.close());

describe('my data', () => {
  test('the export is a file with the whole row and every edition that came', async () => {
    const week = await world.weekWithPapers();
    await world.enlists(['other@example.org']);
    const token = await world.holder('export@example.org');
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

  test('the export has each edition once, however many there were', async () => {
    const token = await world.holder('loyal@example.org');
    const [deliveries, editions] = [
      await import('../../lambdas/aws/deliveries'),
      await import('../../lambdas/aws/editions'),
    ];
    const subscriberId = await world.idOf('loyal@example.org');
    const ids = Array.from({ length: 20 }, (_, n) => `daily-2024-03-${n + 10}`);
    for (const editionId of ids) {
      const scheduledFor = `${editionId.slice(-10)}T07:00:00.000Z`;
      await editions.list({ editionId, cadence: 'daily', title: editionId, scheduledFor } as Edition);
      const row = { subscriberId, status: 'sent', attempt: 1, at: scheduledFor } as const;
      await deliveries.record({ editionId, shard: shardOf(subscriberId) }, [row]);
    }
    const { text } = await world.posts('/preferences/export', { token });
    const { subscriptions } = JSON.parse(text) as {
      subscriptions: { deliveries: { editionId: string; title: string }[] }[];
    };
    const received = subscriptions[0]?.deliveries ?? [];
    expect(received.map(({ editionId }) => editionId)).toEqual(ids.toReversed());
    expect(received.every(({ editionId, title }) => editionId === title)).toBe(true);
  });

  test('the export has the consent record: what was agreed to, when, where, in which words; and nothing in it is rewritten', async () => {
    const address = 'agreed@example.org';
    await world.reader(address);
    const token = await world.tokenOf(address);
    const welcome = (await world.inboxOf(address)).at(-1);
    const record = async (): Promise<unknown[]> => (await world.subscriber(address))?.consents ?? [];
    const undo = world.tokenOf(address, 'undo', new Date('2025-03-15T14:00:00Z'));
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
    const token = await world.tokenOf(address);
    await world.asksForMail('/preferences/address', { token, email: 'forgotten.two@example.org' });
    await world.asksForMail('/preferences/link', { email: address });
    await pressButton(linkIn((await world.inboxOf('forgotten.two@example.org')).at(-1), '/preferences/move'));
    freezeDate('2025-06-30T07:00:00Z');
    await world.sendsEdition(await world.weekWithPapers());
    const rows = async (): Promise<string> => JSON.stringify((await everything(world)).slice(0, -1));
    expect(await rows()).toMatch(/forgotten.*zyzzyva|zyzzyva.*forgotten/);
    await world.eraseMe('forgotten.two@example.org');
    expect(await rows()).not.toMatch(/forgotten|zyzzyva/);
    expect(await rows()).toContain(await world.idOf(address));
  });

  test('erasing asks first, and then leaves nothing but the keyed id', async () => {
    const token = await world.holder('erase@example.org');
    await world.posts('/preferences', { token, cadence: 'daily', search1: 'sparse voxel' });
    const before = await world.subscriber('erase@example.org');
    expect((await world.posts('/preferences/erase', { token })).text).toContain('Erase everything?');
    expect(await world.subscriber('erase@example.org')).toEqual(before);
    expect(await world.eraseMe('erase@example.org')).toContain('You are erased');
    expect(await world.itemOf('erase@example.org')).toEqual({
      shard: expect.any(String) as string,
      subscriberId: await world.idOf('erase@example.org'),
      status: 'erased',
      erasedAt: '2025-03-15T12:00:00.000Z',
      revision: 3,
      writeId: expect.any(String) as string,
    });
    expect((await world.preferencesOf(token)).text).toContain('Nothing is stored');
    for (const part of ['', '/pause', '/address', '/erase'])
      await world.posts(`/preferences${part}`, {
        token,
        weeks: '1',
        email: 'next@example.org',
        search1: 'x',
      });
    expect(await world.itemOf('erase@example.org')).toMatchObject({ status: 'erased', revision: 3 });
    expect(await world.mailsTo('next@example.org')).toEqual([]);
  });

  test('erasing is answered only when no mail can start any more that rests on the row as it was', async () => {
    await world.holder('waits@example.org');
    const { held, release, restore } = holdPauses((ms) => ms === 2 * RELIED_ON_MS);
    const events: string[] = [];
    const answer = world.eraseMe('waits@example.org').then((page) => {
      events.push('answered');
      return page;
    });
    await Promise.race([held, answer]);
    expect(await world.itemOf('waits@example.org')).toMatchObject({ status: 'erased' }); // and then it waits
    expect((await world.opens('/about')).status).toBe(200);
    events.push('released');
    release();
    expect(await answer).toContain('You are erased');
    expect(events).toEqual(['released', 'answered']);
    restore();
  });

  test('the button works for an hour', async () => {
    await world.holder('hour@example.org');
    const old = await world.tokenOf('hour@example.org', 'erase', new Date('2025-03-15T10:59:59Z'));
    expect((await world.posts('/preferences/erase', { token: old })).status).toBe(400);
    expect(await world.subscriber('hour@example.org')).toMatchObject({ status: 'active' });
  });

  test('who comes back is a stranger: nothing of before is known, and old links confirm nothing', async () => {
    await world.reader('back@example.org');
    const [invitation] = await world.inboxOf('back@example.org');
    await world.posts('/preferences', {
      token: await world.tokenOf('back@example.org'),
      search1: 'sparse voxel',
    });
    freezeDate('2025-03-15T13:00:00Z');
    await world.eraseMe('back@example.org');
    expect(await pressButton(linkIn(invitation, '/confirm'))).toContain('no longer works');
    await world.reader('back@example.org');
    const row = await world.subscriber('back@example.org');
    expect(row).toMatchObject({ status: 'active', address: 'back@example.org', cadence: 'weekly' });
    expect(row?.searches).toBeUndefined();
  });

  test('an address that bounced stays suppressed when it is erased', async () => {
    await world.enlists(['bounced@example.org']);
    await world.hears('record-feedback', await world.bounceOf('bounced@example.org'));
    await world.eraseMe('bounced@example.org');
    expect(await world.itemOf('bounced@example.org')).toMatchObject({
      status: 'suppressed',
      suppression: { reason: 'bounced' },
    });
    expect(Object.keys((await world.itemOf('bounced@example.org')) ?? {})).not.toContain('address');
    await world.subscribes('bounced@example.org');
    expect(await world.inboxOf('bounced@example.org')).toHaveLength(0);
  });

  test('a bounce that comes after the erasure suppresses, and brings nothing back', async () => {
    await world.holder('late-bounce@example.org');
    await world.eraseMe('late-bounce@example.org');
    await world.hears('record-feedback', await world.bounceOf('late-bounce@example.org'));
    const item = await world.itemOf('late-bounce@example.org');
    expect(item).toMatchObject({ status: 'suppressed', erasedAt: '2025-03-15T12:00:00.000Z' });
    expect(Object.keys(item ?? {})).not.toContain('consent');
  });

  test('an edition goes past an erased reader, whose neighbours get theirs, and its books close', async () => {
    const week = await world.weekWithPapers();
    freezeDate('2025-06-30T07:00:00Z');
    const mates = await world.matesIn('2a', 13, { name: 'mate' }); // more than a group
    const gone = mates.slice(0, 11);
    await Promise.all(gone.map((address) => world.eraseMe(address)));
    freezeDate('2025-06-30T07:00:01Z');
    await world.sendsEdition(week);
    expect(await world.copiesOf(`weekly-${week}`, mates)).toEqual([...gone.map(() => 0), 1, 1]);
    const editions = await import('../../lambdas/aws/editions');
    freezeDate('2025-06-30T07:15:00Z');
    await world.machine.invoke('settle-edition', {});
    expect(await editions.find(`weekly-${week}`)).toMatchObject({ status: 'done', books: { closed: true } });
  });
});
