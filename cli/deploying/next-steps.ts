/** What an operator reads after a deployment: where the site is, the DNS records still to set, and what comes next. */
import { domainOf } from '../../lambdas/core/sender';
import type { Settings } from '../../lambdas/core/settings';
import { PROD } from '../../lambdas/core/stage';
import type { Place } from './place';

/** As the stack's outputs say it, such as "mail.example.org MX 10 feedback-smtp…". */
const RECORD = /^(?<name>\S+) (?<type>CNAME|MX|TXT) (?<value>.+)$/;

export function nextSteps(
  outputs: Readonly<Record<string, string>>,
  settings: Pick<Settings, 'site' | 'sender' | 'domain'>,
  { region, account, stage }: Place & { stage: string },
): string {
  const address = outputs['SiteAddress'] ?? '';
  const records = recordsIn(outputs);
  const steps = [
    ...(records.length > 0 ? [`Set these DNS records:\n\n${tableOf(records)}\n`] : []),
    ...siteStep(address, settings),
    `Ask for a way out of SES's sandbox: until then it mails only to addresses that you verified. Say what you send, to whom, and that readers confirm and leave by one click:\n   https://${region}.console.aws.amazon.com/ses/home?region=${region}#/get-set-up`,
    `See what is still missing (DNS takes minutes to hours):\n   ${outputs['CliEnvironment'] ?? ''} npm run paperboy -- doctor${stage === PROD ? '' : ` --stage ${stage}`}`,
  ];
  const head = [`Deployed to ${region} of account ${account}.`, '', `  site    ${address}`];
  const sender = `  sender  ${settings.sender.address} (domain ${domainOf(settings.sender.address)})`;
  return [...head, sender, '', ...steps.map((step, n) => `${n + 1}. ${step}`)].join('\n');
}

type Record3 = [name: string, type: string, value: string];

function recordsIn(outputs: Readonly<Record<string, string>>): Record3[] {
  const order = ['DnsDkim', 'DnsMailFromMx', 'DnsMailFromSpf', 'DnsDmarc', 'DnsSite'];
  const placeOf = (key: string): number => order.findIndex((start) => key.startsWith(start));
  return Object.entries(outputs)
    .filter(([key]) => placeOf(key) >= 0)
    .toSorted(([a], [b]) => placeOf(a) - placeOf(b) || a.localeCompare(b))
    .flatMap(([, text]): Record3[] => {
      const { name, type, value } = RECORD.exec(text)?.groups ?? {};
      return name && type && value ? [[name, type, value]] : [];
    });
}

function tableOf(records: readonly Record3[]): string {
  const widest = Math.max(...records.map(([name]) => name.length));
  return records
    .map(([name, type, value]) => `   ${name.padEnd(widest)}  ${type.padEnd(5)}  ${value}`)
    .join('\n');
}

/** Links in mails go to `site`: it has to lead to the stack. */
function siteStep(address: string, { site, domain }: Pick<Settings, 'site' | 'domain'>): string[] {
  if (domain || site === address) return [];
  return [
    `Let ${site} lead to the stack: give newsletter.json a "domain" (docs/deploy.md) and deploy again. Or put "site": "${address}" there.`,
  ];
}
