/** DynamoDB on a bad day: throttled, failing before a write and after it, slow, cut off, and putting off half a batch. */
import type { Chance } from './chance';
import { text, type Answer, type Call, type Reaction } from './faults-proxy';

/** `late`: answered with a fault at once, and written after all, when its second try may long be through. */
const FAULTS = [
  'throttled',
  'failed',
  'failed-after',
  'late',
  'cut',
  'cut-after',
  'slow',
  'put-off',
] as const;

const JSON_TYPE = 'application/x-amz-json-1.0';
const PREFIX = 'com.amazonaws.dynamodb.v20120810#';

const refusal = (status: number, type: string, message: string): Answer =>
  text(status, JSON.stringify({ __type: PREFIX + type, message }), JSON_TYPE);
const failed = (): Answer => refusal(500, 'InternalServerError', 'The request could not be completed.');
const throttled = (): Answer =>
  refusal(400, 'ProvisionedThroughputExceededException', 'The level of throughput is exceeded.');

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });

/** What a call asks for, such as `UpdateItem`, and its input. */
export interface Asked {
  action: string;
  input: Record<string, unknown>;
}

export const asked = ({ headers, body }: Call): Asked => ({
  action: String(headers['x-amz-target']).split('.')[1] ?? '',
  input: JSON.parse(body.toString()) as Record<string, unknown>,
});

/** Lets most calls through; `percent` of them meet a fault, which `met` hears of. */
export async function dynamoDbFault(
  call: Call,
  { action, input }: Asked,
  { chance, percent, met }: { chance: Chance; percent: number; met: (fault: string) => void },
): Promise<Reaction> {
  if (!chance.percent(percent)) return call.forward();
  const fault = chance.pick(FAULTS);
  const patience = chance.between(20, 400);
  if (fault !== 'put-off' || action === 'BatchWriteItem') met(`dynamodb ${fault}`);
  switch (fault) {
    case 'throttled':
      return throttled();
    case 'failed':
      return failed();
    case 'failed-after':
      await call.forward();
      return failed();
    case 'late':
      void pause(patience).then(() => call.forward().catch(() => undefined));
      return failed();
    case 'cut':
      return { none: true };
    case 'cut-after':
      await call.forward();
      return { none: true };
    case 'slow':
      await pause(patience);
      return call.forward();
    case 'put-off':
      return action === 'BatchWriteItem' ? putOff(call, input) : call.forward();
  }
}

/** Writes the first half of a batch and hands the rest back, as DynamoDB does when it is short of capacity. */
async function putOff(call: Call, input: Record<string, unknown>): Promise<Answer> {
  const [[table, requests] = ['', []]] = Object.entries(input['RequestItems'] as Record<string, unknown[]>);
  const half = Math.floor(requests.length / 2);
  if (half) {
    const RequestItems = { [table]: requests.slice(0, half) };
    await call.forward(Buffer.from(JSON.stringify({ ...input, RequestItems })));
  }
  return text(200, JSON.stringify({ UnprocessedItems: { [table]: requests.slice(half) } }), JSON_TYPE);
}
