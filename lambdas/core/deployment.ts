/** The settings that only a deployment asks for: the region, the domain's DNS, and what is kept from before. */
import * as z from 'zod/mini';
import { quoted } from './invisible';
import { didYouMean } from './nearest';
import { regions } from './regions';
import { domainOf } from './sender';

export type Domain = { zone: string; zoneId: string } | { certificate: string };

export const Region = z
  .string()
  .check(z.refine((name) => regions.includes(name), { error: ({ input }) => regionProblem(String(input)) }));

function regionProblem(name: string): string {
  const examples = ' Examples: "eu-central-1" or "us-east-1"';
  if (/^(cn-|us-iso|eu-iso|eusc-)/.test(name))
    return `${quoted(name)} is not supported: the region must be one of AWS's commercial or GovCloud regions.${examples}`;
  return `${quoted(name)} is not a valid AWS region.${didYouMean(name, regions) || examples}`;
}

const name = z
  .string()
  .check(z.regex(/^([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/, 'must be a domain name in lower case'));

const hostedZone = z
  .string()
  .check(z.regex(/^Z[A-Z0-9]{5,31}$/, 'is not a valid hosted zone ID of Route 53'));

const certificateArn = z
  .string()
  .check(
    z.regex(
      /^arn:aws[\w-]*:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/,
      'is not a valid certificate ARN, such as "arn:aws:acm:eu-central-1:123456789012:certificate/…"',
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
        'must have either "zone" and "zoneId" (DNS in Route 53), such as { "zone": "example.org", "zoneId": "Z0123456789ABCDEFGHIJ" }, or only "certificate" (DNS elsewhere)',
      input: domain,
    });
    return z.NEVER;
  }),
);

const table = z.string().check(z.regex(/^[\w.-]{3,255}$/, 'is not a valid DynamoDB table name'));

const secretArn = z.string().check(
  z.regex(
    /^arn:aws[\w-]*:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/, // with its last six letters, or no right is to it
    'must be the ARN of a secret, with its last six characters',
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
  kept?: z.infer<typeof Kept> | undefined;
}

/** What each field may be only beside the others. */
export function fits({ sender, site, region, domain, kept }: Fitting, context: z.core.$RefinementCtx): void {
  const wrong = (path: string[], message: string): void => {
    context.addIssue({ code: 'custom', path, message });
  };
  if (region) for (const { path, message } of elsewhere({ domain, kept }, region)) wrong(path, message);
  if (!domain || !('zone' in domain)) return;
  const { zone } = domain;
  if (!isIn(zone, new URL(site).hostname))
    wrong(['domain', 'zone'], `must contain the site, but ${new URL(site).hostname} is not in "${zone}"`);
  if (!isIn(zone, domainOf(sender.address)))
    wrong(
      ['domain', 'zone'],
      `must contain the sender's domain, but ${domainOf(sender.address)} is not in "${zone}"`,
    );
}

/** What is named by an ARN, and is not in the region of the stack. */
export function elsewhere(
  { domain, kept }: Pick<Fitting, 'domain' | 'kept'>,
  region: string,
): { path: string[]; message: string }[] {
  const named = [
    {
      path: ['domain', 'certificate'],
      arn: domain && 'certificate' in domain ? domain.certificate : undefined,
    },
    { path: ['kept', 'keys'], arn: kept?.keys },
  ];
  return named.flatMap(({ path, arn }) => {
    const at = arn?.split(':')[3] ?? region;
    return at === region
      ? []
      : [{ path, message: `is in ${at}, but must be in the stack's region, ${region}` }];
  });
}

const isIn = (zone: string, host: string): boolean => host === zone || host.endsWith(`.${zone}`);

/** Such as "sources.1: …": a handler on Lambda sees no file of the operator's machine. */
export const sourcesOutOfReach = (sources: readonly { kind: string; path?: string }[]): string[] =>
  sources.flatMap(({ kind, path }, n) =>
    kind === 'file'
      ? [
          `sources.${n}: is the file ${path}, which AWS Lambda can't read. Remove it from the sources, and after the deployment add its papers by npm run paperboy -- papers import ${path}`,
        ]
      : [],
  );
