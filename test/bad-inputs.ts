/** The cases of ../shared/data/inputs/bad-inputs.json, which is no part of the project: skipped where it is missing. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const FILE = join(__dirname, '..', '..', 'shared', 'data', 'inputs', 'bad-inputs.json');

const Inputs = z.object({
  cases: z.array(
    z.object({ id: z.string(), group: z.string(), name: z.string(), input: z.string(), expect: z.string() }),
  ),
});

/** Addresses, good and bad. */
export const addressGroups = ['email-syntax', 'email-control', 'email-unicode', 'email-valid-odd'];

export type Input = z.infer<typeof Inputs>['cases'][number];

/** What becomes of a case here, by its id: looked at in tables, queues and mails. */
export type Outcomes = Record<string, (input: string) => Promise<void>>;

/** Tests every case of a group; one that nothing becomes of is a failure, so that new ones are noticed. */
export const testBadInputs = (group: string, outcomes: Outcomes): void =>
  testEach(group, ({ id, input }) => {
    const outcome = outcomes[id];
    if (!outcome) throw new Error(`Can't tell what becomes of ${id}`);
    return outcome(input);
  });

/** The same where one rule tells what becomes of all of them. */
export function testEach(group: string, holds: (one: Input) => Promise<void> | void): void {
  const there = existsSync(FILE);
  if (!there)
    console.warn(`The bad inputs "${group}" are skipped: ../shared/data/inputs/bad-inputs.json is missing`);
  const cases = there
    ? Inputs.parse(JSON.parse(readFileSync(FILE, 'utf8'))).cases.filter((one) => one.group === group)
    : [{ id: 'none', group, name: 'the file is missing', input: '', expect: '' }];
  (there ? describe : describe.skip)(`bad inputs: ${group}`, () => {
    test.each(cases)('$id, $name: $expect', async (one) => {
      expect.hasAssertions();
      await holds(one);
    });
  });
}
