/** Which sender dies when: at a named point of its work or at any time, spread over the whole run. */
import type { Chance } from './chance';
import { asked } from './faults-dynamodb';
import type { Call } from './faults-proxy';

export const POINTS = [
  'before claim',
  'after claim',
  'before SES',
  'after SES',
  'before rows',
  'after rows',
  'before second try',
  'after second try',
] as const;
export type Point = (typeof POINTS)[number];

/** What a sender can be stopped at. */
export interface Victim {
  kill(): void;
}

/** A point-kill that finds no sender at its point so soon after its time, in milliseconds, takes any. */
const PATIENCE = 3_000;

interface Kill {
  /** How many calls to SES come before it. */
  after: number;
  at: Point | 'any time';
  /** When its time came, in epoch milliseconds. */
  dueSince?: number;
}

export interface Kills {
  /** A sender is at a point; says whether it was killed there. */
  reached(point: Point, sender: Victim): boolean;
  /** Another call to SES began. */
  progressed(): void;
  /** To be asked now and then: kills that need no point. `final`: all that are left. */
  strike(senders: readonly Victim[], final?: boolean): void;
  done(): number;
}

export function planKills({
  count,
  readers,
  chance,
}: {
  count: number;
  readers: number;
  chance: Chance;
}): Kills {
  const planned = Array.from({ length: count }, (_, n): Kill => {
    const after = ((n + chance.fraction()) * readers * 0.9) / count;
    return { after, at: n % 3 === 2 ? 'any time' : chance.pick(POINTS) };
  });
  let open = planned;
  let calls = 0;
  const close = (kill: Kill): void => void (open = open.filter((other) => other !== kill));
  const isDue = ({ after }: Kill): boolean => after <= calls;
  return {
    reached(point, sender) {
      const kill = open.find((one) => isDue(one) && one.at === point);
      if (!kill) return false;
      close(kill);
      sender.kill();
      return true;
    },
    progressed: () => void calls++,
    strike(senders, final = false) {
      const now = Date.now();
      for (const kill of open.filter((one) => final || isDue(one))) {
        kill.dueSince ??= now;
        const waits = kill.at === 'any time' ? chance.between(0, 300) : PATIENCE;
        // second tries come at the very end
        if (!final && (kill.at.endsWith('second try') || now - kill.dueSince < waits)) continue;
        close(kill);
        chance.pick(senders).kill();
      }
    },
    done: () => planned.length - open.length,
  };
}

/** The work that a call to DynamoDB stands for, if it is one of the named points. */
export function workOf(
  call: Call,
  { action, input } = asked(call),
): 'claim' | 'rows' | 'second try' | undefined {
  const condition = JSON.stringify(input['ConditionExpression'] ?? '');
  if (action === 'UpdateItem' && condition.includes('#claimedTo')) return 'claim';
  if (action === 'BatchWriteItem') return 'rows';
  const item = JSON.stringify(input['Item'] ?? {});
  return action === 'PutItem' && item.includes('"unknown"') && condition.includes('#attempt')
    ? 'second try'
    : undefined;
}
