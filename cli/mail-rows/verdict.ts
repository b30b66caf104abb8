/** What comes of looking at a mail by one row of the list. */
import type { Settings } from '../../lambdas/core/settings';
import type { Reading } from './reading';

export interface Verdict {
  outcome: 'ok' | 'failed' | 'not asked' | 'not offline' | 'not checked';
  /** What is wrong, or where else it is looked at. */
  why: string;
}

/** Looks at one mail; `newsletter` is whose mail it ought to be. */
export type Check = (mail: Reading, newsletter: Settings) => Verdict | Promise<Verdict>;

export const notAsked = (why: string): Verdict => ({ outcome: 'not asked', why });
export const notOffline = (why: string): Verdict => ({ outcome: 'not offline', why });
/** For want of a tool on this machine. */
export const notChecked = (why: string): Verdict => ({ outcome: 'not checked', why });

/** Fine without faults; `left` says what could not be looked at here. */
export const judged = (faults: readonly (string | false | undefined)[], left = ''): Verdict => {
  const real = faults.filter((fault) => typeof fault === 'string');
  return real.length
    ? { outcome: 'failed', why: [...new Set(real)].slice(0, 5).join('; ') }
    : { outcome: 'ok', why: left };
};

/** A row that is asked only of what goes to many: invitations and other answers to one person are left out. */
export const ofBulk =
  (check: Check): Check =>
  (mail, newsletter) =>
    mail.bulk ? check(mail, newsletter) : notAsked('this mail answers one person');
