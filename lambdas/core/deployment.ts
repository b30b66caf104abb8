/** The settings that only a deployment asks for: the region, the domain's DNS, and what is kept from before. */
import * as z from 'zod/mini';
import { domainOf } from './sender';

export type Domain = { zone: string; zoneId: string } | { certificate: string };

export const Region = z
  .string()
  .check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is no AWS region, such as "eu-central-1" or "us-east-1"'));

const name = z
  .string()
  .check(z.regex(/^([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/, 'is no domain in lower case, such as "example.org"'));

const hostedZone = z
  .string()
  .check(z.regex(/^Z[A-Z0-9]{5,31}$/, 'is no id of a zone in Route 53, such as "Z0123456789ABCDEFGHIJ"'));

const certificateArn = z
  .string()
  .check(
    z.regex(
      /^arn:aws[\w-]*:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/,
      'is no ARN of a certificate, such as "arn:aws:acm:eu-central-1:123456789012:certificate/…"',
    ),
  );

/** What makes the site's address a domain of the operator's: the zone in Route 53, or a certificate where the DNS is elsewhere. */
export const Domain = z.pipe(
  z.strictObject({
    zone: z.optional(name),
    zoneId: z.optional(hostedZone),
    certificate: z.optional(certificateArn),
  }),
  z.transform((domain, context): Domain => {
    const { zone, zoneId, certificate } = domain;
    if (zone && zoneId && !certificate) return { zone, zoneId };
    if (certificate && !zone && !zoneId) return { certificate };
    context.issues.push({
      code: 'custom',
      message:
        'needs the "zone" and "zoneId" of Route 53, such as { "zone": "example.org", "zoneId": "Z0123456789ABCDEFGHIJ" }, or the "certificate" of a site whose DNS is elsewhere',
      input: domain,
    });
    return z.NEVER;
  }),
);

const table = z
  .string()
  .check(z.regex(/^[\w.-]{3,255}$/, 'is no name of a table, such as "subscribers-restored"'));

const secretArn = z
  .string()
  .check(
    z.regex(
      /^arn:aws[\w-]*:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+$/,
      'is no ARN of a secret, such as "arn:aws:secretsmanager:eu-central-1:123456789012:secret:KeysSecret-AbCdEf"',
    ),
  );

/**
 * What is in the account already and stands in for the stack's own: tables by their names, after a restore or from a stack
 * that was taken away, and the secret with the keys by its ARN (docs/deploy.md).
 */
export const Kept = z.strictObject({
  papers: z.optional(table),
  subscribers: z.optional(table),
  editions: z.optional(table),
  deliveries: z.optional(table),
  counters: z.optional(table),
  keys: z.optional(secretArn),
});

interface Fitting {
  sender: { address: string };
  site: string;
  region?: string | undefined;
  domain?: Domain | undefined;
}

/** What each field may be only beside the others. */
export function fits({ sender, site, region, domain }: Fitting, context: z.core.$RefinementCtx): void {
  const wrong = (path: string[], message: string): void => {
    context.addIssue({ code: 'custom', path, message });
  };
  if (!domain) return;
  if ('zone' in domain) {
    const { zone } = domain;
    if (!isIn(zone, new URL(site).hostname))
      wrong(['domain', 'zone'], `does not hold the site ${site}: it must be a name in "${zone}"`);
    if (!isIn(zone, domainOf(sender.address)))
      wrong(['domain', 'zone'], `does not hold the sender's domain: it must be a name in "${zone}"`);
    return;
  }
  const at = domain.certificate.split(':')[3];
  if (region && at !== region)
    wrong(['domain', 'certificate'], `is in ${at}, and must be where the stack is, in ${region}`);
}

const isIn = (zone: string, host: string): boolean => host === zone || host.endsWith(`.${zone}`);
