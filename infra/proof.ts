/** The keys that sign links, for the sign-up form: only where newsletter.json asks for a proof of work there. */
import type { Settings } from '../lambdas/core/settings';
import type { Usable } from './rights';

export const proofOf = ({ keys }: { keys: Usable }, { joining }: Settings): { proof: Usable } => ({
  proof: { ...keys, arns: joining.proof ? keys.arns : [] },
});
