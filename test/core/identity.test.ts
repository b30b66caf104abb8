/** Keyed names: subscriber ids, lanes, and the tokens in links. */
import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import type { Address } from '../../lambdas/core/address';
import { Keys, shardOf, shards, sign, subscriberIdOf, verify } from '../../lambdas/core/identity';

const first = 'the first key has thirty-two letters';
const second = 'the second key has thirty-two letters';
const keys: Keys = { current: 'k1', k1: first };
const rotated: Keys = { current: 'k2', k1: first, k2: second };
const ada = subscriberIdOf('ada@example.org' as Address, keys);
const issued = new Date('2025-03-10T08:00:00Z');

test('a link says whom it is for and when it was made, to the second', () => {
  const token = sign(keys, 'confirm', ada, new Date('2025-03-10T08:00:00.789Z'));
  expect(verify(keys, 'confirm', token)).toEqual({ subscriberId: ada, issuedAt: issued });
});

test('a link without a time never expires', () => {
  const token = sign(keys, 'unsubscribe', ada);
  expect(verify(keys, 'unsubscribe', token)).toEqual({ subscriberId: ada, issuedAt: new Date(0) });
  expect(sign(keys, 'unsubscribe', ada)).toBe(token);
});

test('a token is at most 70 letters that need no encoding in a URL', () => {
  const token = sign(rotated, 'confirm', ada, new Date('2999-12-31'));
  expect(token).toMatch(/^[\w.-]{1,70}$/);
});

test('a token with any letter changed, lost or added is nobody’s', () => {
  const token = sign(keys, 'confirm', ada, issued);
  const others = token.split('').flatMap((letter, n) => {
    const [before, after] = [token.slice(0, n), token.slice(n + 1)];
    const flipped = String.fromCharCode(letter.charCodeAt(0) ^ 1);
    const case_ = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
    return [flipped, case_, '', `${letter}A`, '.', '\n']
      .filter((other) => other !== letter)
      .map((other) => before + other + after);
  });
  expect(others.length).toBeGreaterThan(300);
  expect(others.filter((other) => verify(keys, 'confirm', other))).toEqual([]);
});

test('no bit of a signature is spare', () => {
  const token = sign(keys, 'confirm', ada, issued);
  const [head, signature] = [token.slice(0, -24), Buffer.from(token.slice(-24), 'base64url')];
  for (let bit = 0; bit < signature.length * 8; bit++) {
    const other = Buffer.from(signature);
    other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7));
    expect(verify(keys, 'confirm', head + other.toString('base64url'))).toBeUndefined();
  }
});

test.each([
  ['padded', (token: string) => `${token}=`],
  ['in the other alphabet of base64', (token: string) => token.replaceAll('-', '+').replaceAll('_', '/')],
  ['percent-encoded', (token: string) => token.replaceAll('.', '%2E')],
  ['with a line break at the end', (token: string) => `${token}\n`],
  ['with a space before', (token: string) => ` ${token}`],
  ['with a fifth part', (token: string) => `${token}.`],
  ['with a leading zero in its time', (token: string) => token.replace(/\.(\w+)\.([\w-]{24})$/, '.0$1.$2')],
  ['cut off', (token: string) => token.slice(0, 40)],
  ['empty', () => ''],
  ['of dots', () => '...'],
])('a token that is %s is nobody’s', (_, change) => {
  // this reader's token has letters that differ between the alphabets
  const id = [...Array(500).keys()]
    .map((n) => subscriberIdOf(`reader${n}@example.org` as Address, keys))
    .find((one) => /-/.test(sign(keys, 'confirm', one, issued)) && /_/.test(one)) as string;
  expect(verify(keys, 'confirm', sign(keys, 'confirm', id, issued))).toMatchObject({ subscriberId: id });
  expect(verify(keys, 'confirm', change(sign(keys, 'confirm', id, issued)))).toBeUndefined();
});

test.each([
  ['confirm', 'unsubscribe'],
  ['confirm', 'one-click'],
  ['unsubscribe', 'confirm'],
  ['unsubscribe', 'one-click'],
  ['one-click', 'confirm'],
  ['one-click', 'unsubscribe'],
] as const)('a link to %s is none to %s', (purpose, other) => {
  expect(verify(keys, other, sign(keys, purpose, ada, issued))).toBeUndefined();
});

