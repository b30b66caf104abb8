/** What newsletter.json and the environment say, before anything of it is held against AWS. */
import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../../lambdas/aws/caller';
import type { Settings } from '../../lambdas/core/settings';
import { isExamples } from '../deploying/placeholders';
import { fail, ok, warn, type Finding } from './finding';

export const newsletter = ({ name, sender, site }: Settings): Finding =>
  ok(`${name}, from ${sender.address}, at ${site}`);

/** The handlers have it as it was at the last deployment. */
export function deployed(here: Settings, there: Settings): Finding {
  const was: Readonly<Record<string, unknown>> = there;
  const is: Readonly<Record<string, unknown>> = here;
  const changed = Object.keys({ ...was, ...is }).filter((field) => !isDeepStrictEqual(is[field], was[field]));
  if (changed.length === 0) return ok('newsletter.json is as it was deployed');
  return warn(
    `newsletter.json was changed since it was deployed: ${changed.join(', ')}`,
    'Deploy it (npm run deploy); until then the newsletter goes on as before.',
  );
}

export function postalAddress(
  { postalAddress: address }: Pick<Settings, 'postalAddress'>,
  local: boolean,
): Finding {
  if (!isExamples(address)) return ok(address);
  const remedy =
    'Put your own into newsletter.json before anybody is mailed: the law of most countries wants it in every mail.';
  return (local ? warn : fail)(`it is the example's: ${address}`, remedy);
}

export const account = ({ account: id, region }: Caller): Finding =>
  ok(`AWS account ${id}, region ${region}`);
