/** What the schedule, the queue and the operator do with an edition. */
import { compare } from './compare';
import { command, one, type Command } from './doing';
import * as model from './model';
import type { Model } from './model';
import { drain, hears, redrive, works } from './queues';
import { MINUTE, passes, type Stage } from './stage';

export const isBuilt = (of: Model): boolean => of.isBuilt;

export const timePasses = (minutes: number): Command =>
  command(`${minutes} minutes pass`, async () => passes(minutes * MINUTE));

export const builds: Command = command('the edition is built', built, (of) => !of.isBuilt);

async function built(of: Model, stage: Stage): Promise<void> {
  expect(await stage.builds()).toEqual(['built', 'already-built']);
  model.isBuilt(of);
}

/** All events so far come, in an order of their own and some of them more than once, and then the schedule's tick. */
export const ticksAfter = (minutes: number, order: number): Command =>
  command(
    `after ${minutes} minutes events come in order ${order}, and it is settled`,
    async (_, stage) => {
      passes(minutes * MINUTE);
      await ticks(stage, order);
    },
    isBuilt,
  );

async function ticks({ ses, world }: Stage, order: number): Promise<void> {
  await hears(ses.reports(order));
  await world.machine.invoke('settle-edition', {});
}

export async function goesOn(stage: Stage, order: number): Promise<void> {
  await ticks(stage, order);
  await drain();
}

export const resumes: Command = command('the operator resumes', (_, stage) => stage.resumes(), isBuilt);

export const worksOff: Command = command('the queue is worked off', () => drain(), isBuilt);

export const redrives: Command = command(
  'the operator sends the dead letters on',
  sentOn,
  ({ deadLetters }) => deadLetters > 0,
);

async function sentOn(of: Model): Promise<void> {
  expect(await redrive()).toBe(of.deadLetters);
  of.deadLetters = 0;
}

export const delivers = (lane: number, again: boolean, times: number): Command =>
  command(
    `lane ${lane} is delivered${again ? ' again' : ''}, ${times} at once`,
    async (_, { editionId, inhabited }) => {
      const message = { editionId: editionId(), shard: one(inhabited, lane), ...(again && { again }) };
      await Promise.all(Array.from({ length: times }, () => works(message)));
    },
    isBuilt,
  );

/** Whatever happened, some hours without trouble close the books, and nobody but the schedule has to do a thing. */
export async function goodWeather(of: Model, stage: Stage): Promise<void> {
  stage.ses.goodWeather();
  if (!of.isBuilt) await builds.run(of, stage);
  await stage.resumes();
  for (let hour = 0; hour < 6 && (await stage.edition())?.status !== 'done'; hour++) {
    passes(61 * MINUTE);
    await goesOn(stage, hour);
    await compare(of, stage);
  }
}
