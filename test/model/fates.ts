/** What befalls a sender in the middle of its work. */
import type { LaneMessage } from '../../lambdas/core/edition';
import { countMails } from './compare';
import { command, one, type Command, type Doing } from './doing';
import { interrupted, killed, type Moment } from './interrupted';
import * as model from './model';
import type { Life, Model } from './model';
import { LANES } from './people';
import { hears, sends } from './queues';
import { posts } from './readers';
import { goesOn, isBuilt } from './schedule';
import { MINUTE, passes, type Stage } from './stage';

interface Sending {
  of: Model;
  stage: Stage;
  /** Works off a message of the lane. */
  work: (receives?: number) => Promise<unknown>;
  at: Moment;
}

const fails = (): Promise<never> => Promise.reject(new Error("Can't reach DynamoDB"));

const standsStill = ({ work, at, stage }: Sending, hours: number): Promise<boolean> =>
  interrupted(work, at, async () => {
    passes(3 * MINUTE);
    await work();
    await goesOn(stage, 1);
    for (let hour = 0; hour < hours; hour++) {
      passes(61 * MINUTE);
      await goesOn(stage, 1);
    }
  });

/** Each says whether a sender came to that moment. */
const FATES = {
  'is killed': ({ work, at }: Sending) => killed(work, at),
  fails: ({ work, at }: Sending) => interrupted(work, at, fails),
  'fails for the fifth time': async ({ of, work, at }: Sending) => {
    const met = await interrupted(() => work(5), at, fails);
    if (met) of.deadLetters++;
    return met;
  },
  'stands still while another goes on': (sending: Sending) => standsStill(sending, 0),
  // what was mailed is recorded within Lambda's five minutes; before that a process may be frozen for longer
  'stands still for hours': (sending: Sending) => standsStill(sending, sending.at.endsWith('claim') ? 2 : 0),
  'is overtaken by events': ({ work, at, stage }: Sending) =>
    interrupted(work, at, () => hears(stage.ses.reports(1))),
};
export type Fate = keyof typeof FATES;
export const fates = Object.keys(FATES) as Fate[];

/** What was claimed and has no row yet may never have been tried. */
const mayLose = (fate: Fate, at: Moment): boolean =>
  fate !== 'is overtaken by events' && at !== 'before the claim';

export const befalls = (nth: number, minutes: number, fate: Fate, at: Moment): Command =>
  command(
    `after ${minutes} minutes sender ${nth} ${fate} ${at}`,
    async (of, stage) => {
      passes(minutes * MINUTE);
      const message = await someWork(stage, nth);
      if (!message) return;
      const met = await FATES[fate]({ of, stage, work: (receives) => sends(message, receives), at });
      if (!met || !mayLose(fate, at)) return;
      for (const [n, { shard }] of stage.people.entries())
        if (shard === message.shard) one(of.lives, n).losses++;
    },
    isBuilt,
  );

/** The message of one of the lanes in which there is something to do. */
async function someWork(stage: Stage, nth: number): Promise<LaneMessage | undefined> {
  const found = await Promise.all(stage.inhabited.slice(0, LANES).map((shard) => stage.toDo(shard)));
  const messages = found.flatMap((message) => message ?? []);
  return messages[nth % messages.length];
}

/** One who waits for the mail leaves and is answered, so that no mail may be begun, by whoever read the row before. */
export const leavesMeanwhile = (nth: number, at: Moment): Command =>
  command(
    `waiting reader ${nth} leaves when their sender is ${at}`,
    async (of, stage) => {
      const waiting = of.lives.filter(isWaiting);
      const life = one(waiting, nth % waiting.length);
      const person = one(stage.people, of.lives.indexOf(life));
      const message = await stage.toDo(person.shard);
      if (message)
        await interrupted(
          () => sends(message),
          at,
          () => leavesNow({ life, person, of, stage }),
        );
    },
    ({ lives }) => lives.some(isWaiting),
  );

const isWaiting = ({ isDue, wasGone, mails }: Life): boolean => isDue && !wasGone && mails === 0;

async function leavesNow(doing: Doing): Promise<void> {
  countMails(doing.of, doing.stage);
  const start = performance.now();
  expect(await posts(doing, 'one-click')).toBe(200);
  passes(Math.floor(performance.now() - start));
  model.leaves(doing.life);
}
