/** Proof of work at the sign-up form: a sum that costs a browser a second, signed so that nobody picks an easier one. */
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import * as z from 'zod/mini';
import { keyFor, type Keys } from './identity';

const VALID_MS = 15 * 60_000;

/** Of how many tries one is; each is this many rounds of PBKDF2, which no program does much faster than a browser. */
export const TRIES = { least: 1_000, most: 2_000 };
const ROUNDS = 5_000;

/** A challenge of ALTCHA's second version, solved by counting up to `tries`: https://github.com/altcha-org/altcha-lib */
export function challengeOf(tries: number, keys: Keys, now: Date): Promise<Challenge> {
  return createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ROUNDS,
    counter: tries,
    deriveKey,
    expiresAt: new Date(now.getTime() + VALID_MS),
    ...secretsFrom(keys),
  });
}

/** A key that the operator replaced takes open challenges with it: the forms that bring them count as without proof. */
const secretsFrom = (keys: Keys) => ({
  hmacSignatureSecret: keyFor(keys, 'challenge'),
  hmacKeySignatureSecret: keyFor(keys, 'solution'),
});

const hex = z.string().check(z.regex(/^(?:[0-9a-f]{2}){1,64}$/));
const whole = z.int().check(z.nonnegative());

const Solved = z.object({
  challenge: z.object({
    // what is signed is all of it, so nothing may come along that was not there
    parameters: z.strictObject({
      algorithm: z.string(),
      nonce: hex,
      salt: hex,
      cost: whole,
      keyLength: whole,
      keyPrefix: hex,
      keySignature: hex,
      expiresAt: whole,
    }),
    signature: hex,
  }),
  solution: z.object({ counter: whole, derivedKey: hex }),
});

/**
 * The challenge that was solved, if it is one of ours in its time: its name, and when it ends. The text is the base64 of
 * ALTCHA's JSON, `{ challenge, solution }`; whatever else somebody sends solves nothing.
 */
export async function solvedBy(
  text: string,
  keys: Keys,
  now: Date,
): Promise<{ challengeId: string; expiresAt: Date } | undefined> {
  const read = Solved.safeParse(parsed(text));
  if (!read.success) return undefined;
  const { challenge } = read.data;
  const expiresAt = new Date(challenge.parameters.expiresAt * 1000);
  if (expiresAt <= now) return undefined;
  const { verified } = await verifySolution({ ...read.data, deriveKey, ...secretsFrom(keys) });
  return verified ? { challengeId: challenge.signature, expiresAt } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString());
  } catch {
    return undefined; // no JSON is no solution
  }
}
