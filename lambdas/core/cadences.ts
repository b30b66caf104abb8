/** Which cadence a reader has, and which one they had: an edition is for those who had its cadence when it was frozen. */
import * as z from 'zod/mini';

export type Cadence = z.infer<typeof Cadence>;

/** Apart from the settings, whose schema takes longer to make than a page's first answer has (docs/decisions/0023-cold-starts.md). */
export const Cadence = z.enum(['weekly', 'daily', 'monthly']);

/** In the order in which they were given up. */
export const FormerCadences = z.array(z.object({ cadence: Cadence, until: z.iso.datetime() }));

interface Reader {
  cadence: Cadence;
  formerCadences?: z.infer<typeof FormerCadences> | undefined;
}

/** As many as can matter: nobody changes it so often while one edition goes out. */
const REMEMBERED = 10;

/** `moment` in ISO 8601. */
export const cadenceAt = ({ cadence, formerCadences = [] }: Reader, moment: string): Cadence =>
  formerCadences.find(({ until }) => until > moment)?.cadence ?? cadence;

/** The fields that change when a reader changes the cadence. */
export function changedCadence({ cadence, formerCadences = [] }: Reader, to: Cadence, now: Date): Reader {
  if (to === cadence) return { cadence, ...(formerCadences.length && { formerCadences }) };
  const former = [...formerCadences, { cadence, until: now.toISOString() }];
  return { cadence: to, formerCadences: former.slice(-REMEMBERED) };
}
