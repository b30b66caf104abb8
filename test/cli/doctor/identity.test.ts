/** What an operator hears about the sender's domain, for each word that SES has for its state. */
import { mailFrom, signs, verified } from '../../../cli/doctor/identity';
import type { Finding } from '../../../cli/doctor/finding';
import type { Identity } from '../../../lambdas/aws/ses-identity';

const identity = (change: Partial<Identity> = {}): Identity => ({
  domain: 'papers.example.org',
  verification: 'Success',
  dkim: { enabled: true, status: 'Success', tokens: ['a', 'b', 'c'] },
  mailFrom: { domain: 'mail.papers.example.org', status: 'Success' },
  ...change,
});
const dkim = (change: Partial<NonNullable<Identity['dkim']>>) =>
  identity({ dkim: { enabled: true, status: 'Success', tokens: ['a'], ...change } });
const bounces = (status: string) => identity({ mailFrom: { domain: 'mail.papers.example.org', status } });

test.each<[state: string, finding: Finding, outcome: Finding['outcome'], says: string, remedy: string]>([
  ['verified', verified(identity()), 'ok', 'is verified', ''],
  ['not yet seen', verified(identity({ verification: 'Pending' })), 'fail', '(Pending)', 'DnsDkim1'],
  ['given up', verified(identity({ verification: 'Failed' })), 'fail', '(Failed)', 'stopped looking'],
  ['unknown to SES', verified(identity({ verification: undefined })), 'fail', 'does not know', 'AWS_REGION'],
  ['signing', signs(identity()), 'ok', 'is on', ''],
  ['without keys', signs(identity({ dkim: undefined })), 'fail', 'no DKIM keys', 'npm run deploy'],
  ['with signing off', signs(dkim({ enabled: false })), 'fail', 'DKIM is off', 'console'],
  ['with keys not seen', signs(dkim({ status: 'Pending' })), 'fail', '(Pending)', '72 hours'],
  ['whose keys went', signs(dkim({ status: 'TemporaryFailure' })), 'warn', 'no longer', 'Put them back'],
  ['with bounces of its own', mailFrom(identity()), 'ok', 'mail.papers.example.org is in use', ''],
  [
    'whose bounces go to Amazon',
    mailFrom(identity({ mailFrom: undefined })),
    'warn',
    'Amazon',
    'npm run deploy',
  ],
  ['whose bounce domain is not seen', mailFrom(bounces('Pending')), 'warn', '(Pending)', 'DnsMailFromMx'],
  ['whose bounce domain failed', mailFrom(bounces('Failed')), 'warn', '(Failed)', 'DnsMailFromSpf'],
])('a domain %s', (_, finding, outcome, says, remedy) => {
  expect(finding.outcome).toBe(outcome);
  expect(finding.found).toContain(says);
  expect(finding.remedy ?? '').toContain(remedy);
});
