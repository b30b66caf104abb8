/** Proof of work at the sign-up form, with what it needs of the deployment: the keys, and a row for each proof that was used. */
import { randomInt } from 'node:crypto';
import { challengeOf, solvedBy, TRIES } from '../core/proof';
import * as counters from './counters';
import { keys } from './keys';

export const newChallenge = async (now: Date): Promise<object> =>
  challengeOf(randomInt(TRIES.least, TRIES.most), await keys(), now);

/** Whether this solves a challenge of ours, for the first time. */
export async function isProven(solution: string, now: Date): Promise<boolean> {
  if (solution === '') return false; // most that bring none say so, and need no keys
  const solved = await solvedBy(solution, await keys(), now);
  // counted in the hour in which the challenge ends, which is the same however often it comes
  return solved !== undefined && counters.hasRoom(`proof#${solved.challengeId}`, 1, 'hour', solved.expiresAt);
}
