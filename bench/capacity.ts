/** Read and write units as DynamoDB itself reports them, asked for only while a benchmark runs. */
import { documents } from '../lambdas/aws/dynamodb';

const total = { readUnits: 0, writeUnits: 0, calls: 0 };
export type Units = typeof total;
const READS = /^(Get|BatchGet|Query|Scan)/;

export const units = (): Units => ({ ...total });

interface Consumed {
  CapacityUnits?: number;
}

export function countUnits(): void {
  documents.middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        const answer = await next({ ...call, input: { ...call.input, ReturnConsumedCapacity: 'TOTAL' } });
        const { ConsumedCapacity = [] } = answer.output as { ConsumedCapacity?: Consumed | Consumed[] };
        total.calls++;
        for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat())
          total[READS.test(String(commandName)) ? 'readUnits' : 'writeUnits'] += CapacityUnits;
        return answer;
      },
    { step: 'initialize', name: 'countUnits' },
  );
}
