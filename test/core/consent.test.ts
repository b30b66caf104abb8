/** The consent record: every entry leads to the words that were agreed to, and none is rewritten. */
import {
  agreement,
  agreements,
  type Consent,
  type Consents,
  hashOf,
  recorded,
} from '../../lambdas/core/consent';
import { signUpForm } from '../../templates/sign-up-form';
import { confirmPage } from '../../templates/pages';
import { settings } from '../mails';

/** Whoever changes a word adds a version here and in consent.ts: what was agreed to before stays what it was. */
const known: Record<string, string> = {
  '2026-11-24': 'ddb81c33f39131001b2b899766663a74a9197a2b246d5ffab41ce68a2d019895',
};

test('the words of every version are what they were', () => {
  expect(Object.fromEntries(agreements.map((one) => [one.version, hashOf(one)]))).toEqual(known);
});

test('the form and the page to confirm say the words on record', () => {
  const form = signUpForm(settings).markup.replace(/\s+/g, ' ');
  const page = confirmPage(settings, 'token').replace(/\s+/g, ' ');
  expect(form).toContain(agreement.form);
  expect(page).toContain(agreement.button.replace('{name}', settings.name));
});

const entry = (what: Consent['what'], at: string): Pick<Consent, 'at' | 'what' | 'form' | 'network'> => ({
  at,
  what,
  form: '/subscribe',
  network: '203.0.113.0/24',
});

const all = (...entries: [Consent['what'], string][]): Consents =>
  entries.reduce<{ consents?: Consents }>((row, [what, at]) => recorded(row, entry(what, at)), {}).consents ??
  [];

const minute = (n: number): string => new Date(Date.UTC(2025, 2, 15) + n * 60_000).toISOString();

test('an entry says what, when, from which form and network, and which words', () => {
  expect(all(['asked', minute(0)])).toEqual([
    { ...entry('asked', minute(0)), textVersion: agreement.version, textHash: hashOf(agreement) },
  ]);
});

test('entries stand in their order, and those before stay as they are', () => {
  const before = all(['asked', minute(0)], ['confirmed', minute(1)]);
  const { consents } = recorded({ consents: before }, entry('left', minute(2)));
  expect(consents?.slice(0, 2)).toEqual(before);
  expect(consents?.[2]).toMatchObject({ what: 'left' });
});

test('somebody who types in an address all day fills three entries; tomorrow counts anew', () => {
  const asked = all(...Array.from({ length: 9 }, (_, n) => ['asked', minute(n)] as ['asked', string]));
  expect(asked).toHaveLength(3);
  expect(recorded({ consents: asked }, entry('asked', minute(3 * 1440))).consents).toHaveLength(4);
});

test('a message of the queue that comes twice is one entry', () => {
  expect(all(['asked', minute(0)], ['asked', minute(0)])).toHaveLength(1);
});

test('fifty entries are kept: asking is the first to be forgotten, agreeing and leaving the last', () => {
  const lives = Array.from({ length: 30 }, (_, n): [Consent['what'], string][] => [
    ['asked', minute(n * 1440)],
    ['confirmed', minute(n * 1440 + 1)],
  ]).flat();
  const kept = all(...lives, ['left', minute(30 * 1440)]);
  expect(kept).toHaveLength(50);
  expect(kept.filter(({ what }) => what === 'confirmed')).toHaveLength(30);
  expect(kept.at(-1)).toMatchObject({ what: 'left' });
  expect(kept.map(({ at }) => at)).toEqual(kept.map(({ at }) => at).toSorted());
});
