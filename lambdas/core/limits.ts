/** What the operator's limits mean for some of those who ask; apart from proof.ts, whose library few bundles need. */

const PART_WITHOUT_PROOF = 10;

/** Invitations an hour to all those together whose forms bring no proof of work, of the limit for everybody: one at least. */
export const withoutProof = (invitations: number): number =>
  Math.max(1, Math.floor(invitations / PART_WITHOUT_PROOF));
