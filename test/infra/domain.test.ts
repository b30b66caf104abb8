/** A domain of the operator's: what the stack makes in Route 53, what it only tells, and where the site answers. */
import { Template } from 'aws-cdk-lib/assertions';
import { paperboy } from '../../infra/stack';
import { readSettings } from '../../lambdas/core/settings';
import { app, resource, resources, settings, synth, text } from './template';

/** Throws when cdk-nag has a finding that nobody answered. */
const stackWith = (change: object): Template =>
  Template.fromStack(paperboy(app(), readSettings({ ...settings, ...change })));

const zoned = stackWith({ domain: { zone: 'example.org', zoneId: 'Z0123456789ABCDEFGHIJ' } });
const certificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d';
const elsewhere = stackWith({ region: 'eu-central-1', domain: { certificate } });

const outputs = (template: Template): Record<string, string> =>
  Object.fromEntries(
    Object.entries(template.findOutputs('*')).map(([name, { Value }]) => [name, text(Value)]),
  );

test('with a zone every record of mail and site is set by the deployment, and none is left to the operator', () => {
  const records = resources(zoned, 'AWS::Route53::RecordSet').map(({ Properties }) => {
    expect(Properties.HostedZoneId).toBe('Z0123456789ABCDEFGHIJ');
    const { Name, Type, ResourceRecords = [], AliasTarget } = Properties;
    const alias = (AliasTarget as { DNSName: unknown } | undefined)?.DNSName;
    return [text(Name), Type, alias ? text(alias) : (ResourceRecords as unknown[]).map(text).join()];
  });
  const domain = 'papers.example.org';
  expect(records).toEqual([
    ...Array.from({ length: 3 }, () => ['MailIdentity', 'CNAME', 'MailIdentity']),
    [`mail.${domain}`, 'MX', '10 feedback-smtp.AWS::Region.amazonses.com'],
    [`mail.${domain}`, 'TXT', '"v=spf1 include:amazonses.com ~all"'],
    [`_dmarc.${domain}`, 'TXT', '"v=DMARC1; p=none"'],
    [domain, 'A', 'DomainName'],
    [domain, 'AAAA', 'DomainName'],
  ]);
  expect(Object.keys(outputs(zoned)).toSorted()).toEqual(['AlarmTopic', 'CliEnvironment', 'SiteAddress']);
});

test('the three DKIM records are three', () => {
  const names = Object.values(zoned.findResources('AWS::Route53::RecordSet')).map(
    ({ Properties }) => (Properties as { Name: unknown }).Name,
  );
  const ofDkim = names.filter((name) => typeof name === 'object').map((name) => JSON.stringify(name));
  expect(new Set(ofDkim).size).toBe(3);
});

test('with a zone the site has a certificate that proves itself in the DNS, and answers at its own name only', () => {
  expect(resource(zoned, 'AWS::CertificateManager::Certificate', 'DomainCertificate').Properties).toEqual({
    DomainName: 'papers.example.org',
    DomainValidationOptions: [{ DomainName: 'papers.example.org', HostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
    ValidationMethod: 'DNS',
    Tags: expect.anything(),
  });
  const name = resource(zoned, 'AWS::ApiGatewayV2::DomainName', 'DomainName');
  const [configuration] = name.Properties.DomainNameConfigurations as [Record<string, unknown>];
  expect(text(configuration['CertificateArn'])).toBe('DomainCertificate');
  const [mapping] = resources(zoned, 'AWS::ApiGatewayV2::ApiMapping');
  expect(text(mapping?.Properties.ApiId)).toBe('SiteApi');
  expect(text(mapping?.Properties.DomainName)).toBe('DomainName');
  expect(resource(zoned, 'AWS::ApiGatewayV2::Api', 'SiteApi').Properties).toMatchObject({
    DisableExecuteApiEndpoint: true,
  });
  expect(outputs(zoned)['SiteAddress']).toBe('https://DomainName');
});

test('with a certificate and its DNS elsewhere the records are told, the one of the site too', () => {
  expect(resources(elsewhere, 'AWS::Route53::RecordSet')).toEqual([]);
  expect(resources(elsewhere, 'AWS::CertificateManager::Certificate')).toEqual([]);
  expect(outputs(elsewhere)).toMatchObject({
    DnsSite: 'papers.example.org CNAME DomainName',
    DnsDkim1: 'MailIdentity CNAME MailIdentity',
    DnsMailFromMx: 'mail.papers.example.org MX 10 feedback-smtp.AWS::Region.amazonses.com',
  });
  expect(resource(elsewhere, 'AWS::ApiGatewayV2::Api', 'SiteApi').Properties).toMatchObject({
    DisableExecuteApiEndpoint: true,
  });
});

test('without a domain the site answers at an address of API Gateway', () => {
  const template = synth();
  expect(resources(template, 'AWS::ApiGatewayV2::DomainName')).toEqual([]);
  expect(resource(template, 'AWS::ApiGatewayV2::Api', 'SiteApi').Properties).toMatchObject({
    DisableExecuteApiEndpoint: false,
  });
});
