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

export type DnsProps = Pick<Settings, 'domain'>;

export class Dns extends Construct {
  /** The zone's id; none where the DNS is elsewhere. */
  private readonly zone: string | undefined;

  constructor(scope: Construct, id: string, { domain }: DnsProps) {
    super(scope, id);
    this.zone = domain && 'zone' in domain ? domain.zoneId : undefined;
  }

  set(records: readonly DnsRecord[]): (CfnRecordSet | CfnOutput)[] {
    const { zone } = this;
    return records.flatMap((record): (CfnRecordSet | CfnOutput)[] =>
      zone === undefined ? this.told(record) : this.made(record, zone),
    );
  }

  /** Not the RecordSet of higher level: it takes a name that SES chooses for one without its zone. */
  private made({ id, name, type, value }: DnsRecord, hostedZoneId: string): CfnRecordSet[] {
    const what = typeof value === 'string' ? { resourceRecords: [value], ttl: TTL } : { aliasTarget: value };
    return [new CfnRecordSet(this, id, { hostedZoneId, name, type, ...what })];
  }

  private told({ id, name, type, value }: DnsRecord): CfnOutput[] {
    if (typeof value !== 'string') return [];
    return [new CfnOutput(Stack.of(this), id, { value: `${name} ${type} ${value}` })];
  }
}
