/** What the operator looks after: dead letters, the clock, the keys. */
import { fail, ok, warn, type Finding } from './finding';

export const deadLetters = (count: number): Finding =>
  count === 0
    ? ok('none')
    : warn(
        `${count} ${count === 1 ? 'message' : 'messages'} that nobody could settle`,
        'See the reasons with `dead-letters list`, fix the cause, then run `dead-letters redrive`.',
      );

/** Of papers that were to come, editions that were to be built or books that were to close; none runs a second time. */
export const failedRuns = (count: number): Finding =>
  count === 0
    ? ok('none')
    : warn(
        `${count} ${count === 1 ? 'run' : 'runs'} that did not start, or failed`,
        'See the logs of ingest-papers, build-digest and settle-edition for the cause. Each message in the queue names its run; delete it in the SQS console once it is fixed.',
      );

/** AWS refuses what was signed more than five minutes off (RequestTimeTooSkewed). */
export function clock(secondsAhead: number): Finding {
  const off = Math.abs(secondsAhead);
  const found = `${off.toFixed(1)} seconds ${secondsAhead < 0 ? 'behind' : 'ahead of'} SES`;
  const remedy = "Set this computer's clock by a time server; AWS refuses calls from 5 minutes on.";
  if (off > 300) return fail(found, remedy);
  return off > 30 ? warn(found, remedy) : ok(found);
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
