/** Keyed names: the subscriber id that says nothing about the address, and the signed tokens in links. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { sameMailbox, type Address } from './address';

export type Keys = z.infer<typeof Keys>;
export type Purpose =
  'confirm' | 'unsubscribe' | 'one-click' | 'undo' | 'preferences' | 'erase' | 'change-address';

const longKey = z.string().check(z.minLength(32));

/**
 * The secret: `current` names the key that signs new links; every key that is still there verifies old ones.
 * k1 also makes the subscriber ids, so it must never go.
 */
export const Keys = z.catchall(z.object({ current: z.string(), k1: longKey }), longKey).check(
  z.refine(
    (keys) => keys.current !== 'current' && Object.hasOwn(keys, keys.current),
    'current names a key that is not there',
  ),
  z.refine(
    (keys) => Object.keys(keys).every((keyId) => /^[a-z0-9]{1,8}$/.test(keyId)),
    'keys are named k1, k2 and so on: they stand in links',
  ),
);

/** Characters of base64url: 18 bytes, with no spare bits, so a token has exactly one spelling. */
const MAC_LENGTH = 24;
const ID = /^[\w-]{24}$/;
export const SubscriberId = z.string().check(z.regex(ID));

const mac = (key: string, ...parts: string[]): string =>
  createHmac('sha256', key).update(parts.join('\n')).digest('base64url').slice(0, MAC_LENGTH);

/** Unique for each mailbox, meaningless without the key, and so fit for logs, tags and what outlives an erasure. */
export const subscriberIdOf = (address: Address, keys: Keys): string =>
  mac(keys.k1, 'subscriber', sameMailbox(address));

/** A key for what is no link, made from the current one: it says nothing of that, and signs no link. */
export const keyFor = (keys: Keys, use: 'challenge' | 'solution'): string =>
  createHmac('sha256', keyOf(keys, keys.current)).update(use).digest('base64url');

/** The lane a subscriber is in, 00 to 3f: the first six bits of the id, which are its first base64url character. */
export function shardOf(subscriberId: string): string {
  const first = Buffer.from(`${subscriberId[0]}A`, 'base64url').readUInt8() >> 2;
  return first.toString(16).padStart(2, '0');
}

export const shards: readonly string[] = Array.from({ length: 64 }, (_, n) =>
  n.toString(16).padStart(2, '0'),
);

/** `k1.<subscriber id>.<seconds in base 36>.<mac>`; without a time for links that never expire. At most 70 characters. */
export function sign(keys: Keys, purpose: Purpose, subscriberId: string, issuedAt?: Date): string {
  const time = issuedAt ? Math.floor(issuedAt.getTime() / 1000).toString(36) : '0';
  const signed = `${keys.current}.${subscriberId}.${time}`;
  return `${signed}.${mac(keyOf(keys, keys.current), purpose, signed)}`;
}

/** Whom a link is for; undefined when it wasn't signed by us for this purpose. */
export function verify(
  keys: Keys,
  purpose: Purpose,
  token: string,
): { subscriberId: string; issuedAt: Date } | undefined {
  const [keyId = '', subscriberId = '', time = '', given = '', ...rest] = token.split('.');
  if (rest.length || keyId === 'current' || !Object.hasOwn(keys, keyId)) return undefined;
  if (!ID.test(subscriberId) || !ID.test(given) || !/^[0-9a-z]{1,9}$/.test(time)) return undefined;
  const expected = mac(keyOf(keys, keyId), purpose, `${keyId}.${subscriberId}.${time}`);
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(given))) return undefined;
  return { subscriberId, issuedAt: new Date(Number.parseInt(time, 36) * 1000) };
}

function keyOf(keys: Keys, keyId: string): string {
  const key = keys[keyId];
  if (!key) throw new Error(`Can't sign with the key "${keyId}": the secret has none of that name`);
  return key;
}
