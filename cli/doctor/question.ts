/** What the doctor asks, line by line; a question that can't be asked is a line too, and never the end of the others. */
import { unanswered } from './faults';
import { notAsked, type Finding } from './finding';

export interface Question {
  section: string;
  name: string;
  ask: () => Promise<Finding>;
}

/** Its questions by the names of their lines. */
export type Section = Record<string, Question['ask']>;

export interface Line extends Finding {
  section: string;
  name: string;
}

export async function answer({ section, name, ask }: Question): Promise<Line> {
  const finding = await ask().catch((error: unknown) =>
    error instanceof Missing ? notAsked(error.message) : unanswered(error),
  );
  return { section, name, ...finding };
}

/** An answer that a line needs, and that another line asks for in vain. */
class Missing extends Error {}

/** An answer that several lines need. */
export interface Shared<Answer> {
  /** For the line whose question it is. */
  asked: () => Promise<Answer>;
  /** For all others, which are not asked without it. */
  known: () => Promise<Answer>;
}

/** Asks once, when first needed. `where` is the line whose question it is, such as "identity, domain". */
export function shared<Answer>(where: string, ask: () => Promise<Answer>): Shared<Answer> {
  let answered: Promise<Answer> | undefined;
  const asked = (): Promise<Answer> => (answered ??= ask());
  return {
    asked,
    known: () =>
      asked().catch((cause: unknown) => {
        throw new Missing(`see ${where}`, { cause });
      }),
  };
}

/** Milliseconds. The SDK tries thrice, and without this would wait for some hours. */
const PATIENCE = 10_000;

export async function inTime<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  let impatience: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const error = new Error(`no answer within ${PATIENCE / 1_000} seconds`);
    impatience = setTimeout(() => reject(Object.assign(error, { name: 'TimeoutError' })), PATIENCE);
  });
  // what throws at once must not leave the clock running
  const asked = (async () => ask())();
  return await Promise.race([asked, tooLate]).finally(() => clearTimeout(impatience));
}
