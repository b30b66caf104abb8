/** Proof of work at the form, where the operator wants it: what it is worth, and that nobody is turned away for lack of one. */
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import { challengeOf } from '../../lambdas/core/proof';
import { mailsOf } from '../../local/mailbox';
import { subscribesFrom } from '../gateway';
import { freezeDate, startWorld, type World } from '../world';

const BLOG = 'https://blog.example.org';
const LIMITS = { invitationsPerNetwork: 1_000, invitations: 30 };
/** A tenth, for all those together who bring no proof. */
const WITHOUT = 3;

let world: World;
let day = 0;
beforeAll(async () => {
  world = await startWorld({ newsletter: { limits: LIMITS, joining: { proof: true, origins: [BLOG] } } });
});
/** A day of its own for each test: what others used up is free again. */
beforeEach(() => freezeDate(`2025-03-${++day + 10}T12:00:00Z`));
afterAll(() => world.close());

const until = (time: string): void => freezeDate(`2025-03-${day + 10}T${time}Z`);

async function solved(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

/** Of a challenge as the site makes them, but solved after a few tries: a real one takes a second of a processor. */
const proof = async (): Promise<string> => solved(await challengeOf(7, await world.keys(), new Date()));

let visitors = 0;
/** A new address asks; says whether a mail came. */
async function getsMail(altcha?: string): Promise<boolean> {
  const email = `visitor${++visitors}@example.org`;
  await world.posts('/subscribe', { email, ...(altcha !== undefined && { altcha }) });
  await world.machine.idle();
  return (await world.inboxOf(email)).length === 1;
}

async function mailsFrom(what: () => Promise<unknown>): Promise<number> {
  const before = (await mailsOf(world.machine.mails)).length;
  await what();
  await world.machine.idle();
  return (await mailsOf(world.machine.mails)).length - before;
}

/** Robots, each with a network and an address of its own. */
const bomb = (robots: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: robots }, (_, n) =>
      subscribesFrom(`198.18.${day}.${n}`, { email: `bombed${day}-${n}@example.org` }),
    ),
  );

test('robots without a proof bomb a tenth as many mailboxes, and leave the rest to people with one', async () => {
  expect(await mailsFrom(() => bomb(40))).toBe(WITHOUT);
  expect(await getsMail()).toBe(false);
  expect(await getsMail(await proof())).toBe(true);
});

test('a visitor without scripts is no worse off while no robot is at work', async () => {
  expect(await getsMail()).toBe(true);
  expect(await getsMail('')).toBe(true);
});

test('those with a proof have what all have together, and no more', async () => {
  const more = LIMITS.invitations - WITHOUT;
  const { hasRoom } = await import('../../lambdas/aws/counters');
  for (let n = 0; n < more - 1; n++) await hasRoom('invitations#all', LIMITS.invitations, 'hour', new Date());
  expect(await mailsFrom(() => bomb(10))).toBe(WITHOUT);
  expect([await getsMail(await proof()), await getsMail(await proof())]).toEqual([true, false]);
});

const foreign = { current: 'k1', k1: 'the key of some other newsletter' };
test.each<[string, () => Promise<string>]>([
  ['no proof', () => Promise.resolve('')],
  ['nonsense', () => Promise.resolve('nonsense')],
  ['a very long one', () => Promise.resolve('A'.repeat(5_000))],
  ['a challenge that was not solved', () => Promise.resolve(unsolved())],
  ['the proof of another newsletter', async () => solved(await challengeOf(7, foreign, new Date()))],
  ['one that came too late', tooLate],
  ['one that was used before', usedBefore],
  ['one that was used in the hour before', usedBeforeTheHour],
])('%s is as good as none: the same answer, among the few', async (_, altcha) => {
  const text = await altcha();
  await bomb(WITHOUT);
  const stranger = await world.posts('/subscribe', { email: 'stranger@example.org' });
  const answer = await world.posts('/subscribe', { email: 'tries@example.org', altcha: text });
  expect([answer.status, answer.text]).toEqual([stranger.status, stranger.text]);
  expect(answer.status).toBe(202);
  await world.machine.idle();
  expect(await world.subscriber('tries@example.org')).toBeUndefined();
});

