/** What code asks of AWS and of its environment, read from the code itself: on the local machine no right can be missing. */
import { buildSync } from 'esbuild';
import { type TableName, tableVariable } from '../../lambdas/aws/tables';
import { type HandlerName, type QueueName, queues, type Trigger, triggers } from '../../lambdas/triggers';

/** The SDK's commands as the actions that a policy allows, where the names differ. */
const actions: Record<string, string> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  BatchWrite: 'BatchWriteItem',
  SendMessageBatch: 'SendMessage',
};

/** Things that are no table are known by the variable that names them. */
const variables: Record<string, string> = {
  JOINS_QUEUE_URL: 'joins',
  LANES_QUEUE_URL: 'lanes',
  KEYS_SECRET: 'keys',
};

/** Handlers that use such a thing only if the settings ask for it know it by another name. */
const ifWanted: Partial<Record<HandlerName, Record<string, string>>> = {
  subscribe: { keys: 'proof' },
  unsubscribe: { joins: 'goodbye' },
};

/** Things whose rights hang on the action alone. */
const ofAction: Record<string, string> = { SendRawEmail: 'mail', GetSendQuota: 'quota' };

/** A command of the SDK with all that follows it up to the next, or a call that is written by hand. */
const CALL = /new (\w+?)Command\d*\([^]*?(?=new \w+Command|Action=|$)|Action=(\w+)/g;

/** Actions by thing, as infra/rights.ts writes them. Bundling leaves of every room only what the handler can reach. */
export function callsOf(handler: HandlerName): Record<string, string[]> {
  const calls: Record<string, string[]> = {};
  for (const room of roomsOf(`lambdas/${handler}.ts`)) {
    for (const [call, command, byHand] of room.matchAll(CALL)) {
      const name = command ?? byHand ?? '';
      for (const found of thingsOf(name, call, room, triggers[handler])) {
        const thing = ifWanted[handler]?.[found] ?? found;
        calls[thing] = [...new Set([...(calls[thing] ?? []), actions[name] ?? name])].toSorted();
      }
    }
  }
  return calls;
}

/** Dead letters are counted in all queues. */
function thingsOf(name: string, call: string, room: string, trigger: Trigger): string[] {
  if (name === 'GetQueueAttributes') return Object.keys(queues).map((queue) => `${queue}/dead-letters`);
  return [ofAction[name] ?? thingOf(call, room, trigger)];
}

function thingOf(call: string, room: string, trigger: Trigger): string {
  const named = variables[/variable\("(\w+)"\)/.exec(call)?.[1] ?? ''];
  if (named) return named;
  if (/SecretId: (?!variable)/.test(call)) return 'token'; // the settings name it
  // a handler's dead letters are those of the queue that opens it
  if (trigger.kind === 'queue' && /_DEAD_LETTERS_URL/.test(room)) return `${trigger.queue}/dead-letters`;
  const table = /tableName\("(\w+)"\)/.exec(room)?.[1];
  const index = /IndexName: "([\w-]+)"/.exec(call)?.[1];
  return index ? `${table}/${index}` : String(table);
}

/** The environment variables that code asks for when it works with these queues. */
export function variablesOf(entry: string, known: readonly QueueName[]): string[] {
  const code = roomsOf(entry).join('\n');
  const words = (pattern: RegExp): string[] => [...code.matchAll(pattern)].map(([, word = '']) => word);
  const found = [
    ...words(/tableName\("(\w+)"\)/g).map((table) => tableVariable(table as TableName)),
    ...words(/variable\("(\w+)"\)/g),
    ...words(/variable\(`\$\{queue\.toUpperCase\(\)\}(\w+)`\)/g).flatMap((ending) =>
      known.map((queue) => `${queue.toUpperCase()}${ending}`),
    ),
  ];
  return [...new Set(found)].toSorted();
}

/** The code of lambdas/aws that reaches a bundle, one text per file. */
function roomsOf(entry: string): string[] {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const rooms: Record<string, string> = {};
  for (const part of outputFiles.flatMap(({ text }) => text.split(/^\/\/ (?=[\w-]+\/.*\.ts$)/m))) {
    const [file = ''] = part.split('\n', 1);
    if (file.startsWith('lambdas/aws/')) rooms[file] = (rooms[file] ?? '') + part;
  }
  return Object.values(rooms);
}
