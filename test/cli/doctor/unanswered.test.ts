/** Questions that can't be asked: each is a line, and the others are asked all the same. */
import { createServer } from 'node:http';
import { startProxy, text } from '../../../bench/faults-proxy';
import { close, listen } from '../../../local/loopback';
import { errorXml, SesError } from '../../../local/ses-xml';
import { paperboyIn } from '../paperboy';
import { startPatient, type Patient } from './examined';

let patient: Patient;
beforeAll(async () => {
  patient = await startPatient();
});
afterAll(() => patient.close());

const url = (service: string): string =>
  patient.world.machine.environment[`AWS_ENDPOINT_URL_${service}`] ?? '';

test('without rights, throttled, hanging or not told its name: the line says so and what to do', async () => {
  const ses = await startProxy(url('SES'), async (question) => {
    if (!question.body.includes('GetSendQuota')) return question.forward();
    const said = 'User is not authorized to perform: ses:GetSendQuota';
    return text(403, errorXml(new SesError('AccessDenied', said)), 'text/xml');
  });
  const scheduler = await startProxy(url('SCHEDULER'), async () => {
    const { body, ...answer } = text(429, '{"Message":"Rate exceeded"}', 'application/json');
    return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': 'ThrottlingException' }, body };
  });
  const silent = createServer(() => {});
  const { code, lines, says } = await patient.examine({
    AWS_ENDPOINT_URL_SES: ses.url,
    AWS_ENDPOINT_URL_SCHEDULER: scheduler.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await listen(silent),
    LANES_DEAD_LETTERS_URL: undefined,
  });
  for (const end of [ses, scheduler]) await end.close();
  await close(silent);
  expect(says('sandbox')).toBe("fail: can't ask: User is not authorized to perform: ses:GetSendQuota");
  expect(says('quotas')).toBe('not asked: see sending, sandbox');
  expect(says('all')).toBe("fail: can't ask: AWS asks to slow down");
  expect(says('build-digest weekly')).toBe('not asked: see schedules, all');
  expect(says('keys')).toBe("fail: can't ask: no answer within 10 seconds");
  expect(says('dead letters: lanes')).toContain("LANES_DEAD_LETTERS_URL isn't set");
  expect(lines.filter(({ outcome, remedy }) => outcome === 'fail' && remedy === null)).toEqual([]);
  expect([says('domain'), says('DKIM records'), says('events'), says('clock')]).toEqual(
    ['is verified', 'CNAME', 'kinds', 'SES'].map((word) =>
      expect.stringMatching(new RegExp(`^ok: .*${word}`)),
    ),
  );
  expect(code).toBe(1);
});

test('a table that is out of reach keeps nothing but the readers from being counted', async () => {
  const dynamodb = await startProxy(url('DYNAMODB'), async () => ({ none: true }));
  const { lines, says } = await patient.examine({ AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url });
  await dynamodb.close();
  expect(lines.filter(({ outcome }) => outcome !== 'ok').map(({ name }) => name)).toEqual(['quotas']);
  expect(says('quotas')).toContain("fail: can't ask: ");
});

/** Where AWS can't tell who asks: what fails, what AWS would have to answer, and what it has no part in. */
async function examineAs(environment: Record<string, string | undefined>) {
  const { code, lines, says } = await patient.examine(environment);
  return {
    code,
    failed: lines
      .filter(({ outcome }) => outcome === 'fail')
      .map(({ name, found, remedy }) => ({ name, found, remedy })),
    aws: [says('domain'), says('keys')],
    others: [says('postal address'), says('DMARC'), says('site')].map((said) => said.slice(0, 4)),
  };
}

const stranger = (found: string, remedy: string) => ({
  code: 1,
  failed: [{ name: 'account', found: `can't ask: ${found}`, remedy: expect.stringContaining(remedy) }],
  aws: ['not asked: see settings, account', 'not asked: see settings, account'],
  others: ['ok: ', 'ok: ', 'ok: '],
});

test('an operator without credentials reads it in one sentence', async () => {
  const nobody = {
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  expect(await examineAs(nobody)).toEqual(stranger('no AWS credentials were found', 'AWS_PROFILE'));
});

test('an operator without a region reads it in one sentence', async () => {
  const nowhere = { AWS_REGION: undefined, AWS_CONFIG_FILE: '/dev/null' };
  expect(await examineAs(nowhere)).toEqual(stranger('no AWS region is set', 'AWS_REGION'));
});

test('an operator whose login has ended reads it in one sentence', async () => {
  const expired = errorXml(
    new SesError('ExpiredToken', 'The security token included in the request is expired'),
  );
  const sts = await startProxy(url('STS'), async () => text(403, expired, 'text/xml'));
  const seen = await examineAs({ AWS_ENDPOINT_URL_STS: sts.url });
  await sts.close();
  expect(seen).toEqual(stranger('the AWS credentials have expired', 'Log in again'));
});

test('an account that can’t be asked for is one line, and all else is asked', async () => {
  const sts = await startProxy(url('STS'), async () => ({ none: true }));
  const { lines } = await patient.examine({ AWS_ENDPOINT_URL_STS: sts.url });
  await sts.close();
  expect(lines.filter(({ outcome }) => outcome !== 'ok').map(({ name }) => name)).toEqual(['account']);
});

test('settings that are wrong are named by their field, and what does not hang on them is asked', async () => {
  const { site: _, ...withoutSite } = patient.newsletter;
  await patient.writes(JSON.stringify(withoutSite));
  const { code, says } = await patient.examine();
  await patient.writes(JSON.stringify(patient.newsletter));
  expect(says('newsletter.json')).toContain(
    'newsletter.json has a problem: site: is required. Example: "https://papers.example.org"',
  );
  expect(says('postal address')).toBe('not asked: see settings, newsletter.json');
  expect(says('DKIM')).toBe('not asked: see identity, domain');
  expect([says('sandbox'), says('keys'), says('clock')]).toEqual(
    Array(3).fill(expect.stringMatching(/^ok: /)),
  );
  expect(code).toBe(1);
});

test('a site that is not ours, or not there, is told', async () => {
  const page = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('Hello'),
  );
  const parked = { ...patient.newsletter, site: await listen(page) };
  await patient.writes(JSON.stringify(parked));
  expect((await patient.examine()).says('site')).toBe(
    `fail: ${parked.site} is not this newsletter's (status 200, text/html)`,
  );
  await close(page);
  expect((await patient.examine()).says('site')).toContain('does not answer: connect ECONNREFUSED');
  await patient.writes(JSON.stringify(patient.newsletter));
});

test('a DNS server that is none, and a machine that does not run, are answered with a sentence', async () => {
  const dns = await paperboyIn(patient.folder, {}, 'doctor', '--dns', 'localhost:53');
  expect([dns.code, dns.out, dns.err]).toEqual([
    1,
    '',
    expect.stringMatching(/^--dns needs the address of a DNS server[^\n]*\n$/),
  ]);
  const none = await paperboyIn(patient.folder, {}, 'doctor', '--local', '--data', patient.folder);
  expect([none.code, none.out, none.err]).toEqual([
    1,
    '',
    expect.stringContaining('No local instance is running with the data in'),
  ]);
});
