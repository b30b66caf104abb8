/** Where a stack goes: the region and the account, and in a sentence why it can't go there. */
import { caller } from '../../lambdas/aws/caller';
import { missingIn, regionHere } from '../../lambdas/aws/region';
import { Region } from '../../lambdas/core/deployment';

export interface Place {
  region: string;
  account: string;
}

/** There is no account to look at: no region is named, or there are no credentials. */
export class Nowhere extends Error {}

/** The one of the settings, which the environment may not contradict: commands would look for the stack elsewhere. */
export async function chooseRegion(wanted: string | undefined, file: string): Promise<string> {
  const here = await regionHere();
  if (wanted && here && wanted !== here)
    throw new Error(
      `${file} says region ${wanted}, but your environment says ${here}. Set AWS_REGION=${wanted}, or change the file`,
    );
  const region = wanted ?? here;
  if (!region)
    throw new Nowhere(`No AWS region is set. Add "region": "eu-central-1" to ${file}, or set AWS_REGION`);
  const problem = Region.safeParse(region).error?.issues[0]?.message;
  if (problem !== undefined) throw new Error(`${problem}. Check AWS_REGION or your AWS profile`);
  return region;
}

/** @throws Error saying why AWS does not know who asks, or that the region lacks what a newsletter needs */
export async function enter(region: string): Promise<Place> {
  process.env['AWS_REGION'] = region; // for every call, and for cdk
  const { account } = await caller().catch((cause: unknown) => stopped(cause, region));
  const missing = await missingIn(region);
  if (missing.length > 0)
    throw new Error(
      `The region ${region} has no ${missing.join(' and no ')}. Choose another, such as eu-central-1`,
    );
  return { region, account };
}

const NOBODY = /^(Credentials|Token)ProviderError$/;

/** By the name, code or message that the SDK or AWS gives. */
const reasons: [when: RegExp, says: (region: string) => string][] = [
  [
    /^(ExpiredToken|TokenRefreshRequired|RequestExpired)/,
    () => 'Your AWS credentials have expired. Log in again (aws sso login)',
  ],
  [
    /^(InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature)/,
    (region) =>
      `AWS rejected your credentials in ${region}. Check which keys AWS_PROFILE or your environment selects, whether the region is enabled for the account, and whether this computer's clock is right`,
  ],
  [
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError)/,
    (region) => `Can't reach AWS in ${region}. Check the region's name and that this computer is online`,
  ],
];

function stopped(cause: unknown, region: string): never {
  const { name, code = '' } = cause as NodeJS.ErrnoException;
  if (NOBODY.test(name))
    throw new Nowhere(
      'No AWS credentials found. Log in (aws sso login, or aws configure), and set AWS_PROFILE to the profile',
      { cause },
    );
  const found = reasons.find(([when]) => when.test(name) || when.test(code));
  throw new Error(found ? found[1](region) : "Can't ask AWS whose credentials these are", { cause });
}