test('one reader’s signature is no good for another', () => {
  const grace = subscriberIdOf('grace@example.org' as Address, keys);
  const token = sign(keys, 'unsubscribe', ada);
  expect(verify(keys, 'unsubscribe', token.replace(ada, grace))).toBeUndefined();
});

test('after a rotation old links still work, and new ones carry the new key', () => {
  const [old, fresh] = [sign(keys, 'unsubscribe', ada), sign(rotated, 'unsubscribe', ada)];
  expect(verify(rotated, 'unsubscribe', old)?.subscriberId).toBe(ada);
  expect(fresh.startsWith('k2.')).toBe(true);
  expect(verify(rotated, 'unsubscribe', fresh)?.subscriberId).toBe(ada);
  expect(verify(keys, 'unsubscribe', fresh)).toBeUndefined();
});

test('a rotation leaves every reader the same id', () => {
  expect(subscriberIdOf('ada@example.org' as Address, rotated)).toBe(ada);
});

test.each(['current', '__proto__', 'constructor', 'hasOwnProperty', 'toString', 'k9', 'K1', ''])(
  'a token that names the key %j is nobody’s',
  (keyId) => {
    const token = sign(keys, 'confirm', ada, issued).replace(/^k1/, keyId);
    expect(verify(keys, 'confirm', token)).toBeUndefined();
    expect(verify({ ...keys, current: 'k1' }, 'confirm', token)).toBeUndefined();
  },
);

test.each([
  ['one key', { current: 'k1', k1: first }, true],
  ['two keys', rotated, true],
  ['a current key that is not there', { current: 'k2', k1: first }, false],
  ['"current" itself as the key', { current: 'current', k1: first }, false],
  ['"__proto__" as the key', { current: '__proto__', k1: first }, false],
  ['"constructor" as the key', { current: 'constructor', k1: first }, false],
  ['no k1, which makes the ids', { current: 'k2', k2: second }, false],
  ['a short key', { current: 'k1', k1: 'short' }, false],
  ['a second key that is short', { current: 'k1', k1: first, k2: 'short' }, false],
  ['a name that would break a token apart', { current: 'k.2', k1: first, 'k.2': second }, false],
  ['a name that makes tokens long', { current: 'k1', k1: first, akeywithalongname: second }, false],
])('a secret with %s', (_, secret, fine) => {
  expect(Keys.safeParse(secret).success).toBe(fine);
});

test('one mailbox has one id, however it is written; another has another', () => {
  const addresses = fc.stringMatching(/^[a-z0-9.]{1,12}@[a-z]{1,8}\.(org|de)$/) as fc.Arbitrary<Address>;
  fc.assert(
    fc.property(addresses, addresses, (one, other) => {
      const id = subscriberIdOf(one, keys);
      expect(subscriberIdOf(one.toUpperCase() as Address, keys)).toBe(id);
      expect(subscriberIdOf(other, keys) === id).toBe(one === other);
      expect(id).toMatch(/^[\w-]{24}$/);
    }),
  );
});

test('an id means nothing without the key', () => {
  const other = { current: 'k1', k1: second };
  expect(subscriberIdOf('ada@example.org' as Address, other)).not.toBe(ada);
  expect(ada).not.toContain('ada');
});

test('every id is in one of 64 lanes, and all lanes are used', () => {
  const ids = Array.from({ length: 5_000 }, (_, n) =>
    subscriberIdOf(`reader${n}@example.org` as Address, keys),
  );
  const used = new Set(ids.map(shardOf));
  expect([...used].toSorted()).toEqual([...shards]);
  expect([shards[0], shards[63], shards.length]).toEqual(['00', '3f', 64]);
});

test('a lane is the first six bits of what an id encodes', () => {
  for (let n = 0; n < 200; n++) {
    const bytes = randomBytes(18);
    expect(Number.parseInt(shardOf(bytes.toString('base64url')), 16)).toBe((bytes[0] as number) >> 2);
  }
});
