/** A sender that is interrupted in the middle of its work, at a moment that its own writes to DynamoDB mark. */
import { AsyncLocalStorage } from 'node:async_hooks';
import * as z from 'zod';
import { documents } from '../../lambdas/aws/dynamodb';

export const moments = ['before the claim', 'after the claim', 'before the rows', 'after the rows'] as const;
export type Moment = (typeof moments)[number];

interface Interruption {
  at: Moment;
  happens: () => Promise<void>;
}

const interruption = new AsyncLocalStorage<Interruption | undefined>();

/** Something happens at the first such moment of the work; says whether there was one. */
export async function interrupted(
  work: () => Promise<unknown>,
  at: Moment,
  happens: () => Promise<void>,
): Promise<boolean> {
  let met = false;
  const once = async (): Promise<void> => {
    if (met) return;
    met = true;
    await interruption.run(undefined, happens);
  };
  await interruption.run({ at, happens: once }, work);
  return met;
}

/** The work never goes on, as that of a process that is killed. */
export const killed = (work: () => Promise<unknown>, at: Moment): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const never = (): Promise<never> => {
      resolve(true);
      return new Promise(() => {});
    };
    interrupted(work, at, never).then(resolve, reject);
  });

const Claim = z.object({
  ExpressionAttributeValues: z.object({ ':new_claimedTo': z.string(), ':new_status': z.never().optional() }),
});
/** A second try claims its reader, and records what came of it, by rows. */
const SecondTry = z.object({ Item: z.object({ attempt: z.literal(2), status: z.string() }) });
const Rows = z.object({ RequestItems: z.object() });

function writeOf(input: object): 'claim' | 'rows' | undefined {
  const second = SecondTry.safeParse(input).data;
  if (second) return second.Item.status === 'unknown' ? 'claim' : 'rows';
  if (Claim.safeParse(input).success) return 'claim';
  return Rows.safeParse(input).success ? 'rows' : undefined;
}

documents.middlewareStack.add(
  (next) => async (call) => {
    const { at, happens } = interruption.getStore() ?? {};
    const write = at && writeOf(call.input);
    if (write && at === `before the ${write}`) await happens?.();
    const answer = await next(call);
    if (write && at === `after the ${write}`) await happens?.();
    return answer;
  },
  { step: 'initialize', name: 'interruptions' },
);
