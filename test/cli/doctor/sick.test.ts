/** An account in which nothing of SES is as it should be, over the wire: one line for each trouble. */
import { startPatient, type Examined, type Patient } from './examined';
import { identityOf } from '../../../lambdas/aws/ses-identity';

let patient: Patient;
let sick: Examined;
beforeAll(async () => {
  patient = await startPatient({
    rate: 1,
    quota: 200,
    account: {
      verification: 'Pending',
      dkim: 'Failed',
      mailFrom: 'Pending',
      sendingEnabled: false,
      tlsPolicy: 'OPTIONAL',
      events: ['SEND', 'DELIVERY', 'REJECT'],
    },
  });
  await patient.world.enlists(Array.from({ length: 161 }, (_, n) => `reader${n}@example.org`));
  sick = await patient.examine();
});
afterAll(() => patient.close());

test.each([
  ['domain', 'fail: papers.example.org is not verified (Pending)'],
  ['DKIM', 'fail: SES has not seen the DKIM records yet (Failed)'],
  ['MAIL FROM', 'warn: mail.papers.example.org is not in use (Pending)'],
  ['DKIM records', 'ok: all 3 CNAME records are there'],
  [
    'alignment',
    'fail: DKIM relaxed: not aligned; SPF relaxed, amazonses.com for papers.example.org: not aligned',
  ],
  ['may send', 'fail: SES has paused sending for the account'],
  ['sandbox', 'warn: 200 mails a day, and only to addresses verified by hand'],
  ['quotas', 'warn: 1 a second, 200 a day, 0 sent in the last 24 hours: too few for 161 readers'],
  ['rules', 'warn: paperboy also sends without TLS (OPTIONAL)'],
  ['events', 'fail: not reported: BOUNCE, COMPLAINT, DELIVERY_DELAY'],
])('%s', (name, said) => {
  expect(sick.says(name)).toContain(said);
});

test('whatever is not well comes with what to do about it, and the whole with code 1', () => {
  const bad = sick.lines.filter(({ outcome }) => outcome === 'warn' || outcome === 'fail');
  expect(bad.filter(({ remedy }) => remedy === null)).toEqual([]);
  expect([sick.code, sick.outcome]).toEqual([1, 'fail']);
});

test('a configuration set of another name is no set at all', async () => {
  const { says, lines } = await patient.examine({ CONFIGURATION_SET: 'another' });
  expect(says('rules')).toContain('fail: there is no configuration set');
  expect(lines.find(({ name }) => name === 'events')?.remedy).toContain('CliEnvironment');
});

test('a domain without a bounce domain of its own is told apart from one whose bounce domain waits', async () => {
  expect((await identityOf('papers.example.org')).mailFrom).toEqual({
    domain: 'mail.papers.example.org',
    status: 'Pending',
  });
  const plain = await startPatient({ account: { mailFrom: 'none' } });
  const { says } = await plain.examine();
  await plain.close();
  expect(says('MAIL FROM')).toContain('warn: Bounces go to a domain of Amazon');
  expect(says('MAIL FROM MX')).toContain('ok: mail.papers.example.org leads to');
  expect(says('alignment')).toContain('warn: ');
});
