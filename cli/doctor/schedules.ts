/** Whether all that runs by the clock is there, on, and at the time that newsletter.json says. */
import type { FoundSchedule } from '../../lambdas/aws/scheduler';
import type { Cadence } from '../../lambdas/core/cadences';
import { nextEdition, type EditionSchedule } from '../../lambdas/core/due';
import type { Settings } from '../../lambdas/core/settings';
import { type HandlerName, triggers, type Trigger } from '../../lambdas/triggers';
import { nextEditionLine } from '../../templates/schedule-words';
import { fail, ok, warn, type Finding } from './finding';

export interface Wanted {
  /** Such as "build-digest weekly". */
  name: string;
  handler: string;
  cadence?: string;
  expression: string;
  /** What it does next, such as the days that the next edition covers. */
  next?: string;
}

/** As infra makes them. */
export const wantedSchedules = (
  { cadences, timeZone }: Pick<Settings, 'cadences' | 'timeZone'>,
  now: Date,
): Wanted[] =>
  (Object.entries(triggers) as [HandlerName, Trigger][]).flatMap(([handler, trigger]): Wanted[] => {
    if (trigger.kind === 'schedule') return [{ name: handler, handler, expression: `cron(${trigger.cron})` }];
    if (trigger.kind !== 'cadences') return [];
    return (Object.entries(cadences) as [Cadence, { cron: string }][]).map(([cadence, { cron }]) => ({
      name: `${handler} ${cadence}`,
      handler,
      cadence,
      expression: `cron(${cron})`,
      next: nextLine({ cadence, cron, timeZone }, now),
    }));
  });

const NEVER = 'it never fires again';

function nextLine(of: EditionSchedule, now: Date): string {
  const next = nextEdition(of, now);
  return next ? nextEditionLine(next) : NEVER;
}

/** What was taken out of newsletter.json goes on until the next deployment. */
export function unknownSchedules(wanted: readonly Wanted[], found: readonly FoundSchedule[]): Finding {
  const strange = found.filter((one) => !wanted.some((candidate) => isFor(one, candidate)));
  if (strange.length === 0) return ok(`${found.length} in the group, all of newsletter.json`);
  return warn(
    `newsletter.json knows nothing of ${strange.map(({ name }) => name).join(', ')}`,
    'Deploy again (npm run deploy), if it was taken out of newsletter.json; remove what the stack did not make.',
  );
}

export function schedule(wanted: Wanted, timeZone: string, found: readonly FoundSchedule[]): Finding {
  const [one, ...others] = found.filter((candidate) => isFor(candidate, wanted));
  const again = 'Deploy again (npm run deploy): the stack makes it from newsletter.json.';
  if (!one) return fail('there is no such schedule', again);
  if (others.length > 0)
    return warn(
      `${others.length + 1} schedules start it: ${[one, ...others].map(({ name }) => name).join(', ')}`,
      'Editions are made once all the same; remove those that the stack did not make.',
    );
  const when = `${one.expression} ${one.timeZone}`;
  if (!one.enabled)
    return fail(
      `it is off (${when})`,
      "Turn it on in EventBridge Scheduler's console, once you know who turned it off.",
    );
  if (one.expression !== wanted.expression || one.timeZone !== timeZone)
    return fail(`it runs at ${when}, and newsletter.json says ${wanted.expression} ${timeZone}`, again);
  if (wanted.next === NEVER) return warn(`${when}: ${NEVER}`, 'Change its cron in newsletter.json.');
  return ok(wanted.next ? `${when}: ${wanted.next}` : when);
}

/** A function's name in AWS begins with that of the stack and has no hyphens of its own. */
const isFor = ({ starts, input }: FoundSchedule, { handler, cadence }: Wanted): boolean =>
  starts.replaceAll('-', '').includes(handler.replaceAll('-', '')) && cadenceIn(input) === cadence;

function cadenceIn(input: string): unknown {
  try {
    return (JSON.parse(input) as { cadence?: unknown } | null)?.cadence;
  } catch {
    return undefined; // somebody's own schedule
  }
}
