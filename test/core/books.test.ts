/** Books and feedback: what evidence makes of a delivery, and when an edition adds up. */
import {
  enterLane,
  openBooks,
  settle,
  tripped,
  type Account,
  type Books,
  type Policy,
} from '../../lambdas/core/books';
import type { Delivery } from '../../lambdas/core/delivery';
import type { Fact } from '../../lambdas/core/feedback';

const at = '2025-03-17T07:00:00.000Z';
const minutesLater = (minutes: number): Date => new Date(Date.parse(at) + minutes * 60_000);
const row = (status: Delivery['status'], change: Partial<Delivery> = {}): Delivery => ({
  subscriberId: 'ada',
  status,
  attempt: 1,
  at,
  ...change,
});
const policy = (change: Partial<Policy> = {}): Policy => ({
  unknown: 'resend',
  eventsArrive: true,
  graceMinutes: 60,
  ...change,
});

test.each<[what: string, facts: Fact[], of: Policy, attempt: number, minutes: number, settled: string]>([
  ['SES says it was sent', ['sent'], policy(), 1, 0, 'sent'],
  ['only a bounce came: it had been accepted', ['bounced'], policy({ unknown: 'park' }), 1, 0, 'sent'],
  ['SES rejected it: that proves nothing of the sort', ['rejected'], policy(), 1, 0, 'wait'],
  ['nothing yet', [], policy(), 1, 59, 'wait'],
  ['nothing after the grace', [], policy(), 1, 60, 'again'],
  ['nothing of the whole edition', [], policy({ eventsArrive: false }), 1, 60, 'parked'],
  ['nothing, and the operator wants no second mail', [], policy({ unknown: 'park' }), 1, 60, 'parked'],
  ['nothing of the second try either', [], policy(), 2, 60, 'parked'],
  ['word of the second try', ['delivered'], policy(), 2, 600, 'sent'],
])('%s', (_, facts, of, attempt, minutes, settled) => {
  expect(settle(row('unknown', { attempt }), facts, of, minutesLater(minutes))).toBe(settled);
});

/** The books of one lane. */
function balance(audience: number, accounts: Account[]): Books {
  const books = openBooks();
  enterLane(books, audience, accounts);
  return books;
}

const account = (delivery: Delivery | undefined, ...facts: Fact[]) => ({ delivery, facts });

test('everybody has a place in the books', () => {
  const accounts = [
    account(row('sent'), 'sent', 'delivered'),
    account(row('sent', { resolved: true }), 'delivered', 'complained'),
    account(row('failed')),
    account(row('skipped', { reason: 'unsubscribed' })),
    account(row('skipped', { reason: 'unsubscribed' })),
    account(row('parked')),
    account(undefined, 'bounced'),
  ];
  expect(balance(6, accounts)).toEqual({
    audience: 6,
    sent: 2,
    failed: 1,
    skipped: { unsubscribed: 2 },
    unknown: 0,
    parked: 1,
    resolved: 1,
    delivered: 2,
    bounced: 1,
    complained: 1,
    closed: true,
  });
});

test.each<[what: string, audience: number, rows: Delivery['status'][], closed: boolean]>([
  ['nobody, who are all accounted for', 0, [], true],
  ['one hidden row', 2, ['sent'], false],
  ['one unknown', 1, ['unknown'], false],
  ['one to be tried again', 1, ['again'], false],
  ['more rows than were counted harm nobody', 1, ['sent', 'sent'], true],
])('books with %s', (_, audience, rows, closed) => {
  expect(
    balance(
      audience,
      rows.map((status) => account(row(status))),
    ).closed,
  ).toBe(closed);
});

const limits = { bouncePercent: 3, complaintPercent: 0.08 };
test.each<[bounced: number, complained: number, claimed: number, trips: boolean]>([
  [29, 0, 500, false],
  [30, 0, 500, true],
  [299, 0, 10_000, false],
  [300, 0, 10_000, true],
  [0, 1, 1_000, true],
  [0, 1, 2_000, false],
  [0, 8, 10_000, true],
])('%i bounces and %i complaints among %i readers', (bounced, complained, claimed, trips) => {
  expect(tripped({ bounced, complained }, claimed, limits) !== undefined).toBe(trips);
});

test('what one lane lacks, another does not make up for without being counted', () => {
  const books = openBooks();
  enterLane(books, 2, [account(row('sent'))]);
  enterLane(books, 1, [account(row('sent'))]);
  expect(books).toMatchObject({ audience: 3, sent: 2, closed: false });
});
