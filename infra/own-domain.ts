/** The site's own name at API Gateway with its certificate, and the DNS records that lead there. */
import { DomainName, IpAddressType } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { Settings } from '../lambdas/core/settings';
import type { DnsRecord } from './dns';

export type OwnDomainProps = Pick<Settings, 'site' | 'domain'>;

export class OwnDomain extends Construct {
  /** None where the settings name no domain: the operator points the site's name at the API. */
  readonly domainName?: DomainName;
  readonly records: readonly DnsRecord[];

  constructor(scope: Construct, id: string, { site, domain }: OwnDomainProps) {
    super(scope, id);
    if (!domain) {
      this.records = [];
      return;
    }
    const host = new URL(site).hostname;
    this.domainName = new DomainName(this, 'Name', {
      domainName: host,
      certificate: this.certificate(host, domain),
      ipAddressType: IpAddressType.DUAL_STACK,
    });
    this.records = recordsOf(host, domain, this.domainName);
  }

  /** Of a zone of ours Certificate Manager sees the proof in the DNS while the stack is made; it renews by the same. */
  private certificate(host: string, domain: NonNullable<Settings['domain']>): ICertificate {
    if ('certificate' in domain)
      return Certificate.fromCertificateArn(this, 'Certificate', domain.certificate);
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: domain.zoneId,
      zoneName: domain.zone,
    });
    return new Certificate(this, 'Certificate', {
      domainName: host,
      validation: CertificateValidation.fromDns(zone),
    });
  }
}

function recordsOf(
  name: string,
  domain: NonNullable<Settings['domain']>,
  { regionalDomainName, regionalHostedZoneId }: DomainName,
): DnsRecord[] {
  if ('certificate' in domain) return [{ id: 'DnsSite', name, type: 'CNAME', value: regionalDomainName }];
  const value = { dnsName: regionalDomainName, hostedZoneId: regionalHostedZoneId };
  return [
    { id: 'DnsSite', name, type: 'A', value },
    { id: 'DnsSiteIpv6', name, type: 'AAAA', value },
  ];
}
