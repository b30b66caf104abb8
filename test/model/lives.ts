/** Many made-up lives of readers, senders that die and an SES that fails, compared step by step with a model of them. */
import * as fc from 'fast-check';
import { freezeDate } from '../world';
import { all as ofAll, alone as ofOne, beginnings } from './commands';
import { compareBooks } from './compare';
import type { Command } from './doing';
import { found } from './found';
import { newModel, type Model, type Standing } from './model';
import { goodWeather } from './schedule';
import { setStage, type Stage } from './stage';

/** How many lives, and which ones. */
export interface Lives {
  seed: number;
  /** Of one reader without an edition, and of all readers with one. */
  alone: number;
  withEdition: number;
}

/** Milliseconds, most of them for a simpler example where one fails; to be over before all lives are is a failure too. */
const LONGEST = 240_000;

let stage: Stage;
beforeAll(async () => {
  freezeDate('2025-01-13T07:00:00.000Z');
  stage = await setStage();
});
afterAll(() => stage.world.close());

/** Who is not in `first` is a reader from the start. */
async function live(first: readonly Standing[], happenings: Iterable<Command>): Promise<Model> {
  const standings = stage.people.map((_, nth) => first[nth] ?? 'active');
  await stage.startAfresh(stage.people.filter((_, nth) => standings[nth] === 'active'));
  const model = newModel(standings, Date.now());
  await fc.asyncModelRun(() => ({ model, real: stage }), happenings);
  return model;
}

async function liveWithEdition(first: readonly Standing[], happenings: Iterable<Command>): Promise<void> {
  const model = await live(first, happenings);
  await goodWeather(model, stage);
  await compareBooks(model, stage);
}

/** What pages said to those who left, some of it later. */
const answers = (): Promise<number[]> => Promise.all(stage.answers.splice(0));

/** Those in which something was found once. */
export const compareFound = (): void =>
  test.each(Object.entries(found))('%s', async (_, happenings) => {
    await liveWithEdition([], happenings);
    for (const status of await answers()) expect(status).toBe(200);
  });

/** Those that chance makes. */
export function compareLives({ seed, alone, withEdition }: Lives): void {
  const until = { seed, interruptAfterTimeLimit: LONGEST, markInterruptAsFailure: true };

  test(
    'whoever asks, agrees, leaves and is forgotten, in whatever order, stands where they should',
    async () => {
      const happenings = fc.commands(ofOne, { maxCommands: 60, size: 'max' });
      const lives = fc.asyncProperty(happenings, async (some) => {
        await live(
          stage.people.map(() => 'stranger'),
          some,
        );
      });
      await fc.assert(lives, { ...until, numRuns: alone });
      expect(new Set(await answers())).toEqual(new Set([200]));
    },
    LONGEST + 60_000,
  );

  test(
    'whatever happens in whatever order, nobody is mailed twice, after leaving, or forgotten',
    async () => {
      const happenings = fc.commands(ofAll, { maxCommands: 150, size: 'max' });
      const lives = fc.asyncProperty(beginnings, happenings, liveWithEdition);
      await fc.assert(lives, { ...until, numRuns: withEdition });
      expect(new Set(await answers())).toEqual(new Set([200]));
    },
    LONGEST + 60_000,
  );
}
