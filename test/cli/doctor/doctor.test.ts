/** `doctor`, run as the operator runs it, on a newsletter that is well and on one that is not. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { startProxy } from '../../../bench/faults-proxy';
import { sendToDeadLetters } from '../../../lambdas/aws/dead-letters';
import { call } from '../../../local/aws-json';
import { startScheduler } from '../../../local/scheduler';
import { dkimTokens } from '../../../local/ses-account';
import { paperboyIn } from '../paperboy';
import { examined, goodZone, scheduled, startPatient, type Patient } from './examined';

const DOMAIN = 'papers.example.org';
let patient: Patient;
beforeAll(async () => {
  patient = await startPatient();
  await patient.world.enlists(['ada@example.org', 'grace@example.org']);
});
afterAll(() => patient.close());
afterEach(() => Object.assign(patient.zone, goodZone()));

test('a newsletter that is well is said to be well in every line', async () => {
  const { code, outcome, lines, says } = await patient.examine();
  expect(lines.filter((line) => line.outcome !== 'ok')).toEqual([]);
  expect([code, outcome]).toEqual([0, 'ok']);
  expect(lines.map(({ section, name }) => `${section}, ${name}`)).toEqual([
    'settings, newsletter.json',
    'settings, deployed',
    'settings, postal address',
    'settings, account',
    'identity, domain',
    'identity, DKIM',
    'identity, MAIL FROM',
    'DNS, DKIM records',
    'DNS, MAIL FROM MX',
    'DNS, MAIL FROM SPF',
    'DNS, DMARC',
    'DNS, alignment',
    'sending, may send',
    'sending, sandbox',
    'sending, quotas',
    'sending, bounces',
    'sending, complaints',
    'reports, rules',
    'reports, events',
    'schedules, all',
    'schedules, ingest-papers',
    'schedules, build-digest weekly',
    'schedules, build-digest daily',
    'schedules, build-digest monthly',
    'schedules, settle-edition',
    'household, dead letters: joins',
    'household, dead letters: lanes',
    'household, dead letters: feedback',
    'household, dead letters: schedules',
    'household, clock',
    'household, keys',
    'household, site',
  ]);
  expect(says('quotas')).toContain('enough for 2 readers');
});

test('on a machine of one’s own what is there is looked at, and a warning alone is no failure', async () => {
  const folder = patient.folder;
  const newsletter = { ...patient.newsletter, postalAddress: '1 Example Street, 12345 Example Town' };
  const note = { ...patient.world.machine.environment, NEWSLETTER: JSON.stringify(newsletter) };
  await writeFile(join(folder, 'machine.json'), JSON.stringify(note));
  const scheduler = await startScheduler({ schedules: scheduled(newsletter), enabled: true });
  await writeFile(
    join(folder, 'machine.json'),
    JSON.stringify({ ...note, AWS_ENDPOINT_URL_SCHEDULER: scheduler.url }),
  );
  const words = ['doctor', '--local', '--data', folder];
  const { code, lines, says } = examined(await paperboyIn(folder, {}, ...words, '--json'));
  expect(says('postal address')).toContain("warn: it is the example's");
  expect(lines.filter(({ outcome }) => outcome === 'not asked').map(({ name }) => name)).toEqual([
    'deployed',
    'DKIM records',
    'MAIL FROM MX',
    'MAIL FROM SPF',
    'DMARC',
    'alignment',
    'dead letters: schedules',
  ]);
  expect(lines.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
  expect(code).toBe(0);

  const { out } = await paperboyIn(folder, {}, ...words);
  expect(out).toMatch(/^settings\n {2}ok +newsletter\.json +Paperboy, from /);
  expect(out).toMatch(/\n {2}warn +postal address +it is the example's: [^\n]*\n +→ Put your own /);
  expect(out).toMatch(/\n\n0 fail, 1 warn, 24 ok, 7 not asked\n$/);
  await scheduler.close();
});

test('of another stage the settings of that stage are held against what there is', async () => {
  const [prod, trial] = ['Prod', 'Trial'].map((name) => JSON.stringify({ ...patient.newsletter, name }));
  await writeFile(join(patient.folder, 'newsletter.json'), prod ?? '');
  await writeFile(join(patient.folder, 'newsletter.trial.json'), trial ?? '');
  const asked = (...words: string[]) =>
    paperboyIn(patient.folder, patient.world.machine.environment, 'doctor', '--json', ...words);
  const named = async (...words: string[]) => examined(await asked(...words)).says('newsletter.json');
  expect(await named()).toContain('ok: Prod, from ');
  expect(await named('--stage', 'trial')).toContain('ok: Trial, from ');
});

test('records that are missing, wrong, doubled, or not to be had each have their line', async () => {
  const [first, second] = dkimTokens(DOMAIN);
  Object.assign(patient.zone, {
    [`${first}._domainkey.${DOMAIN}`]: {},
    [`${second}._domainkey.${DOMAIN}`]: { CNAME: ['cdn.example.net'] },
    [`mail.${DOMAIN}`]: {
      MX: { 'feedback-smtp.eu-west-1.amazonses.com': 10 },
      TXT: [['v=spf1 include:amazonses.com ~all'], ['v=spf1 -all']],
    },
    [`_dmarc.${DOMAIN}`]: { TXT: [['v=DMARC1; p=none']] },
  });
  const bad = await patient.examine();
  expect(bad.code).toBe(1);
  expect(bad.says('DKIM records')).toBe('fail: 2 of 3 CNAME records are missing (found cdn.example.net)');
  expect(bad.says('MAIL FROM MX')).toContain(
    'fail: mail.papers.example.org leads to feedback-smtp.eu-west-1',
  );
  expect(bad.says('MAIL FROM SPF')).toContain('fail: mail.papers.example.org has 2 SPF records');
  expect(bad.says('DMARC')).toContain('warn: v=DMARC1; p=none');

  Object.assign(patient.zone, { [`mail.${DOMAIN}`]: 'silence', [`_dmarc.${DOMAIN}`]: 'SERVFAIL' });
  const dead = await patient.examine();
  expect(dead.code).toBe(1);
  expect(dead.says('MAIL FROM MX')).toContain(
    "fail: can't ask: MX of mail.papers.example.org: the DNS server does not answer",
  );
  expect(dead.says('MAIL FROM SPF')).toContain("fail: can't ask: TXT of mail.papers.example.org");
  expect(dead.says('DMARC')).toContain('the DNS server failed (SERVFAIL)');
  expect(dead.says('alignment')).toBe('not asked: see DNS, DMARC');
  expect(dead.says('site')).toContain('ok: ');
});

test('letters that nobody could settle and runs that failed are counted', async () => {
  await sendToDeadLetters('joins', 'x', 'something went wrong');
  await call(
    patient.world.machine.environment['AWS_ENDPOINT_URL_SQS'] ?? '',
    'AmazonSQS.SendMessage',
    { QueueUrl: patient.failedRuns, MessageBody: '{}' },
    z.unknown(),
  );
  const { code, says } = await patient.examine();
  expect(says('dead letters: joins')).toContain('warn: 1 message that');
  expect(says('dead letters: lanes')).toBe('ok: none');
  expect(says('dead letters: schedules')).toContain('warn: 1 run that');
  expect(code).toBe(0);
});

test('schedules at another time, of another newsletter, or off, and a clock that is wrong, are told', async () => {
  const { weekly, daily } = patient.newsletter.cadences;
  const other = { ...patient.newsletter, cadences: { weekly: { ...weekly, cron: '0 8 ? * MON *' }, daily } };
  const scheduler = await startScheduler({ schedules: scheduled(other), enabled: true });
  const slow = await startProxy(patient.world.machine.inbox, async (question) => {
    const answer = await question.forward();
    const date = new Date(Date.now() - 600_000).toUTCString();
    return { ...answer, headers: { ...answer.headers, date } };
  });
  const wrong = await patient.examine({
    AWS_ENDPOINT_URL_SCHEDULER: scheduler.url,
    AWS_ENDPOINT_URL_SES: slow.url,
  });
  expect(wrong.says('build-digest weekly')).toContain(
    'fail: it runs at cron(0 8 ? * MON *) UTC, and newsletter.json says',
  );
  expect(wrong.says('build-digest daily')).toContain('ok: ');
  expect(wrong.says('build-digest monthly')).toBe('fail: there is no such schedule');
  expect(wrong.says('clock')).toMatch(/^fail: (599|600|601)\.\d seconds ahead of SES$/);
  await scheduler.close();
  await slow.close();

  const { newsletter } = patient;
  const { monthly: _, ...fewer } = newsletter.cadences;
  await patient.writes(JSON.stringify({ ...newsletter, cadences: fewer }));
  const off = await patient.examine({
    AWS_ENDPOINT_URL_SCHEDULER: patient.world.machine.environment['AWS_ENDPOINT_URL_SCHEDULER'],
  });
  await patient.writes(JSON.stringify(newsletter));
  expect(off.says('deployed')).toBe('warn: newsletter.json was changed since it was deployed: cadences');
  expect(off.says('build-digest weekly')).toContain('fail: it is off');
  expect(off.says('all')).toBe('warn: newsletter.json knows nothing of build-digest-monthly');
  expect(off.code).toBe(1);
});
