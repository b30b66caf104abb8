/** SES: the sender's domain with its signatures, the rules for every mail, and the DNS records that prove the domain. */
import { Stack } from 'aws-cdk-lib';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  DkimIdentity,
  EasyDkimSigningKeyLength,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { domainOf } from '../lambdas/core/sender';
import type { DnsRecord } from './dns';
import type { Usable } from './rights';

/**
 * While an account is in SES's sandbox, SES asks for the right to the recipient's identity too, and an operator's first
 * mail goes to an address verified by hand (aws/aws-sdk-js#3641, cloudposse/terraform-aws-ses#40).
 */
const wide = {
  id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
  reason:
    "In the sandbox SES checks the recipient's identity too; the condition leaves one sender's address.",
};

/** How much the account may send. */
const quota: Usable = {
  service: 'ses',
  arns: ['*'],
  wide: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'ses:GetSendQuota asks about the whole account: the action knows no resource.',
  },
};

export interface MailProps {
  /** The address that mails come from; its domain becomes the identity. */
  sender: string;
}

export class Mail extends Construct {
  readonly usable: { mail: Usable; quota: Usable };
  /** What holds for every mail, and where SES reports it. */
  readonly rules: ConfigurationSet;
  readonly records: DnsRecord[];

  constructor(scope: Construct, id: string, { sender }: MailProps) {
    super(scope, id);
    const domain = domainOf(sender);
    this.rules = new ConfigurationSet(this, 'Rules', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    const identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domain),
      dkimIdentity: DkimIdentity.easyDkim(EasyDkimSigningKeyLength.RSA_2048_BIT),
      mailFromDomain: `mail.${domain}`,
      configurationSet: this.rules,
    });
    this.records = this.recordsOf(domain, identity);
    this.usable = { mail: this.mailFrom(sender), quota };
  }

  private mailFrom(sender: string): Usable {
    const { configurationSetName } = this.rules;
    return {
      service: 'ses',
      arns: [arn(this, 'identity', '*'), arn(this, 'configuration-set', configurationSetName)],
      variable: { name: 'CONFIGURATION_SET', value: configurationSetName },
      conditions: { StringEquals: { 'ses:FromAddress': sender } },
      wide,
    };
  }

  /** @see https://docs.aws.amazon.com/ses/latest/dg/mail-from.html#mail-from-set */
  private recordsOf(domain: string, identity: EmailIdentity): DnsRecord[] {
    const bounces = `feedback-smtp.${Stack.of(this).region}.amazonses.com`;
    return [
      ...identity.dkimRecords.map(({ name, value }, i) => ({
        id: `DnsDkim${i + 1}`,
        name,
        type: 'CNAME' as const,
        value,
      })),
      { id: 'DnsMailFromMx', name: `mail.${domain}`, type: 'MX', value: `10 ${bounces}` },
      {
        id: 'DnsMailFromSpf',
        name: `mail.${domain}`,
        type: 'TXT',
        value: '"v=spf1 include:amazonses.com ~all"',
      },
      { id: 'DnsDmarc', name: `_dmarc.${domain}`, type: 'TXT', value: '"v=DMARC1; p=none"' },
    ];
  }
}

const arn = (scope: Construct, resource: string, resourceName: string) =>
  Stack.of(scope).formatArn({ service: 'ses', resource, resourceName });
