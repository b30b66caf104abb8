/** Whether the schedules of newsletter.json ever fire. */
import { firesAt } from '../lambdas/core/cron';
import type { Settings } from '../lambdas/core/settings';

/** Not in the schema: a year passes, and a handler has to read the settings it was deployed with all the same. */
export function schedulesThatNeverFire(
  { cadences, timeZone }: Pick<Settings, 'cadences' | 'timeZone'>,
  now: Date,
): string[] {
  return Object.entries(cadences).flatMap(([cadence, { cron }]) => {
    const problem = problemOf(cron, timeZone, now);
    return problem ? [`cadences.${cadence}.cron: ${problem}. Example: "0 7 ? * MON *"`] : [];
  });
}

function problemOf(cron: string, timeZone: string, now: Date): string | undefined {
  try {
    return firesAt(cron, timeZone, now) ? undefined : `"${cron}" never fires: no such time is still to come`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
