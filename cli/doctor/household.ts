/** What the operator looks after: dead letters, the clock, the postal address, the keys, the site. */
import type { Settings } from '../../lambdas/core/settings';
import { fail, ok, warn, type Finding } from './finding';

export function deadLetters(counts: Readonly<Record<string, number>>): Finding {
  const said = Object.entries(counts).map(([queue, count]) => `${queue} ${count}`);
  const found = said.join(', ');
  return Object.values(counts).every((count) => count === 0)
    ? ok(found)
    : warn(
        found,
        '`dead-letters list` says why; mend the cause, then `dead-letters redrive`. Those of schedules are runs that failed: look at the log of the function.',
      );
}

/** AWS refuses what was signed more than five minutes off (RequestTimeTooSkewed). */
export function clock(secondsAhead: number): Finding {
  const off = Math.abs(secondsAhead);
  const found = `${off.toFixed(1)} seconds ${secondsAhead < 0 ? 'behind' : 'ahead of'} AWS`;
  const remedy = "Set this computer's clock by a time server; AWS refuses calls from 5 minutes on.";
  if (off > 300) return fail(found, remedy);
  return off > 30 ? warn(found, remedy) : ok(found);
}

export function postalAddress(
  { postalAddress: address }: Pick<Settings, 'postalAddress'>,
  local: boolean,
): Finding {
  if (!/1 Example Street|Example Town/i.test(address)) return ok(address);
  const remedy =
    'Put your own into newsletter.json before anybody is mailed: laws of most countries want it in every mail.';
  return (local ? warn : fail)(`it is the example's: ${address}`, remedy);
}

const DAY_MS = 86_400_000;
const OLD_DAYS = 730;

export function keyAge(changedAt: Date, now: Date): Finding {
  const days = Math.max(0, Math.floor((now.getTime() - changedAt.getTime()) / DAY_MS));
  const found = `the keys were last changed ${days} days ago`;
  if (days <= OLD_DAYS) return ok(found);
  return warn(
    found,
    'Add a key to the secret beside the old ones ("k2", 48 random letters) and name it in "current"; never take k1 away: links in old mails and the ids of readers need it.',
  );
}

export const siteAnswers = (url: string, status: number): Finding =>
  status === 200
    ? ok(`${url} answers`)
    : fail(
        `${url} answers with status ${status}`,
        "Look at the log of the function archive, and whether `site` in newsletter.json is the stack's SiteAddress or your own domain.",
      );
