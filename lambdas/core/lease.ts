/** How the time of a lane's lease is divided, so that whatever a sender begins has ended before somebody else may go on. */

/** All in milliseconds. */
export interface LeaseTimes {
  lease: number;
  /** The longest that a call to SES may take, answer and all. */
  call: number;
  /** Before a call the lease must hold for as long. */
  beforeCall: number;
  /** With less left of the run a group isn't begun. */
  beforeGroup: number;
  /** Kept at the end of a run for the rows of its last group. */
  forRows: number;
}

/** Of two minutes: calls of 20 seconds that start 25 before the lease ends, groups 45 and rows 10 before the run does. */
export function leaseTimes(leaseSeconds: number): LeaseTimes {
  const lease = leaseSeconds * 1000;
  return {
    lease,
    call: lease / 6,
    beforeCall: (lease * 5) / 24,
    beforeGroup: (lease * 3) / 8,
    forRows: lease / 12,
  };
}
