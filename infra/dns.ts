/** The DNS records of mail and site: made in the operator's zone of Route 53, or told as outputs, to be set by hand. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { Settings } from '../lambdas/core/settings';

export interface DnsRecord {
  /** What it is called in the stack, such as "DnsDkim1". */
  id: string;
  /** The whole name. */
  name: string;
  type: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'TXT';
  /** As zone files have it; or the thing of AWS that an alias stands for, which only Route 53 knows. */
  value: string | CfnRecordSet.AliasTargetProperty;
}

/** Seconds for which others may remember a record. */
const TTL = '1800';

export interface DnsProps {
  domain: Settings['domain'];
  records: readonly DnsRecord[];
}

export class Dns extends Construct {
  constructor(scope: Construct, id: string, { domain, records }: DnsProps) {
    super(scope, id);
    for (const { id: called, name, type, value } of records) {
      if (domain && 'zone' in domain)
        // not the RecordSet of higher level: it takes a name that SES chooses for one without its zone
        new CfnRecordSet(this, called, {
          hostedZoneId: domain.zoneId,
          name,
          type,
          ...(typeof value === 'string' ? { resourceRecords: [value], ttl: TTL } : { aliasTarget: value }),
        });
      else if (typeof value === 'string')
        new CfnOutput(Stack.of(this), called, { value: `${name} ${type} ${value}` });
    }
  }
}
