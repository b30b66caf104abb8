/** What the doctor finds at one place, and what to do about it. */

export interface Finding {
  /** `not asked` where there is nothing to look at, such as the DNS of a machine of one's own. */
  outcome: 'ok' | 'warn' | 'fail' | 'not asked';
  found: string;
  /** A sentence, where something is to be done. */
  remedy?: string;
}

export const ok = (found: string): Finding => ({ outcome: 'ok', found });
export const warn = (found: string, remedy: string): Finding => ({ outcome: 'warn', found, remedy });
export const fail = (found: string, remedy: string): Finding => ({ outcome: 'fail', found, remedy });
export const notAsked = (found: string): Finding => ({ outcome: 'not asked', found });
