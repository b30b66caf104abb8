/** The queue that mails a goodbye, for who leaves: only where newsletter.json asks for one. */
import type { Settings } from '../lambdas/core/settings';
import type { Usable } from './rights';

export const goodbyeOf = ({ joins }: { joins: Usable }, { leaving }: Settings): { goodbye: Usable } => ({
  goodbye: { ...joins, arns: leaving.goodbye ? joins.arns : [] },
});
