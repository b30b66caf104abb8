/** Finds the local instance that `npm start` runs here: it leaves its handlers' environment in its data folder. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const FOLDER = join(__dirname, '..', '.paperboy', 'data');
/** Milliseconds. */
const PATIENCE = 5_000;

const Environment = z.looseObject({ AWS_ENDPOINT_URL_DYNAMODB: z.url() });

/** @throws Error where none runs, or none any more: a killed one leaves its note behind */
export async function useLocalMachine(folder?: string): Promise<void> {
  const start = `Start it with npm start${folder === undefined ? '' : ` -- --data ${folder}`}`;
  const note = await readFile(join(folder ?? FOLDER, 'machine.json'), 'utf8').catch(() => undefined);
  if (note === undefined)
    throw new Error(
      `No local instance is running${folder === undefined ? '' : ` with the data in ${folder}`}. ${start}.`,
    );
  const environment = read(note);
  if (!environment || !(await answers(environment.AWS_ENDPOINT_URL_DYNAMODB)))
    throw new Error(`The local instance isn't running any more. ${start}.`);
  Object.assign(process.env, environment);
}

function read(note: string): z.infer<typeof Environment> | undefined {
  try {
    return Environment.parse(JSON.parse(note));
  } catch {
    return undefined; // half-written
  }
}

/** Whether it is the instance's own database: the port may be another program's by now. */
const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).then(
    async (answer) => (await answer.text()).startsWith('healthy: dynamodb'),
    () => false,
  );
