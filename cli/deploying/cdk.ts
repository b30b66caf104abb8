/** The CDK command line that package.json pins, run as a process in the project's folder. */
import { spawnSync } from 'node:child_process';
import type { Place } from './place';

/** The first version that templates of this CDK take. */
const OLDEST_BOOTSTRAP = 6;

/** Its words go straight to the operator. @throws Error when it ends with anything but success */
export function cdk(...words: string[]): void {
  const { status, error } = spawnSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...words], {
    stdio: 'inherit',
  });
  if (error) throw new Error("Can't start cdk: run npm ci", { cause: error });
  if (status !== 0)
    throw new Error(`cdk ${words[0]} failed (its exit code is ${status}): what it says stands above`);
}

/** What `cdk bootstrap` takes: an account and its region. */
export const environmentOf = ({ account, region }: Place): string => `aws://${account}/${region}`;

/** What to do before the first deployment to a region; undefined when nothing. */
export function bootstrapNeeded(version: number | 'none' | 'hidden', place: Place): string | undefined {
  const command = `npx cdk bootstrap ${environmentOf(place)}`;
  if (version === 'none')
    return `${place.region} of account ${place.account} is not prepared for CDK yet. Once for all stacks: ${command} (or add --bootstrap)`;
  if (version !== 'hidden' && version < OLDEST_BOOTSTRAP)
    return `${place.region} was prepared by an old CDK (version ${version}, and ${OLDEST_BOOTSTRAP} is needed). Again: ${command} (or add --bootstrap)`;
  return undefined;
}