const unsolved = (): string => Buffer.from('{"challenge":{},"solution":{}}').toString('base64');

async function tooLate(): Promise<string> {
  const text = await proof();
  until('12:15:00');
  return text;
}

async function usedBefore(): Promise<string> {
  const text = await proof();
  expect(await getsMail(text)).toBe(true);
  return text;
}

async function usedBeforeTheHour(): Promise<string> {
  until('12:55:00');
  const text = await usedBefore();
  until('13:05:00');
  return text;
}

test('a proof that comes many times at once counts once', async () => {
  const altcha = await proof();
  const at = (n: number) => subscribesFrom(`198.19.0.${n}`, { email: `at-once${n}@example.org`, altcha });
  const mails = await mailsFrom(() => Promise.all(Array.from({ length: 12 }, (_, n) => at(n))));
  expect(mails).toBe(1 + WITHOUT);
});

test.each([
  ['given twice', 'altcha=one&altcha=two'],
  ['of another kind', 'altcha={}'],
])('a proof %s turns nobody away', async (_, field) => {
  const email = `odd${day}@example.org`;
  const body = new URLSearchParams(`email=${email}&${field}`);
  expect((await world.opens('/subscribe', { method: 'POST', body })).status).toBe(202);
  await world.machine.idle();
  expect(await world.inboxOf(email)).toHaveLength(1);
});

test('a script of a site that the operator knows gets a challenge, and posts its proof as JSON', async () => {
  const headers = { origin: BLOG, accept: 'application/json' };
  const asked = await world.opens('/proof', { headers });
  expect(asked.headers.get('access-control-allow-origin')).toBe(BLOG);
  expect(JSON.parse(asked.text)).toMatchObject({ parameters: { algorithm: 'PBKDF2/SHA-256' } });
  const altcha = await proof(); // its own takes a browser a second: test/long/proof-in-a-browser
  await bomb(WITHOUT);
  const posted = await world.postsJson('/subscribe', { email: 'script@example.org', altcha });
  expect(posted.status).toBe(202);
  expect((await world.postsJson('/subscribe', { email: 'odd@example.org', altcha: { a: 1 } })).status).toBe(
    202,
  );
  await world.machine.idle();
  expect(await world.inboxOf('script@example.org')).toHaveLength(1);
  expect(await world.inboxOf('odd@example.org')).toHaveLength(0);
});

test('each challenge is for one visitor alone, so no cache keeps it', async () => {
  const [one, two] = [await world.opens('/proof'), await world.opens('/proof')];
  expect([one.status, one.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(one.text).not.toBe(two.text);
});

const policy = async (path: string): Promise<string | null> =>
  (await world.opens(path)).headers.get('content-security-policy');

test('the pages with the form allow the one script of the site itself; no other page does', async () => {
  const { text } = await world.opens('/');
  expect(text.match(/<script[^>]*>[^<]*/g)).toEqual(['<script src="/proof.js" defer>']);
  expect(text).toMatch(/<input type="hidden" name="altcha"/);
  for (const path of ['/', '/?q=tea'])
    expect(await policy(path)).toMatch(/default-src 'none'.*; script-src 'self'; connect-src 'self'$/);
  for (const path of ['/editions', '/about', '/subscribe', '/preferences', '/nowhere'])
    expect(await policy(path)).not.toMatch(/script-src|connect-src/);
});

test('the script is kept for a day, and is no page', async () => {
  const { status, headers } = await world.opens('/proof.js');
  expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
    200,
    'text/javascript; charset=utf-8',
    'public, max-age=86400',
  ]);
});

test('the page on privacy tells of the script', async () => {
  const about = (await world.opens('/about')).text.replaceAll(/\s+/g, ' ');
  expect(about).toContain('No cookie, one script of our own, which');
});
