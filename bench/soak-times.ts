/** The soak's times: in the proportions of the real ones, but short. */
import { leaseTimes } from '../lambdas/core/lease';

/** A killed sender's lanes are free after so long; in earnest 120. */
export const LEASE_SECONDS = 5;
/** Longer than the lease, a stalled sender and a wrong clock together, since events have to come first; in earnest 60. */
export const GRACE_MINUTES = 0.12;
/** When a message whose sender was killed comes back; shorter than a handler may take, so that it comes back early too. */
export const VISIBILITY_SECONDS = 6;
/** As long as a handler may run: a lane that takes longer stops in good order and queues itself again. */
export const HANDLER_SECONDS = 20;
/** How far a sender's clock may be from the others', in milliseconds either way. */
export const CLOCK_MS = 1_000;
/** How long a stalled sender stands still: it wakes up when its lanes have gone to somebody else. */
export const STALL_MS = LEASE_SECONDS * 1000 + 500;
/** Milliseconds a sender waits for SES. */
export const PATIENCE_MS = leaseTimes(LEASE_SECONDS).call;
