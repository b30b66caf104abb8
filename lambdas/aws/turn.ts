/** A sender's turn at SES: evenly paced, within the day's quota. One for each process, whatever lanes it walks. */
import { setTimeout as wait } from 'node:timers/promises';
import { leftToday, pacer, spacing } from '../core/pace';
import { settings } from './environment';
import { countedQuota, countSent, quota } from './quota';

const pace = pacer();

/** Waits for the turn. `quota`: nothing may go today any more. `too late`: the turn would come after `latest`. */
export async function turn(latest: Date): Promise<'go' | 'quota' | 'too late'> {
  await quota();
  const limits = countedQuota(); // without a pause before our own mail counts, or two would take the last place
  if (leftToday(limits) === 0) return 'quota';
  const now = performance.now(); // the wall clock may be set back
  const ahead = pace.reserve(now, spacing(limits, settings().sending.senders)) - now;
  if (Date.now() + ahead > latest.getTime()) return 'too late';
  countSent(1);
  if (ahead > 0) await wait(ahead);
  return 'go';
}
