/** Whatever keeps a question from being asked, an operator reads why in a sentence, and what to do. */
import { isStranger, unanswered } from '../../../cli/doctor/faults';

const named = (name: string, message = 'said by AWS', cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { name });
const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code });

test.each<[fault: string, error: unknown, says: string, remedy: string, stranger: boolean]>([
  ['no region', new Error('Region is missing'), 'no AWS region', 'AWS_REGION', true],
  ['no credentials', named('CredentialsProviderError'), 'no AWS credentials', 'aws sso login', true],
  ['a login that ended', named('ExpiredTokenException'), 'expired', 'aws sso login', true],
  [
    'a login that ended, in the words of SSO',
    named('TokenProviderError'),
    'no AWS credentials',
    'aws sso login',
    true,
  ],
  ["another's keys", named('InvalidClientTokenId'), 'rejected', 'AWS_PROFILE', true],
  [
    'no right',
    named('AccessDenied', 'not authorized to perform: ses:GetSendQuota'),
    'ses:GetSendQuota',
    'may',
    false,
  ],
  [
    'no right, as DynamoDB says it',
    named('AccessDeniedException', 'dynamodb:Query'),
    'dynamodb:Query',
    'may',
    false,
  ],
  ['too many questions', named('Throttling', 'Rate exceeded'), 'slow down', 'in a minute', false],
  ['too many, in version 2', named('TooManyRequestsException'), 'slow down', 'in a minute', false],
  ['a wrong clock', named('RequestTimeTooSkewed'), 'clock', 'time server', false],
  ['no variable', named('MissingVariable', "Can't work without LANES"), 'LANES', 'CliEnvironment', false],
  [
    'a table of another stack',
    named('ResourceNotFoundException', 'Table not found'),
    'Table',
    'CliEnvironment',
    false,
  ],
  [
    'a queue of another stack',
    named('QueueDoesNotExist', 'no such queue'),
    'no such queue',
    'CliEnvironment',
    false,
  ],
  ['a dead zone', named('DNS ESERVFAIL', 'TXT of example.org: …'), 'TXT of example.org', 'DNSSEC', false],
  ['a silent DNS', named('DNS ETIMEOUT', 'TXT of example.org: …'), 'TXT of example.org', '--dns', false],
  ['no network', coded('ENOTFOUND', 'getaddrinfo ENOTFOUND x'), 'getaddrinfo ENOTFOUND x', 'online', false],
  [
    'no network, behind fetch',
    new TypeError('fetch failed', { cause: coded('ECONNREFUSED', 'connect ECONNREFUSED') }),
    'connect ECONNREFUSED',
    'online',
    false,
  ],
  [
    'no network, by either protocol',
    Object.assign(new AggregateError([coded('ECONNREFUSED', 'connect ECONNREFUSED ::1')]), {
      code: 'ECONNREFUSED',
    }),
    'connect ECONNREFUSED ::1',
    'online',
    false,
  ],
  ['no answer in time', named('TimeoutError', 'no answer within 10 seconds'), '10 seconds', 'online', false],
  [
    'an answer of something else',
    named('ZodError', '[{"code":"invalid_type"}]'),
    'not what AWS would say',
    'proxy',
    false,
  ],
  [
    'wrong settings',
    named('NotReadable', 'newsletter.json has a problem:\n  site: is required'),
    'problem: site: is required',
    'docs/settings.md',
    false,
  ],
  ['anything else', new Error('odd'), 'odd', 'again', false],
  ['no error at all', 'a word', 'a word', 'again', false],
])('%s', (_, error, says, remedy, stranger) => {
  const finding = unanswered(error);
  expect(finding.outcome).toBe('fail');
  expect(finding.found).toMatch(/^can't ask: [^\n]+$/);
  expect(finding.found).toContain(says);
  expect(finding.remedy).toContain(remedy);
  expect(isStranger(error)).toBe(stranger);
});
