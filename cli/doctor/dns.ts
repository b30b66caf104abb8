/** What the doctor asks the DNS: the records of SES's signatures and of the bounce domain, and what DMARC makes of both. */
import { region } from '../../lambdas/aws/ses-account';
import type { Identity } from '../../lambdas/aws/ses-identity';
import type { Answers } from './answers';
import { alignment, dmarcRecord, findDmarc } from './dmarc';
import { notAsked } from './finding';
import { dkimName, dkimRecords, mxRecord, spfRecord } from './mail-records';
import { shared, type Section } from './question';
import { nowhere, type Dns } from './resolver';

export function ofDns(answers: Answers): Section {
  const lines = linesOf(answers, answers.dns ?? nowhere);
  return answers.dns ? lines : Object.fromEntries(Object.keys(lines).map((name) => [name, async () => none]));
}

const none = notAsked("a machine of one's own has no records; --dns HOST:PORT asks a server that has some");

function linesOf(
  { identity: { known: identity }, domain }: Pick<Answers, 'identity' | 'domain'>,
  dns: Dns,
): Section {
  const dmarc = shared('DNS, DMARC', async () => findDmarc(await domain(), dns));
  const bouncesTo = async (): Promise<string> => {
    const { mailFrom } = await identity();
    return mailFrom?.domain ?? `mail.${await domain()}`;
  };
  return {
    'DKIM records': async () => dkimRecords(await identity(), await keysOf(await identity(), dns)),
    'MAIL FROM MX': async () => {
      const name = await bouncesTo();
      return mxRecord(name, await region(), await dns.mailServers(name));
    },
    'MAIL FROM SPF': async () => {
      const name = await bouncesTo();
      return spfRecord(name, await dns.texts(name));
    },
    DMARC: async () => dmarcRecord(await domain(), await dmarc.asked()),
    alignment: async () => alignment(await identity(), await dmarc.known()),
  };
}

async function keysOf({ domain, dkim }: Identity, { cnames }: Dns): Promise<Map<string, string[]>> {
  const tokens = dkim?.tokens ?? [];
  const found = tokens.map(async (token) => [token, await cnames(dkimName(token, domain))] as const);
  return new Map(await Promise.all(found));
}
