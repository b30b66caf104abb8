/** SQS as it may be: messages in any order, delivered once to three times, and sent again when the answer got lost. */
import type { Chance } from './chance';
import { text, type Answer, type Call, type Reaction } from './faults-proxy';
import { asked, pause } from './faults-dynamodb';

/** SQS's own limit for a batch. */
const MOST = 10;

interface Entry {
  Id: string;
}

/** `percent` of the calls are carried out and answered with a fault; of every message there may be up to two more copies. */
export async function sqsFault(
  call: Call,
  { chance, percent, met }: { chance: Chance; percent: number; met: (fault: string) => void },
): Promise<Reaction> {
  const { action, input } = asked(call);
  if (action !== 'SendMessageBatch') return call.forward();
  const entries = input['Entries'] as Entry[];
  const forward = (some: Entry[]): Promise<Answer> =>
    call.forward(Buffer.from(JSON.stringify({ ...input, Entries: some })));
  const answer = await forward(chance.shuffled(entries));
  const copies = entries.flatMap((entry) =>
    Array.from({ length: Math.floor(chance.between(0, 3)) }, (_, n) => ({
      ...entry,
      Id: `${entry.Id}-${n}`,
    })),
  );
  void sendLater(chance.shuffled(copies), chance.between(0, 2_000), forward);
  if (!chance.percent(percent)) return answer;
  met('sqs failed-after');
  return text(
    500,
    JSON.stringify({ __type: 'com.amazonaws.sqs#InternalError' }),
    'application/x-amz-json-1.0',
  );
}

async function sendLater(
  copies: Entry[],
  delay: number,
  forward: (some: Entry[]) => Promise<Answer>,
): Promise<void> {
  await pause(delay);
  for (let n = 0; n < copies.length; n += MOST)
    await forward(copies.slice(n, n + MOST)).catch(() => undefined); // the run is over
}
