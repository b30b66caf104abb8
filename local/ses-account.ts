/** What the local SES says of its account beside sending: identities, reputation, and the rules for every mail. */
import { createHash } from 'node:crypto';
import type { Quota } from './ses-quota';
import type { Statistics } from './ses-statistics';
import { SesError, type Xml } from './ses-xml';

/** In SES's own words. Every domain that is asked for is one of its identities. */
export interface Account {
  verification: 'Success' | 'Pending' | 'Failed' | 'TemporaryFailure';
  dkim: 'Success' | 'Pending' | 'Failed' | 'TemporaryFailure' | 'NotStarted';
  dkimEnabled: boolean;
  /** Of the domain `mail.` before the identity's, or none of its own. */
  mailFrom: 'Success' | 'Pending' | 'Failed' | 'TemporaryFailure' | 'none';
  sendingEnabled: boolean;
  configurationSet: string;
  tlsPolicy: 'REQUIRE' | 'OPTIONAL';
  /** What the one event destination is sent. */
  events: readonly string[];
}

export const healthy: Account = {
  verification: 'Success',
  dkim: 'Success',
  dkimEnabled: true,
  mailFrom: 'Success',
  sendingEnabled: true,
  configurationSet: 'paperboy',
  tlsPolicy: 'REQUIRE',
  events: ['SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT', 'DELIVERY_DELAY'],
};

export interface Books {
  account: Account;
  quota: Quota;
  statistics: Statistics;
}

/** The result of an action of SES v1; throws an SesError for those that are not here. */
export function accountAnswer(
  { account, quota, statistics }: Books,
  form: URLSearchParams,
): { [field: string]: Xml } {
  const action = form.get('Action') ?? '';
  const ofEach = (attributes: (domain: string) => Xml) =>
    new Map(identitiesIn(form).map((domain) => [domain, attributes(domain)]));
  switch (action) {
    case 'GetSendQuota':
      return quota.report(new Date());
    case 'GetSendStatistics':
      return { SendDataPoints: statistics.report(new Date()) };
    case 'GetAccountSendingEnabled':
      return { Enabled: account.sendingEnabled };
    case 'GetIdentityVerificationAttributes':
      return { VerificationAttributes: ofEach(() => ({ VerificationStatus: account.verification })) };
    case 'GetIdentityDkimAttributes':
      return { DkimAttributes: ofEach((domain) => dkimOf(account, domain)) };
    case 'GetIdentityMailFromDomainAttributes':
      return { MailFromDomainAttributes: ofEach((domain) => mailFromOf(account, domain)) };
    default:
      throw new SesError('InvalidAction', `Could not find operation ${action} for version 2010-12-01`);
  }
}

const identitiesIn = (form: URLSearchParams): string[] =>
  [...form].flatMap(([key, value]) => (/^Identities\.member\.\d+$/.test(key) ? [value] : []));

const dkimOf = ({ dkim, dkimEnabled }: Account, domain: string): Xml => ({
  DkimEnabled: dkimEnabled,
  DkimVerificationStatus: dkim,
  DkimTokens: dkimTokens(domain),
});

/** Always the same for a domain, so that DNS records can be made for it. */
export const dkimTokens = (domain: string): string[] =>
  [1, 2, 3].map((n) => createHash('sha256').update(`${domain} ${n}`).digest('hex').slice(0, 32));

const mailFromOf = ({ mailFrom }: Account, domain: string): Xml => ({
  ...(mailFrom !== 'none' && { MailFromDomain: `mail.${domain}`, MailFromDomainStatus: mailFrom }),
  BehaviorOnMXFailure: 'UseDefaultValue',
});

export interface JsonAnswer {
  status: number;
  body: object;
}

/**
 * A GET of SES v2, which alone knows event destinations on EventBridge's bus; undefined where the path is none of it.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSet.html
 */
export function versionTwo({ account }: Books, path: string): JsonAnswer | undefined {
  if (!path.startsWith('/v2/')) return undefined;
  const [, set = '', more] =
    /^\/v2\/email\/configuration-sets\/([\w-]+)(\/event-destinations)?$/.exec(path) ?? [];
  if (set !== account.configurationSet)
    return { status: 404, body: { message: `Configuration set <${set}> does not exist.` } };
  return { status: 200, body: more ? destinationsOf(account) : rulesOf(account) };
}

const rulesOf = ({ configurationSet, tlsPolicy }: Account): object => ({
  ConfigurationSetName: configurationSet,
  DeliveryOptions: { TlsPolicy: tlsPolicy },
  ReputationOptions: { ReputationMetricsEnabled: true },
  SendingOptions: { SendingEnabled: true },
});

const destinationsOf = ({ events }: Account): object => ({
  EventDestinations: [
    {
      Name: 'events',
      Enabled: true,
      MatchingEventTypes: events,
      EventBridgeDestination: { EventBusArn: 'arn:aws:events:us-east-1:123456789012:event-bus/default' },
    },
  ],
});
