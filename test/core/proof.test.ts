/** Proof of work: what counts as one, and what is as good as none. */
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Challenge, Solution } from 'altcha-lib/types';
import * as fc from 'fast-check';
import type { Keys } from '../../lambdas/core/identity';
import { withoutProof } from '../../lambdas/core/limits';
import { challengeOf, solvedBy } from '../../lambdas/core/proof';

const keys: Keys = { current: 'k1', k1: 'the first key has thirty-two letters' };
const others: Keys = { current: 'k1', k1: 'another newsletter has another key' };
const now = new Date();
const minutesLater = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

interface Proof {
  challenge: Challenge;
  solution: Solution;
}
const encoded = (proof: unknown): string => Buffer.from(JSON.stringify(proof)).toString('base64');

/** Few tries, so that tests don't take long. */
async function aProof(of: Keys = keys): Promise<Proof> {
  const challenge = await challengeOf(7, of, now);
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error("Can't solve the challenge");
  return { challenge, solution };
}

test('who counted as far as the challenge asks has a proof, for as long as the challenge lasts', async () => {
  const { challenge, solution } = await aProof();
  expect(solution.counter).toBe(7);
  const text = encoded({ challenge, solution });
  const solved = await solvedBy(text, keys, now);
  expect(solved?.challengeId).toBe(challenge.signature);
  expect(solved?.expiresAt.getTime()).toBe(Math.floor(minutesLater(15).getTime() / 1000) * 1000);
  expect(await solvedBy(text, keys, minutesLater(14.9))).toEqual(solved);
  expect(await solvedBy(text, keys, minutesLater(15))).toBeUndefined();
});

test('no two challenges are the same', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => challengeOf(7, keys, now)));
  expect(new Set(made.map(({ signature }) => signature)).size).toBe(20);
});

const change = (parameters: object) => (proof: Proof) => ({
  ...proof,
  challenge: { ...proof.challenge, parameters: { ...proof.challenge.parameters, ...parameters } },
});
const answer = (solution: object) => (proof: Proof) => ({
  ...proof,
  solution: { ...proof.solution, ...solution },
});
const without = (name: string) => (proof: Proof) => ({ ...proof, [name]: undefined });

test.each<[string, (proof: Proof) => unknown]>([
  ['that lasts longer', change({ expiresAt: Math.floor(now.getTime() / 1000) + 86_400 })],
  ['that costs less', change({ cost: 1 })],
  ['that is solved by any key', change({ keyPrefix: '00' })],
  ['with a signature for a key of their own', change({ keySignature: '00'.repeat(32) })],
  ['with another nonce', change({ nonce: '00'.repeat(16) })],
  ['of another kind', change({ algorithm: 'SHA-256' })],
  ['with a word more', change({ data: { paid: true } })],
  ['with one word less', change({ keySignature: undefined })],
  ['that nobody signed', (proof) => ({ ...proof, challenge: { parameters: proof.challenge.parameters } })],
  ['with another answer', answer({ derivedKey: '00'.repeat(32) })],
  [
    'with its answer in capitals',
    (proof) => answer({ derivedKey: proof.solution.derivedKey.toUpperCase() })(proof),
  ],
  [
    'with half of its answer',
    (proof) => answer({ derivedKey: proof.solution.derivedKey.slice(0, 32) })(proof),
  ],
  ['with no answer', without('solution')],
  ['that is not there', without('challenge')],
])('a challenge %s proves nothing', async (_, changed) => {
  const proof = await aProof();
  expect(await solvedBy(encoded(changed(proof)), keys, now)).toBeUndefined();
});

test('the proof of another newsletter proves nothing here, nor one from before a new key', async () => {
  expect(await solvedBy(encoded(await aProof(others)), keys, now)).toBeUndefined();
  const rotated: Keys = { ...keys, current: 'k2', k2: 'the second key has thirty-two letters' };
  expect(await solvedBy(encoded(await aProof()), rotated, now)).toBeUndefined();
  const fresh = await aProof(rotated);
  expect(await solvedBy(encoded(fresh), rotated, now)).toMatchObject({
    challengeId: fresh.challenge.signature,
  });
});

test('whatever somebody sends instead proves nothing, and is no fault', async () => {
  const anything = fc.oneof(fc.string(), fc.jsonValue().map(encoded), fc.base64String());
  const property = fc.asyncProperty(anything, async (text) => {
    expect(await solvedBy(text, keys, now)).toBeUndefined();
  });
  await fc.assert(property);
});

test.each([
  [1_000, 100],
  [19, 1],
  [10, 1],
  [1, 1],
])('of %i invitations an hour, forms without a proof have %i', (all, some) => {
  expect(withoutProof(all)).toBe(some);
});
