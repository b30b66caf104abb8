/** How a command is made: it is done to the model and to the real thing, and then the two are compared. */
import type * as fc from 'fast-check';
import { compare } from './compare';
import type { Life, Model } from './model';
import type { Person } from './people';
import { passes, type Stage } from './stage';

export type Command = fc.AsyncCommand<Model, Stage>;

/** Time passes before each command, so that no two happen at the same moment. */
const STEP_MS = 5_000;

/** `can` says when it makes sense. */
export const command = (
  name: string,
  act: (of: Model, stage: Stage) => Promise<void>,
  can: (of: Model) => boolean = () => true,
): Command => ({
  check: can,
  async run(of, stage) {
    passes(STEP_MS);
    await act(of, stage);
    await compare(of, stage);
  },
  toString: () => name,
});

/** What a command about one of the readers works with. */
export interface Doing {
  life: Life;
  person: Person;
  of: Model;
  stage: Stage;
}

export const about = (
  nth: number,
  name: string,
  act: (doing: Doing) => Promise<void>,
  can: (life: Life) => boolean = () => true,
): Command =>
  command(
    `reader ${nth} ${name}`,
    (of, stage) => act({ life: one(of.lives, nth), person: one(stage.people, nth), of, stage }),
    ({ lives }) => can(one(lives, nth)),
  );

export function one<Thing>(list: readonly Thing[], nth: number): Thing {
  const found = list[nth];
  if (found === undefined) throw new Error(`There is no number ${nth}`);
  return found;
}
