/** Without `joining.proof`, which is off by default: nothing of the proof of work is there. */
import { freezeDate, startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ newsletter: { limits: { invitations: 10 } } });
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterAll(() => world.close());

test('no page has a script or lets one run, and the form has no field for a proof', async () => {
  for (const path of ['/', '/?q=tea', '/about']) {
    const { text, headers } = await world.opens(path);
    expect(text).not.toMatch(/<script|altcha/);
    expect(headers.get('content-security-policy')).not.toMatch(/script-src|connect-src/);
  }
  const about = (await world.opens('/about')).text.replaceAll(/\s+/g, ' ');
  expect(about).toContain(
    'No cookie, no script, nothing from other sites. To keep the form from being abused,',
  );
});

test('challenge and script are pages that are not there', async () => {
  for (const path of ['/proof', '/proof.js']) {
    const [{ status, text }, nowhere] = [await world.opens(path), await world.opens('/nowhere')];
    expect([status, text]).toEqual([404, nowhere.text]);
  }
});

test('all share one limit, whatever is in the field', async () => {
  const addresses = Array.from({ length: 12 }, (_, n) => `visitor${n}@example.org`);
  for (const email of addresses) await world.posts('/subscribe', { email, altcha: 'anything' });
  await world.machine.idle();
  const mails = await Promise.all(addresses.map((address) => world.inboxOf(address)));
  expect(mails.flat()).toHaveLength(10);
});
