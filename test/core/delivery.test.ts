/** What an answer of SES means, and to whom an edition goes. */
import type { Address } from '../../lambdas/core/address';
import { classify, due } from '../../lambdas/core/delivery';
import type { Subscriber } from '../../lambdas/core/subscriber';

const error = (name: string, message: string, status?: number) => ({ error: { name, message, status } });

test.each([
  ['an id', 'accepted', { messageId: '0100019' }],
  ['a 200 without an id', 'unknown', {}],
  ['a 200 with an empty id', 'unknown', { messageId: '' }],
  ['too fast', 'throttled', error('Throttling', 'Maximum sending rate exceeded.', 400)],
  ['too fast, by another name', 'throttled', error('ThrottlingException', 'Rate exceeded', 400)],
  ['too many requests', 'throttled', error('TooManyRequestsException', 'Too many requests', 429)],
  ['the daily quota', 'exhausted', error('Throttling', 'Daily message quota exceeded.', 454)],
  ['an account on hold', 'stopped', error('AccountSendingPausedException', 'Email sending is disabled', 400)],
  [
    'an account on hold, in other words',
    'stopped',
    error('MessageRejected', 'Sending paused for this account.', 400),
  ],
  ['no configuration set', 'stopped', error('ConfigurationSetDoesNotExist', 'It does not exist', 400)],
  [
    'no configuration set, by its SDK name',
    'stopped',
    error('ConfigurationSetDoesNotExistException', 'none', 400),
  ],
  ['a paused configuration set', 'stopped', error('ConfigurationSetSendingPausedException', 'Paused', 400)],
  ['an unverified MAIL FROM', 'stopped', error('MailFromDomainNotVerifiedException', 'Not verified', 400)],
  ['a missing right', 'stopped', error('AccessDenied', 'not authorized to perform ses:SendRawEmail', 403)],
  ['a wrong signature', 'stopped', error('SignatureDoesNotMatch', 'The request signature…', 403)],
  ['expired credentials', 'stopped', error('ExpiredToken', 'The security token … is expired', 403)],
  ['some other refusal of who we are', 'stopped', error('UnrecognizedClientException', 'invalid token', 403)],
  ['no credentials, so no call', 'stopped', error('CredentialsProviderError', 'Could not load credentials')],
  [
    'our own address not verified',
    'stopped',
    error('MessageRejected', 'Email address is not verified: us@x.org', 400),
  ],
  ['a request that took too long', 'unknown', error('RequestTimeout', 'Request timed out', 408)],
  ['a refused message', 'refused', error('MessageRejected', 'Address is on the suppression list', 400)],
  ['a wrong parameter', 'refused', error('InvalidParameterValue', 'Local address contains control', 400)],
  ['a timeout', 'unknown', error('TimeoutError', 'Connection timed out after 5000 ms')],
  ['a reset', 'unknown', error('Error', 'read ECONNRESET')],
  ['a closed socket', 'unknown', error('Error', 'socket hang up')],
  ['an aborted call', 'unknown', error('AbortError', 'Request aborted')],
  ['an answer that is no XML', 'unknown', error('SyntaxError', 'Unexpected token < in JSON', 200)],
  ['a 500', 'unknown', error('InternalFailure', 'We encountered an internal error', 500)],
  ['a 503', 'unknown', error('ServiceUnavailable', 'Service is unable to handle request', 503)],
  ['a 504 of a gateway', 'unknown', error('UnknownError', 'Gateway timeout', 504)],
])('%s is %s', (_, outcome, answer) => {
  expect(classify(answer, 'ada@example.org').outcome).toBe(outcome);
});

test('what stopped or failed a delivery is kept in words', () => {
  const refused = error('MessageRejected', 'Email address is not verified: ada@example.org', 400);
  expect(classify(refused, 'Ada@example.org')).toEqual({
    outcome: 'refused',
    reason: 'MessageRejected: Email address is not verified: (an address)',
  });
  expect(classify({}, 'ada@example.org')).toEqual({
    outcome: 'unknown',
    reason: 'SES answered without a message id',
  });
});

const edition = { cadence: 'weekly', cutoff: '2025-03-17T07:00:00.000Z' };
const before = '2025-03-10T07:00:00.000Z';
const after = '2025-03-17T07:00:00.001Z';

const reader = (status: Subscriber['status'], consent: Partial<Subscriber['consent']> = {}): Subscriber => ({
  subscriberId: 'ada',
  address: 'ada@example.org' as Address,
  status,
  cadence: 'weekly',
  consent: { askedAt: before, ...consent },
  revision: 1,
});

const suppressedAt = (at: string): Subscriber => ({
  ...reader('suppressed', { confirmedAt: before }),
  suppression: { reason: 'bounced', at },
});

test.each([
  ['an active reader', reader('active', { confirmedAt: before }), { due: 'digest' }],
  ['one who confirmed at the cutoff', reader('active', { confirmedAt: edition.cutoff }), { due: 'digest' }],
  ['one who confirmed just after', reader('active', { confirmedAt: after }), { due: 'nothing' }],
  [
    'one of another cadence',
    { ...reader('active', { confirmedAt: before }), cadence: 'daily' as const },
    { due: 'nothing' },
  ],
  [
    'one of this cadence who took another since',
    {
      ...reader('active', { confirmedAt: before }),
      cadence: 'daily' as const,
      formerCadences: [{ cadence: 'weekly' as const, until: after }],
    },
    { due: 'digest' },
  ],
  [
    'one who took this cadence since',
    {
      ...reader('active', { confirmedAt: before }),
      formerCadences: [
        { cadence: 'weekly' as const, until: before },
        { cadence: 'daily' as const, until: after },
      ],
    },
    { due: 'nothing' },
  ],
  ['one who never confirmed', reader('pending'), { due: 'nothing' }],
  ['one who is active without consent', reader('active'), { due: 'nothing' }],
  ['one who paused', reader('paused', { confirmedAt: before }), { due: 'skip', reason: 'paused' }],
  ['one who bounced before', suppressedAt(before), { due: 'nothing' }],
  ['one who bounced since', suppressedAt(after), { due: 'skip', reason: 'suppressed' }],
  [
    'one who left since and asked to come back',
    reader('pending', { confirmedAt: before, leftAt: after }),
    { due: 'skip', reason: 'unsubscribed' },
  ],
  [
    'one who left since and came back',
    reader('active', { confirmedAt: '2025-03-17T08:00:00.000Z', leftAt: after }),
    { due: 'skip', reason: 'unsubscribed' },
  ],
  [
    'one who left before and came back in time',
    reader('active', { confirmedAt: edition.cutoff, leftAt: before }),
    { due: 'digest' },
  ],
  [
    'one who left before',
    reader('unsubscribed', { confirmedAt: before, leftAt: before }),
    { due: 'nothing' },
  ],
  [
    'one who left since',
    reader('unsubscribed', { confirmedAt: before, leftAt: after }),
    { due: 'skip', reason: 'unsubscribed' },
  ],
  [
    'one who left since without ever confirming',
    reader('unsubscribed', { leftAt: after }),
    { due: 'nothing' },
  ],
])('%s', (_, subscriber, what) => {
  expect(due(subscriber, edition)).toEqual(what);
});
