/** What an answer of SES means, and to whom an edition goes. */
import type { Address } from '../../lambdas/core/address';
import { classify, due } from '../../lambdas/core/delivery';
import type { Subscriber } from '../../lambdas/core/subscriber';

const error = (name: string, message: string, status?: number) => ({ error: { name, message, status } });

test.each([
  ['an id', { messageId: '0100019' }, 'accepted'],
  ['a 200 without an id', {}, 'unknown'],
  ['a 200 with an empty id', { messageId: '' }, 'unknown'],
  ['too fast', error('Throttling', 'Maximum sending rate exceeded.', 400), 'throttled'],
  ['too fast, by another name', error('ThrottlingException', 'Rate exceeded', 400), 'throttled'],
  ['too many requests', error('TooManyRequestsException', 'Too many requests', 429), 'throttled'],
  ['the daily quota', error('Throttling', 'Daily message quota exceeded.', 454), 'stopped'],
  ['an account on hold', error('AccountSendingPausedException', 'Email sending is disabled', 400), 'stopped'],
  [
    'an account on hold, in other words',
    error('MessageRejected', 'Sending paused for this account.', 400),
    'stopped',
  ],
  ['no configuration set', error('ConfigurationSetDoesNotExist', 'It does not exist', 400), 'stopped'],
  [
    'no configuration set, by its SDK name',
    error('ConfigurationSetDoesNotExistException', 'none', 400),
    'stopped',
  ],
  ['a paused configuration set', error('ConfigurationSetSendingPausedException', 'Paused', 400), 'stopped'],
  ['an unverified MAIL FROM', error('MailFromDomainNotVerifiedException', 'Not verified', 400), 'stopped'],
  ['a missing right', error('AccessDenied', 'not authorized to perform ses:SendRawEmail', 403), 'stopped'],
  ['a wrong signature', error('SignatureDoesNotMatch', 'The request signature…', 403), 'stopped'],
  ['expired credentials', error('ExpiredToken', 'The security token … is expired', 403), 'stopped'],
  ['some other refusal of who we are', error('UnrecognizedClientException', 'invalid token', 403), 'stopped'],
  ['no credentials, so no call', error('CredentialsProviderError', 'Could not load credentials'), 'stopped'],
  ['a refused message', error('MessageRejected', 'Address is on the suppression list', 400), 'refused'],
  ['a wrong parameter', error('InvalidParameterValue', 'Local address contains control', 400), 'refused'],
  ['a timeout', error('TimeoutError', 'Connection timed out after 5000 ms'), 'unknown'],
  ['a reset', error('Error', 'read ECONNRESET'), 'unknown'],
  ['a closed socket', error('Error', 'socket hang up'), 'unknown'],
  ['an aborted call', error('AbortError', 'Request aborted'), 'unknown'],
  ['an answer that is no XML', error('SyntaxError', 'Unexpected token < in JSON', 200), 'unknown'],
  ['a 500', error('InternalFailure', 'We encountered an internal error', 500), 'unknown'],
  ['a 503', error('ServiceUnavailable', 'Service is unable to handle request', 503), 'unknown'],
  ['a 504 of a gateway', error('UnknownError', 'Gateway timeout', 504), 'unknown'],
])('%s is %s', (_, answer, outcome) => {
  expect(classify(answer).outcome).toBe(outcome);
});

test('what stopped or failed a delivery is kept in words', () => {
  expect(classify(error('MessageRejected', 'Not verified', 400))).toEqual({
    outcome: 'refused',
    reason: 'MessageRejected: Not verified',
  });
  expect(classify({})).toEqual({ outcome: 'unknown', reason: 'SES answered without a message id' });
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

test.each([
  ['an active reader', reader('active', { confirmedAt: before }), { due: 'digest' }],
  ['one who confirmed at the cutoff', reader('active', { confirmedAt: edition.cutoff }), { due: 'digest' }],
  ['one who confirmed just after', reader('active', { confirmedAt: after }), { due: 'nothing' }],
  [
    'one of another cadence',
    { ...reader('active', { confirmedAt: before }), cadence: 'daily' as const },
    { due: 'nothing' },
  ],
  ['one who never confirmed', reader('pending'), { due: 'nothing' }],
  ['one who is active without consent', reader('active'), { due: 'nothing' }],
  ['one who paused', reader('paused', { confirmedAt: before }), { due: 'nothing' }],
  ['one who bounced', reader('suppressed', { confirmedAt: before }), { due: 'nothing' }],
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
