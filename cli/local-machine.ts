/** Finds the machine that `npm start` runs here: it leaves its handlers' environment in its data folder. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const FOLDER = join(__dirname, '..', '.paperboy', 'data');

export async function useLocalMachine(folder = FOLDER): Promise<void> {
  try {
    const note = await readFile(join(folder, 'machine.json'), 'utf8');
    Object.assign(process.env, z.record(z.string(), z.string()).parse(JSON.parse(note)));
  } catch (cause) {
    throw new Error('No machine runs here. Start one with npm start.', { cause });
  }
}
